import Files
import Foundation
import Imaging
import TestSupport
import Testing
import Video

struct DamagedVideoTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func expectError(_ path: String, _ words: String, sourceLocation: SourceLocation = #_sourceLocation) {
        do {
            _ = try VideoFile(path: path)
            Issue.record("\(path) was opened", sourceLocation: sourceLocation)
        } catch {
            #expect(error.file == path, sourceLocation: sourceLocation)
            #expect(
                error.description.hasPrefix((path.isEmpty ? "" : path + ": ") + "expected "), "\(error)",
                sourceLocation: sourceLocation)
            #expect(error.description.contains(words), "\(error)", sourceLocation: sourceLocation)
        }
    }

    @Test("what is no video is refused by name, with what was expected and found")
    func refusals() throws {
        let empty = folder.file("empty.mp4")
        try Data().write(to: empty)
        expectError(empty.path(), "0 bytes")
        let sound = folder.file("sound.wav")
        try HandmadeMedia.silence().write(to: sound)
        expectError(sound.path(), "only sound (pcm_s16le)")
        for name in ["notes.txt", "notes.mp4", "notes", "notes.nfo", "notes.srt", "notes.m3u8", "notes.ffconcat"] {
            let text = folder.file(name)
            try Data("Legs bent, arms up.\nThen down again.\n".utf8).write(to: text)
            expectError(text.path(), "found")
        }
        expectError(folder.file("missing.mp4").path(), "nothing at that path")
        expectError(folder.url.path(), "a folder")
        expectError("", "nothing at that path")
        expectError("http://127.0.0.1:9/x.mp4", "found")
    }

    @Test("lists that point at other files open nothing and are called what they are, whatever name they bear")
    func lists() throws {
        let server = try PictureServer(.sending(width: 64, height: 48, shade: 90))
        defer { server.close() }
        try SampleVideo.write(folder.file("target.mp4"), count: 5)
        for target in ["target.mp4", "file://" + folder.file("target.mp4").path, server.url()] {
            let lists = [
                "a playlist": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n\(target)\n#EXT-X-ENDLIST\n",
                "a list of files": "ffconcat version 1.0\nfile '\(target)'\n",
                "the description of a stream": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
                    + "m=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
                "notes for another file": ";FFMETADATA1\ntitle=\(target)\n",
            ]
            for (kind, text) in lists {
                for name in ["list.mp4", "list.mkv", "list.m3u8", "list.ffconcat", "list.jpg", "list"] {
                    try Data(text.utf8).write(to: folder.file(name))
                    expectError(folder.file(name).path(), name == "list.jpg" ? "found" : "found \(kind)")
                }
            }
        }
        #expect(server.requestCount == 0)
    }

    @Test(
        "why an address cannot be opened is said: nobody listens, nobody has that name, or a password wants other letters"
    )
    func addresses() throws {
        expectError("http://127.0.0.1:9/x.mp4", "connection refused: nothing listens there")
        expectError("http://nobody.invalid/x.mp4", "the host 'nobody.invalid' is not known")
        for (password, hint) in [("p@ss", true), ("p/ss", true), ("p%40ss", false)] {
            let error = #expect(throws: VideoError.self) {
                try VideoFile(path: "http://user:\(password)@127.0.0.1:9/x.mp4")
            }
            #expect(error?.message.contains("@ is written as %40") == hint)
            #expect(error?.description.contains("ss@") == false)
        }
        for address in ["cache:http://127.0.0.1:9/x.mp4", "subfile,,start,0,end,9,,:file:///etc/hosts"] {
            expectError(address, "found")
        }
    }

    @Test("names with colons, percent signs and spaces are names of files")
    func oddNames() throws {
        for name in ["gym:1 %03d.mp4", "concat:a|b.mp4", "ä ö.mp4"] {
            let plain = folder.file("plain.mp4")
            try SampleVideo.write(plain, count: 3)
            let path = folder.url.path(percentEncoded: false) + name
            try FileManager.default.moveItem(atPath: plain.path(), toPath: path)
            let file = try VideoFile(path: path)
            #expect(try file.next() != nil)
        }
    }

    @Test("a cut-off file gives what is left, then says so once", arguments: ["mp4", "mkv"])
    func truncated(ending: String) throws {
        let whole = folder.file("whole.\(ending)")
        try SampleVideo.write(whole, count: 200)
        let data = try Data(contentsOf: whole)
        let frames = try SampleVideo.read(whole).frames
        let times = Set(frames.map(\.presentationTime))
        for share in [0.4, 0.6, 0.8] {
            let url = folder.file("cut.\(ending)")
            try data.prefix(Int(Double(data.count) * share)).write(to: url)
            let file = try VideoFile(path: url.path())
            var count = 0
            while let frame = try file.next() {
                #expect(file.warning == nil)
                #expect(times.contains(frame.presentationTime))
                // Near the cut, pictures may lack those they are made from; all before are whole.
                if Double(count) < 160 * share { #expect(SampleVideo.Shown(frame) == frames[count]) }
                count += 1
            }
            #expect(count > Int(200 * share * 0.5) && count < 200, "\(share)")
            let warning = try #require(file.warning)
            #expect(warning.hasPrefix(url.path() + ": ends early, at "), "\(warning)")
            #expect(warning.contains("\(count) frames were read"), "\(warning)")
            #expect(try file.next() == nil)
            #expect(file.warning == warning)
        }
    }

    @Test("damage inside a file is survived and told")
    func damagedInside() throws {
        let url = folder.file("damaged.mp4")
        try SampleVideo.write(url, count: 200)
        var bytes = [UInt8](try Data(contentsOf: url))
        let media = try #require(HandmadeMedia.contents(of: "mdat", in: bytes))
        let middle = (media.lowerBound + media.upperBound) / 2
        for at in middle..<middle + 400 { bytes[at] = 0xFF }
        try Data(bytes).write(to: url)
        let (frames, warning) = try SampleVideo.read(url)
        #expect(frames.count > 90)
        let text = try #require(warning)
        #expect(text.hasPrefix(url.path() + ": damaged from "), "\(text)")
        #expect(text.contains("\(frames.count) frames were read"))
    }

    @Test("mutated files are read as far as may be, without crash or hang")
    func mutations() throws {
        let whole = folder.file("whole.mp4")
        try SampleVideo.write(whole, count: 12, width: 48, height: 32)
        let matroska = folder.file("whole.mkv")
        try SampleVideo.write(matroska, count: 12, width: 48, height: 32)
        let sources: [(String, Data)] = try [
            ("mp4", Data(contentsOf: whole)), ("mkv", Data(contentsOf: matroska)),
            ("h264", #require(HandmadeMedia.bareStream(from: Data(contentsOf: whole)))),
            ("y4m", HandmadeMedia.flatVideo(width: 12, height: 9, colors: [(1, 2, 3), (90, 100, 140)])),
        ]
        var random = SeededGenerator(seed: 11)
        var opened = 0
        var refused = 0
        for round in 0..<400 {
            let (ending, data) = sources[round % sources.count]
            var bytes = [UInt8](data)
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 2: bytes.removeSubrange(at..<min(at + Int.random(in: 1...40, using: &random), bytes.count - 1))
                default:
                    let from = Int.random(in: bytes.indices, using: &random)
                    bytes.insert(contentsOf: bytes[from..<min(from + 20, bytes.count)], at: at)
                }
            }
            let url = folder.file("mutated.\(ending)")
            try Data(bytes).write(to: url)
            do {
                let file = try VideoFile(path: url.path())
                opened += 1
                var last: Duration?
                var tensor = [Float](repeating: 0, count: 16 * 16 * 3)
                let region = CropRegion(center: SIMD2(20, 20), side: 70, rotation: 0.2)
                while let frame = try file.next() {
                    let pixels = frame.picture.rgb()
                    #expect(pixels.width == file.width && pixels.height == file.height)
                    tensor.withUnsafeMutableBufferPointer {
                        frame.picture.sample(region, side: 16, range: 0...1, border: .edge, into: $0)
                    }
                    #expect(tensor.allSatisfy { $0 >= 0 && $0 <= 1 })
                    if let last { #expect(frame.presentationTime > last) }
                    last = frame.presentationTime
                }
            } catch {
                refused += 1
                #expect(error.file == url.path())
            }
        }
        #expect(opened > 100 && refused > 20, "\(opened) opened, \(refused) refused")
    }
}
