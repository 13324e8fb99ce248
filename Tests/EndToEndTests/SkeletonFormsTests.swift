import Foundation
import TestSupport
import Testing

@Suite("Skeletons of other programs")
struct SkeletonFormsTests {
    /// MediaPipe's landmarks of somebody standing, as a JSON array of 33.
    private static func landmarks(_ frame: Int) -> String {
        "["
            + (0..<33).map {
                "{\"x\":\(0.4 + Double($0 % 5) / 50),\"y\":\(0.2 + Double($0) / 60 + Double(frame) / 1000)}"
            }
            .joined(separator: ",") + "]"
    }

    private static func frames(_ field: String, _ time: (Int) -> String) -> String {
        "[" + (0..<12).map { "{\"\(field)\":\(time($0)),\"pose_landmarks\":\(landmarks($0))}" }.joined(separator: ",")
            + "]"
    }

    @Test("dates of a file are when the history says it was, unless --recorded-at says otherwise")
    func dates() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("dated.json")
        try Self.frames("timestamp_ms") { "\(1_714_559_405_123 + 40 * $0)" }.write(
            to: file, atomically: true, encoding: .utf8)
        for (options, start) in [
            ([], 1_714_559_405_123_000), (["--recorded-at", "2026-01-01T00:00:00Z"], 1_767_225_600_000_000),
        ] {
            let result = try LabanProcess(["run", file.path, "--model", "none", "--json"] + options).wait()
            #expect(result.status == 0, "\(result.errors)")
            #expect(
                result.errors.contains("Derived: times count from the first frame, recorded 2024-05-01T10:30:05.123Z"))
            let first = try #require(EventLines(result.output).of("laban.track", phase: "begin").first)
            #expect(first["pts_us"] as? Int == 0 && first["t_cap_us"] as? Int == start, "\(first)")
        }
    }

    @Test("what no reader knows ends with code 2, the forms there are and what was found")
    func unknown() throws {
        let folder = try TemporaryFolder()
        for (name, text, found) in [
            ("a.json", "{\"tracks_of\":1}", "'tracks_of'"), ("a.csv", "time,speed\n1,2\n", "columns x0, y0"),
            ("a.txt", "hello\n", "'hello'"),
        ] {
            try text.write(to: folder.file(name), atomically: true, encoding: .utf8)
            let result = try LabanProcess.run("run", folder.file(name).path, "--model", "none")
            #expect(
                result.status == 2 && result.errors.contains("expected skeletons as laban, openpose"),
                "\(result.errors)")
            #expect(result.errors.contains(found) && result.errors.contains(name), "\(result.errors)")
        }
    }

    @Test("evaluate reads whatever run reads, and says what it derived")
    func evaluate() throws {
        let folder = try TemporaryFolder()
        let place = folder.file("recordings/squat")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Self.frames("t") { "\(Double($0) / 25)" }.write(
            to: place.appending(path: "a.json"), atomically: true, encoding: .utf8)
        let heading = "timestamp," + (0..<33).map { "x_\($0),y_\($0)" }.joined(separator: ",")
        let rows = (0..<12).map { row in
            "\(33 * row),"
                + (0..<33).map { "\(0.4 + Double($0 % 5) / 50),\(0.2 + Double($0) / 60)" }.joined(separator: ",")
        }
        try ([heading] + rows).joined(separator: "\n").write(
            to: place.appending(path: "b.csv"), atomically: true, encoding: .utf8)
        let result = try LabanProcess.run("evaluate", "everyday", folder.file("recordings").path, "--json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try EventLines(result.output).events.first?["clips"] as? Int == 2)
        #expect(
            result.errors.contains("Derived: \"timestamp\" taken for milliseconds by its steps of 33 (1 recording)"),
            "\(result.errors)")
    }
}
