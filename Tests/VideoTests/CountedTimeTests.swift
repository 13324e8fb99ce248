import Foundation
import Imaging
import TestSupport
import Testing
import Video

@Suite("Films without times")
struct CountedTimeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func times(_ film: any PictureReading) throws -> [Duration] {
        var times: [Duration] = []
        while let frame = try film.next() { times.append(frame.presentationTime) }
        return times
    }

    private func picture(_ name: String, width: Int = 48, height: Int = 32) throws {
        try FlatJPEG.data(width: width, height: height, shade: 120).write(to: folder.file(name))
    }

    @Test("a bare stream goes by the rate that is stated, else by its own, else by 25, and says which")
    func bareStreams() throws {
        let pictures = folder.file("bare.mjpeg")
        try Data((0..<6).flatMap { FlatJPEG.data(width: 48, height: 32, shade: UInt8($0 * 40)) }).write(to: pictures)
        let stated = try VideoFile(path: pictures.path, framesPerSecond: 20)
        #expect(stated.frameRate == 20)
        #expect(stated.derived == ["no times in the file, 20 pictures a second as stated"])
        #expect(try times(stated) == (0..<6).map { .milliseconds(50) * $0 })
        let assumed = try VideoFile(path: pictures.path)
        #expect(assumed.derived == ["no times in the file, 25 pictures a second assumed; --fps says otherwise"])
        #expect(try times(assumed) == (0..<6).map { .milliseconds(40) * $0 })

        let film = folder.file("film.mp4")
        try SampleVideo.write(film, count: 30)
        let stream = folder.file("bare.h264")
        try #require(HandmadeMedia.bareStream(from: Data(contentsOf: film))).write(to: stream)
        let slow = try VideoFile(path: stream.path, framesPerSecond: 12.5)
        #expect(try times(slow) == (0..<30).map { .milliseconds(80) * $0 })
        #expect(slow.warning == nil)
        #expect(try VideoFile(path: stream.path).derived.first?.hasPrefix("no times in the file, ") == true)
    }

    @Test("a rate is refused for a file that states its times, whatever they are")
    func refused() throws {
        let film = folder.file("film.mp4")
        try SampleVideo.write(film, count: 3)
        let error = #expect(throws: VideoError.self) { try VideoFile(path: film.path, framesPerSecond: 25) }
        #expect(error?.message.contains("--fps") == true && error?.message.contains("its own times") == true)
    }

    @Test("pictures in a folder are a film in order of their numbers, and so are those of a pattern")
    func sequence() throws {
        for index in [10, 2, 1, 9, 3, 4, 5, 6, 7, 8] { try picture("frame_\(index).jpg", width: 40 + index * 8) }
        try picture("other.png")
        try Data("notes".utf8).write(to: folder.file("notes.txt"))
        for place in ["frame_%d.jpg", "frame_*.jpg", "frame_%1d.jpg"] {
            let path = folder.file(place).path(percentEncoded: false)
            #expect(PicturePlace.isNamed(path))
            let film = try FilmReader.open(path, framesPerSecond: 10)
            #expect(film.width == 48 && film.frameRate == 10 && film.estimatedFrameCount == 10, "\(place)")
            #expect(try times(film) == (0..<10).map { .milliseconds(100) * $0 })
            #expect(film.warning == nil && film.derived == ["no times in the file, 10 pictures a second as stated"])
        }
        #expect(PicturePlace.isNamed(folder.url.path))
        #expect(try FilmReader.open(folder.url.path).estimatedFrameCount == 11)
        #expect(!PicturePlace.isNamed(folder.file("frame_1.jpg").path))
        #expect(!PicturePlace.isNamed(folder.file("notes.txt").path))
    }

    @Test("missing numbers are said and take their time; pictures that cannot be read are named and passed over")
    func holes() throws {
        for index in [10, 20, 30, 60, 70] { try picture("p\(index).jpg") }
        try Data("no picture".utf8).write(to: folder.file("p30.jpg"))
        let film = try FilmReader.open(folder.url.path)
        #expect(film.derived.count == 2)
        #expect(film.derived.last?.hasPrefix("2 pictures are missing by their numbers, the first after 30") == true)
        #expect(try times(film) == [0, 40, 200, 240].map { .milliseconds($0) })
        #expect(film.warning?.contains("1 of 5 pictures cannot be read and are passed over: p30.jpg (") == true)
    }

    @Test("where no picture can be read, or none has the name, the error says so")
    func nothing() throws {
        try Data("no picture".utf8).write(to: folder.file("a1.jpg"))
        let unreadable = #expect(throws: VideoError.self) { try FilmReader.open(folder.url.path) }
        #expect(unreadable?.message.contains("a1.jpg") == true)
        let none = #expect(throws: VideoError.self) {
            try FilmReader.open(folder.file("b%04d.jpg").path(percentEncoded: false))
        }
        #expect(none?.message == "expected pictures, found none of that name")
    }

    @Test("a segment of a longer recording is not held to end early, and a cut one is", arguments: ["mkv", "mp4"])
    func segment(ending: String) throws {
        let url = folder.file("segment.\(ending)")
        try SampleVideo.write(url, count: 100) { .seconds(3600) + .milliseconds(40) * $0 }
        let file = try VideoFile(path: url.path)
        let expected = try #require(file.estimatedFrameCount)
        #expect((95...105).contains(expected), "\(expected)")
        #expect(try times(file).last == .milliseconds(3960))
        #expect(file.warning == nil)
        let whole = try Data(contentsOf: url)
        guard ending == "mkv" else { return }
        try whole.prefix(whole.count / 2).write(to: url)
        let cut = try VideoFile(path: url.path)
        _ = try times(cut)
        #expect(cut.warning?.contains("ends early") == true)
    }

    @Test("of several streams of pictures the one with more of them is taken, and never a cover")
    func streams() throws {
        let url = folder.file("two.avi")
        let small = FlatJPEG.data(width: 16, height: 16, shade: 30)
        let large = FlatJPEG.data(width: 64, height: 48, shade: 200)
        try HandmadeMedia.motionJPEG([
            (width: 16, height: 16, pictures: [small]),
            (width: 64, height: 48, pictures: Array(repeating: large, count: 12)),
        ]).write(to: url)
        let file = try VideoFile(path: url.path)
        #expect(file.width == 64 && file.height == 48)
        #expect(try times(file).count == 12)
    }
}
