import Foundation
import Imaging
import TestSupport
import Testing
import Video

@Suite("What a file says of its pictures' shape")
struct PictureShapeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "pixels that are no squares are made square, and what no pixel is like is said and left alone",
        arguments: [
            ("64:45", 72, 58, 102, 58, "pixels of 64:45 made square: 102x58 from 72x58"),
            ("1:2", 16, 16, 16, 32, "pixels of 1:2 made square: 16x32 from 16x16"), ("1:1", 16, 16, 16, 16, nil),
            ("0:0", 16, 16, 16, 16, nil), ("1001:1000", 16, 16, 16, 16, nil),
            (
                "1000000:1", 16, 16, 16, 16,
                "pixels taken as 1:1: no picture has pixels of 1000000:1, as stated"
            ),
        ])
    func aspect(
        stated: String, width: Int, height: Int, shownWidth: Int, shownHeight: Int, note: String?
    ) throws {
        let url = folder.file("shape.y4m")
        try HandmadeMedia.flatVideo(
            width: width, height: height, aspect: stated, colors: [(90, 110, 140), (60, 128, 128)]
        )
        .write(to: url)
        let file = try VideoFile(path: url.path())
        #expect(file.width == shownWidth && file.height == shownHeight)
        #expect(file.derived == [note].compactMap { $0 })
        for _ in 0..<2 {
            let picture = try #require(try file.next()).picture
            #expect(picture.width == shownWidth && picture.height == shownHeight)
            #expect(picture.rgb().bytes.count == shownWidth * shownHeight * 3)
        }
    }

    @Test("a container's shape of pixels goes with its rotation", arguments: [false, true])
    func turned(isTurned: Bool) throws {
        let plain = folder.file("plain.mp4")
        try SampleVideo.write(plain, count: 3)
        var data = try #require(MP4Boxes.withPixelAspect(Data(contentsOf: plain), 2, 1))
        if isTurned { data = try #require(HandmadeMedia.withDisplayMatrix(data, a: 0, b: 1, c: -1, d: 0)) }
        let url = folder.file("wide.mp4")
        try data.write(to: url)
        let (frames, warning) = try SampleVideo.read(url)
        #expect(warning == nil && frames.count == 3)
        let pixels = try #require(frames.last?.pixels)
        #expect(pixels.width == (isTurned ? 64 : 192) && pixels.height == (isTurned ? 192 : 64))
        let original = SampleVideo.picture(2).resized(toWidth: 192, height: 64)
        if !isTurned { #expect(SampleVideo.difference(pixels, original) < 4) }
    }

    @Test(
        "pictures that change their shape midway are fitted into the first one's, and those that change their size scaled"
    )
    func changing() throws {
        let url = folder.file("changing.mjpeg")
        var data = Data()
        for (width, height) in [(64, 32), (32, 16), (32, 64), (64, 32)] {
            data += FlatJPEG.data(width: width, height: height, shade: 200)
        }
        try data.write(to: url)
        let frames = try SampleVideo.read(url).frames
        try #require(frames.count == 4)
        for (index, frame) in frames.enumerated() {
            #expect(frame.pixels.width == 64 && frame.pixels.height == 32)
            let row = (0..<64).map { frame.pixels.bytes[16 * frame.pixels.stride + $0 * 3] }
            #expect(abs(Int(row[32]) - 200) < 6)
            // 16 of 64 columns hold a picture of half the width and twice the height.
            #expect(row.count { $0 < 10 } == (index == 2 ? 48 : 0), "frame \(index)")
        }
    }
}
