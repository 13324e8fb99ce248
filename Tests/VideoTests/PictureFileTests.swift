import Files
import Foundation
import Imaging
import TestSupport
import Testing
import Video

struct PictureFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a PNG gives back every byte, at every size")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 2)
        for (width, height) in [(1, 1), (3, 2), (31, 17), (64, 40), (101, 1)] {
            let bytes = (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
            let picture = PixelBuffer(width: width, height: height, bytes: bytes)
            let path = folder.file("picture.png").path()
            try PictureFile.write(picture, to: path)
            #expect(try PictureFile.read(path) == picture, "\(width)x\(height)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["picture.png"])
    }

    @Test("a JPEG is read in its full colour range")
    func jpeg() throws {
        let url = folder.file("halves.jpg")
        try #require(Data(base64Encoded: Self.halves)).write(to: url)
        let picture = try PictureFile.read(url.path())
        #expect(picture.width == 48 && picture.height == 16)
        let row = Array(picture.bytes.prefix(picture.stride))
        #expect(row[0] > 248 && row[1] < 6 && row[2] < 6, "red on the left: \(row.prefix(3))")
        #expect(row[141] < 6 && row[142] < 6 && row[143] > 248, "blue on the right: \(row.suffix(3))")
    }

    @Test("what is no picture, or cannot be written, is an error that names the file")
    func errors() throws {
        let video = folder.file("video.mp4")
        try SampleVideo.write(video, count: 2)
        for path in [video.path(), folder.file("none.png").path()] {
            let error = #expect(throws: VideoError.self) { try PictureFile.read(path) }
            #expect(error?.description.hasPrefix(path + ": expected a") == true)
        }
        let nowhere = folder.url.path() + "/no/such/x.png"
        let error = #expect(throws: VideoError.self) {
            try PictureFile.write(PixelBuffer(width: 2, height: 2), to: nowhere)
        }
        #expect(error?.file == nowhere)
    }

    /// 48 × 16 pixels: pure red on the left, pure blue on the right.
    private static let halves = """
        /9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgEBAQEBAUFBQUFBQYGBgYGBgYGBgYGBgYHBwcICAgHBwcGBgcHCAgICAkJCQgICAgJ\
        CQoKCgwMCwsODg4RERT/xABQAAEBAAAAAAAAAAAAAAAAAAAABgEBAQAAAAAAAAAAAAAAAAAABwYQAQAAAAAAAAAAAAAAAAAAAAAR\
        AQADAQAAAAAAAAAAAAAAAAAIRsSF/8AAEQgAEAAwAwEiAAIRAAMRAP/aAAwDAQACEQMRAD8AiwEofxIK9IFWMtr4+8bSFrXVxABV\
        Gr//2Q==
        """
}
