import Foundation
import Imaging
import TestSupport
import Testing
import Video

@Suite("What films say of themselves", .serialized)
struct MediaInputTests {
    /// Pictures of a fixture between two times, neither of which is that of a picture.
    private func pictures(_ name: String, from start: Double, to end: Double) throws -> [PixelBuffer] {
        let film = try VideoFile(path: LabanProcess.fixture(name))
        var pictures: [PixelBuffer] = []
        while let frame = try film.next(), frame.presentationTime < .seconds(end) {
            if frame.presentationTime >= .seconds(start) { pictures.append(frame.picture.rgb()) }
        }
        return pictures
    }

    @Test("squats stored in pixels twice as wide as high are counted, and drawn in square ones")
    func anamorphic() throws {
        let folder = try TemporaryFolder()
        let plain = folder.file("plain.mp4")
        let writer = try VideoWriter(path: plain.path, width: 320, height: 480, frameRate: 20)
        for (index, picture) in try pictures("workout.mp4", from: 1.99, to: 9.28).enumerated() {
            try writer.append(picture.resized(toWidth: 320, height: 480), at: .milliseconds(50) * index)
        }
        try writer.finish()
        let wide = folder.file("wide.mp4")
        try #require(MP4Boxes.withPixelAspect(Data(contentsOf: plain), 2, 1)).write(to: wide)
        let drawn = folder.file("drawn.mp4").path
        let lines = folder.file("lines.jsonl").path
        let result = try LabanProcess.run(
            "run", wide.path, "--json", "--model", "none", "--counting", "workout", "--render", drawn, "--skeletons",
            lines)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("Derived: pixels of 2:1 made square: 640x480 from 320x480"))
        #expect(try EventLines(result.output).of("laban.rep", label: "squat").count == 3, "\(result.output)")
        let aspects = try EventLines(file: URL(filePath: lines)).events.compactMap { $0["aspect"] as? Double }
        #expect(aspects.allSatisfy { $0 == 1.3333 } && !aspects.isEmpty)
        let film = try VideoFile(path: drawn)
        #expect(film.width == 640 && film.height == 480 && film.derived.isEmpty)
    }

    @Test("a single photograph gives its people at once, and numbered pictures are a film")
    func photographs() throws {
        let folder = try TemporaryFolder()
        let both = try #require(try pictures("meeting.mp4", from: 1.49, to: 1.58).first)
        let photograph = folder.file("photo.png").path
        try PictureFile.write(both, to: photograph)
        let sheet = folder.file("sheet.png").path
        let result = try LabanProcess.run("run", photograph, "--json", "--sheet", sheet)
        #expect(result.status == 0 && !result.errors.contains("three pictures"), "\(result.errors)")
        #expect(try EventLines(result.output).of("laban.track", phase: "begin").count == 2)
        #expect(try PictureFile.read(sheet).width > 100)

        for (index, picture) in try pictures("workout.mp4", from: 1.99, to: 2.58).enumerated() {
            try PictureFile.write(picture, to: folder.file("frame_\(index * 5).png").path)
        }
        let place = folder.file("frame_%d.png").path(percentEncoded: false)
        let film = try LabanProcess.run("run", place, "--fps", "20", "--json")
        #expect(film.status == 0, "\(film.errors)")
        #expect(film.errors.contains("Derived: no times in the file, 20 pictures a second as stated"))
        let end = try #require(try EventLines(film.output).of("laban.camera", phase: "end").first)
        #expect(end["frames"] as? Int == 12 && end["pts_us"] as? Int == 550_000)
        let slow = try LabanProcess.run("run", place, "--fps", "20", "--speed", "2", "--json")
        #expect(slow.errors.contains("Derived: times divided by 2"))
        #expect(try EventLines(slow.output).of("laban.camera", phase: "end").first?["pts_us"] as? Int == 275_000)
    }

    @Test("--fps is refused where a file states its times, and --speed for what runs as fast as life")
    func refusals() throws {
        let fps = try LabanProcess.run("count", LabanProcess.fixture("crossing.mp4"), "--fps", "25")
        #expect(fps.status == 2 && fps.errors.contains("a file that states its own times"), "\(fps.errors)")
        for arguments in [["rtsp://127.0.0.1:9/x", "--speed", "8"], ["a.mp4", "--speed", "0"]] {
            let speed = try LabanProcess(["run"] + arguments).wait()
            #expect(speed.status == 2 && speed.errors.contains("--speed"), "\(speed.errors)")
        }
    }

    @Test("a name in an address is taken from the environment, and what it stands for is never shown")
    func environment() throws {
        let server = try PictureServer(.sending(width: 64, height: 48, shade: 90), credentials: "operator:hun/ter2")
        defer { server.close() }
        let address = "http://operator:${CAM_PASSWORD}@127.0.0.1:\(server.port)/stream"
        let missing = try LabanProcess(["run", address]).wait()
        #expect(missing.status == 2 && missing.errors.contains("CAM_PASSWORD"), "\(missing.errors)")
        let laban = try LabanProcess(
            ["run", address + "?${CAM_PASSWORD}", "--json"], variables: ["CAM_PASSWORD": "hun/ter2"])
        #expect(laban.waitForOutput { $0.contains("\"online\"") }, "\(laban.errors)")
        laban.interrupt()
        let result = laban.wait()
        #expect(result.status == 0, "\(result.errors)")
        for variables in [["CAM_PASSWORD": "hunter2"], ["CAM_PASSWORD": "hun/ter2"]] {
            let wrong = try LabanProcess(["run", "${CAM_PASSWORD}"], variables: variables).wait()
            #expect(wrong.status == 2 && wrong.errors.contains("${CAM_PASSWORD}"), "\(wrong.errors)")
            #expect(!(wrong.output + wrong.errors + result.output + result.errors).contains("ter2"))
        }
    }
}
