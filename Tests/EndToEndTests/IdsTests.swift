import Foundation
import TestSupport
import Testing

@Suite("Ids over a run", .serialized)
struct IdsTests {
    @Test("a camera whose file is repeated gives nobody an id that it gave before")
    func repeated() throws {
        let folder = try TemporaryFolder()
        let address = "ipc://" + folder.file("events.sock").path
        let lines = try String(contentsOfFile: LabanProcess.fixture("workout.truth.jsonl"), encoding: .utf8)
        try lines.split(separator: "\n").prefix(40).joined(separator: "\n").write(
            to: folder.file("short.jsonl"), atomically: true, encoding: .utf8)
        let settings = folder.file("laban.yaml")
        try """
        publish: \(address)
        model: none
        cameras: {gym: {input: short.jsonl, repeat: true, pace: real_time}}
        """.write(to: settings, atomically: true, encoding: .utf8)
        let server = try LabanProcess(["serve", "--config", settings.path])
        let watch = try LabanProcess(["watch", "--address", address, "--kind", "track", "--count", "6", "--json"])
        let seen = watch.wait()
        server.terminate()
        let result = server.wait()
        #expect(seen.status == 0 && result.status == 0, "\(seen.errors) \(result.errors)")
        let begun = try EventLines(seen.output).of("laban.track", phase: "begin").compactMap { $0["track"] as? Int }
        #expect(begun.count >= 2 && Set(begun).count == begun.count, "\(begun)")
    }

    @Test("somebody seen to the waist, whose hips flicker, is one person in every frame of another program's files")
    func upperBody() throws {
        let folder = try TemporaryFolder()
        let poses = folder.file("poses")
        try FileManager.default.createDirectory(at: poses, withIntermediateDirectories: true)
        for frame in 0..<40 {
            var joints = [[Double]](repeating: [0, 0, 0], count: 25)
            let (x, y) = (600.0 + 2 * Double(frame), 240.0)
            let places: [(Int, Double, Double)] = [
                (0, 0, 0), (1, 0, 100), (2, -90, 110), (3, -150, 100), (4, -150, -30), (5, 90, 110), (6, 120, 240),
                (7, 130, 380), (15, -15, -20), (16, 15, -20), (17, -30, -10), (18, 30, -10),
            ]
            for (joint, dx, dy) in places { joints[joint] = [x + dx, y + dy, 0.9] }
            if frame * 7 % 5 < 2 {
                for (joint, dx) in [(8, 0.0), (9, -50), (12, 50)] { joints[joint] = [x + dx, y + 380, 0.2] }
            }
            let numbers = joints.flatMap { $0 }.map { "\($0)" }.joined(separator: ",")
            try "{\"version\":1.3,\"people\":[{\"person_id\":[-1],\"pose_keypoints_2d\":[\(numbers)]}]}".write(
                to: poses.appending(path: "a_\(1000 + frame)_keypoints.json"), atomically: false, encoding: .utf8)
        }
        let own = folder.file("own.jsonl").path
        let run = try LabanProcess.run(
            "run", poses.path, "--fps", "10", "--picture", "1280x720", "--json", "--model", "none", "--skeletons", own)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try EventLines(run.output).of("laban.track", phase: "begin").count == 1)
        let frames = try EventLines(file: URL(filePath: own)).events
        #expect(frames.count == 40)
        #expect(frames.allSatisfy { ($0["people"] as? [[String: Any]])?.count == 1 })
    }
}
