import Foundation
import Imaging
import TestSupport
import Testing
import Video

struct VideoFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("pictures of every width stay within their memory", arguments: [8, 24, 40, 56, 72, 88, 104, 120, 136, 200])
    func widths(width: Int) throws {
        let url = folder.file("\(width).mp4")
        try SampleVideo.write(url, count: 4, width: width, height: 34)
        // Beyond the end of a large block lies a page of its own or another block, and writing there does not go unseen.
        var frames: [SampleVideo.Shown] = []
        for _ in 0..<50 { frames += try SampleVideo.read(url).frames }
        for (index, frame) in frames.enumerated() { #expect(frame.pixels == frames[index % 4].pixels) }
    }

    @Test("what is written is read back, picture by picture", arguments: ["mp4", "mov", "mkv"])
    func roundTrip(ending: String) throws {
        let url = folder.file("round.\(ending)")
        try SampleVideo.write(url)
        let file = try VideoFile(path: url.path())
        #expect(file.width == 96 && file.height == 64)
        #expect(file.frameRate == 25)
        let duration = try #require(file.duration)
        #expect(abs(duration / .seconds(1) - 1.6) < 0.05)
        let (frames, warning) = try SampleVideo.read(url)
        #expect(warning == nil)
        try #require(frames.count == 40)
        for (index, frame) in frames.enumerated() {
            #expect(frame.index == index)
            #expect(frame.presentationTime == .milliseconds(40) * index)
            #expect(SampleVideo.difference(frame.pixels, SampleVideo.picture(index)) < 2.8, "frame \(index)")
        }
        #expect(SampleVideo.difference(frames[0].pixels, frames[20].pixels) > 3, "pictures are told apart")
    }

    @Test("a varying frame rate keeps its times")
    func variableRate() throws {
        let url = folder.file("varying.mp4")
        let ticks = [0, 1, 3_003, 9_000, 9_001, 90_000, 93_003, 180_000, 1_234_567]
        try SampleVideo.write(url, count: ticks.count) { .seconds(1) * ticks[$0] / 90_000 }
        let (frames, warning) = try SampleVideo.read(url)
        #expect(warning == nil)
        try #require(frames.count == ticks.count)
        for (frame, tick) in zip(frames, ticks) {
            #expect(abs(frame.presentationTime / .seconds(1) - Double(tick) / 90_000) < 1e-9)
        }
    }

    @Test("time counts from the first frame, wherever the file begins")
    func lateStart() throws {
        let url = folder.file("late.mkv")
        try SampleVideo.write(url, count: 10) { .seconds(5) + .milliseconds(40) * $0 }
        let (frames, _) = try SampleVideo.read(url)
        #expect(frames.map(\.presentationTime) == (0..<10).map { .milliseconds(40) * $0 })
    }

    @Test("a stream without timestamps gets times that grow at its frame rate")
    func missingTimestamps() throws {
        let source = folder.file("source.mp4")
        try SampleVideo.write(source)
        let url = folder.file("bare.h264")
        try #require(HandmadeMedia.bareStream(from: Data(contentsOf: source))).write(to: url)
        let (frames, warning) = try SampleVideo.read(url)
        let expected = try SampleVideo.read(source).frames
        #expect(warning == nil)
        #expect(frames.map(\.pixels) == expected.map(\.pixels), "the same pictures in the same order")
        for (earlier, later) in zip(frames, frames.dropFirst()) {
            let step = later.presentationTime - earlier.presentationTime
            #expect(step > .milliseconds(15) && step < .milliseconds(85), "\(step)")
        }
    }

    @Test(
        "pictures are turned and mirrored as the display matrix says",
        arguments: [
            [1, 0, 0, 1], [0, 1, -1, 0], [-1, 0, 0, -1], [0, -1, 1, 0], [-1, 0, 0, 1], [1, 0, 0, -1], [0, 1, 1, 0],
            [0, -1, -1, 0],
        ] as [[Int32]])
    func rotation(matrix: [Int32]) throws {
        let plain = folder.file("plain.mp4")
        try SampleVideo.write(plain, count: 3)
        let turned = folder.file("turned.mp4")
        try #require(
            HandmadeMedia.withDisplayMatrix(
                Data(contentsOf: plain), a: matrix[0], b: matrix[1], c: matrix[2], d: matrix[3])
        ).write(to: turned)
        let source = try #require(try SampleVideo.read(plain).frames.last?.pixels)
        let file = try VideoFile(path: turned.path())
        let swaps = matrix[0] == 0
        #expect(file.width == (swaps ? 64 : 96) && file.height == (swaps ? 96 : 64))
        let shown = try #require(try SampleVideo.read(turned).frames.last?.pixels)
        try #require(shown.width == file.width && shown.height == file.height)
        var wrong = 0
        for y in 0..<source.height {
            for x in 0..<source.width {
                let toX = Int(matrix[0]) * x + Int(matrix[2]) * y
                let toY = Int(matrix[1]) * x + Int(matrix[3]) * y
                let column = matrix[0] + matrix[2] < 0 ? shown.width - 1 + toX : toX
                let row = matrix[1] + matrix[3] < 0 ? shown.height - 1 + toY : toY
                let from = y * source.stride + x * 3
                let to = row * shown.stride + column * 3
                if source.bytes[from..<from + 3] != shown.bytes[to..<to + 3] { wrong += 1 }
            }
        }
        #expect(wrong == 0)
        // A crop needs no turned copy, and must be the same.
        let picture = try #require(try file.next()).picture
        let region = CropRegion(center: SIMD2(20, 30), side: 50, rotation: 0.4)
        func crop(_ picture: Picture) -> [Float] {
            var values = [Float](repeating: 0, count: 16 * 16 * 3)
            values.withUnsafeMutableBufferPointer {
                picture.sample(region, side: 16, range: 0...255, border: .black, into: $0)
            }
            return values
        }
        expectClose(crop(picture), crop(.interleaved(picture.rgb())), tolerance: 1.5)
    }

    @Test("a pipe is refused at once, since nobody may ever write into it")
    func pipe() throws {
        let path = folder.file("pipe.mp4").path
        #expect(mkfifo(path, 0o600) == 0)
        let error = #expect(throws: VideoError.self) { try VideoFile(path: path) }
        #expect(error?.message == "expected a video file, found a pipe")
    }

    @Test("every size is read whole, odd ones too")
    func oddSizes() throws {
        for (width, height) in [(1, 1), (5, 3), (7, 8), (8, 7), (17, 2), (31, 30), (33, 31), (50, 20), (66, 64)] {
            let url = folder.file("odd.y4m")
            try HandmadeMedia.flatVideo(width: width, height: height, colors: [(150, 110, 140), (60, 128, 128)])
                .write(to: url)
            let frames = try SampleVideo.read(url).frames
            try #require(frames.count == 2, "\(width)x\(height)")
            for frame in frames {
                let pixels = frame.pixels
                #expect(pixels.width == width && pixels.height == height)
                let uneven = pixels.bytes.indices.count { abs(Int(pixels.bytes[$0]) - Int(pixels.bytes[$0 % 3])) > 2 }
                #expect(uneven == 0, "\(width)x\(height)")
            }
            #expect(abs(Int(frames[1].pixels.bytes[0]) - 51) <= 2)
        }
    }

    @Test("colours follow matrix and range")
    func colours() throws {
        func firstPixel(height: Int, _ color: (UInt8, UInt8, UInt8), isFullRange: Bool) throws -> [Int] {
            let url = folder.file("colour.y4m")
            try HandmadeMedia.flatVideo(width: 16, height: height, colors: [color], isFullRange: isFullRange)
                .write(to: url)
            return try #require(try SampleVideo.read(url).frames.first).pixels.bytes.prefix(3).map { Int($0) }
        }
        func expectRed(_ pixel: [Int], _ comment: String) {
            #expect(pixel[0] >= 251 && pixel[1] <= 4 && pixel[2] <= 4, "\(comment): \(pixel)")
        }
        // What ITU-R BT.601 and BT.709 make of pure red.
        try expectRed(firstPixel(height: 16, (81, 90, 240), isFullRange: false), "BT.601 limited")
        try expectRed(firstPixel(height: 16, (76, 85, 255), isFullRange: true), "BT.601 full")
        try expectRed(firstPixel(height: 720, (63, 102, 240), isFullRange: false), "BT.709 limited")
        #expect(try firstPixel(height: 16, (16, 128, 128), isFullRange: false) == [0, 0, 0])
        #expect(try firstPixel(height: 16, (16, 128, 128), isFullRange: true) == [16, 16, 16])
    }

    @Test("reading twice gives the same, and so do two threads")
    func determinism() throws {
        let url = folder.file("twice.mp4")
        try SampleVideo.write(url)
        let first = try SampleVideo.read(url)
        let second = try SampleVideo.read(url)
        let threaded = try SampleVideo.read(url, threads: 2)
        #expect(first.frames == second.frames)
        #expect(first.frames == threaded.frames)
        #expect(threaded.warning == nil)
    }

    @Test("frames that are kept stay as they were, on any thread, and longer than the file is open")
    func keptFrames() async throws {
        let url = folder.file("kept.mp4")
        try SampleVideo.write(url)
        let expected = try SampleVideo.read(url).frames
        var frames: [Frame] = []
        do {
            let file = try VideoFile(path: url.path())
            while let frame = try file.next() { frames.append(frame) }
        }
        let shown = await withTaskGroup { group in
            for frame in frames { group.addTask { SampleVideo.Shown(frame) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(shown.sorted { $0.index < $1.index } == expected)
    }

    @Test("planes are passed on as they are, unless they are of more than eight bits")
    func planes() throws {
        for isDeep in [false, true] {
            let url = folder.file("planes.y4m")
            try HandmadeMedia.flatVideo(width: 16, height: 16, colors: [(90, 110, 140)], isDeep: isDeep).write(to: url)
            let frame = try #require(try VideoFile(path: url.path()).next())
            let isPlanar = if case .planar = frame.picture { true } else { false }
            #expect(isPlanar == !isDeep)
        }
    }

    @Test("colours of planes are those the library converts to", arguments: [16, 720], [false, true])
    func sameColours(height: Int, isFullRange: Bool) throws {
        var random = SeededGenerator(seed: 21)
        let colors = (0..<60).map { _ in
            (
                y: UInt8.random(in: 0...255, using: &random), u: UInt8.random(in: 0...255, using: &random),
                v: UInt8.random(in: 0...255, using: &random)
            )
        }
        // The same colours in ten bits, which the library turns to red, green and blue.
        let pictures = try [false, true].map { isDeep in
            let url = folder.file("same.y4m")
            try HandmadeMedia.flatVideo(
                width: 16, height: height, colors: colors, isFullRange: isFullRange, isDeep: isDeep
            ).write(to: url)
            return try SampleVideo.read(url).frames.map { $0.pixels.bytes.prefix(3).map(Float.init) }
        }
        try #require(pictures[0].count == 60)
        for (index, (own, library)) in zip(pictures[0], pictures[1]).enumerated() {
            // The library rounds downwards in several steps.
            expectClose(own, library, tolerance: 3, "\(colors[index])")
        }
    }
}
