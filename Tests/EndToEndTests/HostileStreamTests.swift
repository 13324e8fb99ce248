import Foundation
import TestSupport
import Testing

@Suite("A hostile publisher of skeletons", .serialized)
struct HostileStreamTests {
    @Test("its times, numbers and places cost the other camera of a server nothing")
    func served() throws {
        let folder = try TemporaryFolder()
        let publisher = try LinePublisher()
        let events = "ipc://" + folder.file("events.sock").path
        try """
        publish: \(events)
        history: history.db
        cameras:
          hostile: {input: "\(publisher.endpoint)"}
          good: {input: \(LabanProcess.fixture("workout.truth.jsonl")), repeat: true, pace: fastest}
        """.write(to: folder.file("laban.yaml"), atomically: true, encoding: .utf8)
        let server = try LabanProcess(["serve", "--config", folder.file("laban.yaml").path])
        #expect(publisher.waitForSubscriber())
        let lines = try String(contentsOfFile: LabanProcess.fixture("meeting.truth.jsonl"), encoding: .utf8)
            .split(separator: "\n").prefix(60).map(String.init)
        var random = SeededGenerator(seed: 16)
        func replacing(_ key: String, in line: String, by value: String) -> String {
            line.replacing(try! Regex("\"\(key)\": ?-?[0-9.]+"), with: "\"\(key)\":\(value)", maxReplacements: 1)
        }
        let numbers = [
            "0", "-1", "4503599627370496", "-4503599627370496", "3155760000000000", "-3155760000000000",
            "9007199254740993", "9223372036854775807", "1e300", "1e-300", "140737488289792", "33000", "null",
        ]
        for index in 0..<2_000 {
            var line = replacing("frame", in: lines[index % lines.count], by: "\(index)")
            line = replacing("pts_us", in: line, by: index.isMultiple(of: 2) ? "-3155760000000000" : "3155760000000000")
            if index.isMultiple(of: 3) {
                let key = ["frame", "pts_us", "track", "score", "aspect"].randomElement(using: &random)!
                line = replacing(key, in: line, by: numbers.randomElement(using: &random)!)
            }
            publisher.send(Array(line.utf8))
            if index.isMultiple(of: 4) { usleep(1_000) }
        }
        let watch = try LabanProcess(["watch", "--address", events, "--json", "--camera", "good"])
        #expect(watch.waitForOutput { $0.contains("laban.rep") }, "\(watch.errors) \(server.errors)")
        watch.terminate()
        _ = watch.wait()
        server.terminate()
        let result = server.wait()
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("messages were no skeletons"), "\(result.errors)")
    }
}
