import Foundation
import Imaging
import TestSupport
import Testing
import Video

struct VideoWriterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
    }

    @Test("the same pictures give the same bytes")
    func determinism() throws {
        try SampleVideo.write(folder.file("a.mp4"))
        try SampleVideo.write(folder.file("b.mp4"))
        #expect(try Data(contentsOf: folder.file("a.mp4")) == Data(contentsOf: folder.file("b.mp4")))
    }

    @Test("an odd size is made even by doubling the last column and row")
    func oddSize() throws {
        let url = folder.file("odd.mp4")
        try SampleVideo.write(url, count: 3, width: 65, height: 49)
        let frame = try #require(try SampleVideo.read(url).frames.first)
        #expect(frame.pixels.width == 66 && frame.pixels.height == 50)
        var cropped = PixelBuffer(width: 65, height: 49)
        cropped.paste(frame.pixels, atColumn: 0, row: 0)
        #expect(SampleVideo.difference(cropped, SampleVideo.picture(0, width: 65, height: 49)) < 4)
        for y in [0, 20, 49] {
            let at = y * frame.pixels.stride + 64 * 3
            #expect(abs(Int(frame.pixels.bytes[at]) - Int(frame.pixels.bytes[at + 3])) < 12)
        }
    }

    @Test("a video can be watched before it is all there: its index comes first")
    func fastStart() throws {
        let url = folder.file("fast.mp4")
        try SampleVideo.write(url)
        let bytes = [UInt8](try Data(contentsOf: url))
        let index = try #require(HandmadeMedia.contents(of: "moov", in: bytes))
        let media = try #require(HandmadeMedia.contents(of: "mdat", in: bytes))
        #expect(index.lowerBound < media.lowerBound)
    }

    @Test("nothing half-written is left, under any name")
    func atomicity() throws {
        let url = folder.file("never.mp4")
        try Data("what was there before".utf8).write(to: url)
        do {
            let writer = try VideoWriter(path: url.path(), width: 32, height: 32, frameRate: 25)
            try writer.append(PixelBuffer(width: 32, height: 32), at: .zero)
            #expect(try names().count == 2)
        }
        #expect(try names() == ["never.mp4"])
        #expect(try Data(contentsOf: url) == Data("what was there before".utf8))
        try SampleVideo.write(url, count: 2)
        #expect(try names() == ["never.mp4"])
        #expect(try SampleVideo.read(url).frames.count == 2)
    }

    @Test("a video without a frame finishes without a crash")
    func noFrames() throws {
        let writer = try VideoWriter(path: folder.file("none.mp4").path(), width: 32, height: 32, frameRate: 25)
        try writer.finish()
        #expect(throws: VideoError.self) { try VideoFile(path: folder.file("none.mp4").path()) }
    }

    @Test("where libx264 is missing, MPEG-4 part 2 steps in")
    func fallback() throws {
        let url = folder.file("old.mp4")
        let writer = try VideoWriter(
            path: url.path(), width: 64, height: 48, frameRate: 10, encoders: ["no_such_encoder", "mpeg4"])
        #expect(writer.encoderName == "mpeg4")
        for index in 0..<5 {
            try writer.append(SampleVideo.picture(index, width: 64, height: 48), at: .milliseconds(100) * index)
        }
        try writer.finish()
        let frames = try SampleVideo.read(url).frames
        #expect(frames.map(\.presentationTime) == (0..<5).map { .milliseconds(100) * $0 })
        #expect(SampleVideo.difference(frames[2].pixels, SampleVideo.picture(2, width: 64, height: 48)) < 5)
    }

    @Test("errors name the file and what was expected")
    func errors() throws {
        func expectError(_ words: String, _ body: () throws -> Void) {
            do {
                try body()
                Issue.record("no error, expected one with '\(words)'")
            } catch {
                #expect("\(error)".contains(words), "\(error)")
                #expect("\(error)".contains("expected"))
            }
        }
        let nowhere = folder.url.path() + "/no/such/place/x.mp4"
        expectError("folder") { _ = try VideoWriter(path: nowhere, width: 8, height: 8, frameRate: 25) }
        let wrong = folder.file("x.gif").path()
        expectError(".mp4") { _ = try VideoWriter(path: wrong, width: 8, height: 8, frameRate: 25) }
        let path = folder.file("x.mp4").path()
        expectError("nonesuch") {
            _ = try VideoWriter(path: path, width: 8, height: 8, frameRate: 25, encoders: ["nonesuch"])
        }
        let writer = try VideoWriter(path: path, width: 16, height: 16, frameRate: 25)
        expectError("16x16") { try writer.append(PixelBuffer(width: 8, height: 16), at: .zero) }
        try writer.append(PixelBuffer(width: 16, height: 16), at: .seconds(2))
        expectError("later than 2.0 s") { try writer.append(PixelBuffer(width: 16, height: 16), at: .seconds(1)) }
        #expect(try names().allSatisfy { $0.hasSuffix(".part") })
    }

    @Test("pictures larger than any video are refused, not a fault of the program")
    func tooLarge() throws {
        let path = folder.file("large.mp4").path()
        for (width, height) in [(8193, 10), (10, 60_000)] {
            let error = #expect(throws: VideoError.self) {
                try VideoWriter(path: path, width: width, height: height, frameRate: 25)
            }
            #expect(error?.message == "expected pictures of at most 8192x8192 to write, found \(width)x\(height)")
        }
    }
}
