import Foundation
import TestSupport
import Testing

@Suite("Interactions, end to end", .serialized)
struct InteractionTests {
    @Test("from a video: who comes up, shakes hands, hugs, is pushed and leaves, each by the right one")
    func video() throws {
        let result = try LabanProcess.run("run", LabanProcess.fixture("meeting.mp4"), "--model", "none", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let lines = try EventLines(result.output)
        let truth = try String(contentsOfFile: LabanProcess.fixture("meeting.interactions.csv"), encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        var waiting: Int?
        for row in truth {
            let label = String(row[4])
            let found = lines.of("laban.interaction", label: label, phase: "begin")
            let event = try #require(found.first, "\(label)")
            #expect(found.count == 1, "\(label)")
            let start = try #require(event["start_pts_us"] as? Int)
            #expect(abs(start - Int(row[0])!) < 1_000_000, "\(label) at \(start)")
            // The one who comes may get a new id on the way; the one who waits keeps theirs.
            let who = try #require(event["track"] as? Int)
            let whom = try #require(event["other_track"] as? Int)
            #expect(who != whom)
            if label == "approach" { waiting = whom }
            guard row[5] == "0" else {
                // That the other has joined in may show later.
                let end = try #require(lines.of("laban.interaction", label: label, phase: "end").first)
                #expect(end["mutual"] as? Bool == true, "\(label)")
                continue
            }
            #expect((row[2] == "1" ? who : whom) == waiting, "\(label) by \(who)")
        }
    }

    @Test("two who stand before each other are both seen all the time but while they hug")
    func bothAreSeen() throws {
        let folder = try TemporaryFolder()
        let skeletons = folder.file("s.jsonl").path
        let result = try LabanProcess.run(
            "run", LabanProcess.fixture("meeting.mp4"), "--model", "none", "--skeletons", skeletons)
        #expect(result.status == 0, "\(result.errors)")
        var (seen, frames) = (0, 0)
        for line in try String(contentsOfFile: skeletons, encoding: .utf8).split(separator: "\n") {
            let frame = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let seconds = try #require(frame["pts_us"] as? Double) / 1e6
            guard seconds > 0.5, !(7.9..<11.2 ~= seconds) else { continue }
            frames += 1
            if try #require(frame["people"] as? [Any]).count == 2 { seen += 1 }
        }
        #expect(frames > 200 && Double(seen) > 0.9 * Double(frames), "\(seen) of \(frames)")
    }

    @Test("the same kind and seed of pair is the same scene, drawn by another process")
    func sameScene() throws {
        let folder = try TemporaryFolder()
        let truths = try ["a", "b"].map { name in
            let drawn = try LabanProcess.run(
                "puppet", "--pair", "hug", "--seed", "8", "--output", folder.file(name).path)
            #expect(drawn.status == 0, "\(drawn.errors)")
            return try String(contentsOf: folder.file(name).appending(path: "hug-8.truth.jsonl"), encoding: .utf8)
        }
        #expect(truths[0] == truths[1])
    }

    @Test("from skeletons, and asked for by either of the two")
    func history() throws {
        let folder = try TemporaryFolder()
        let drawn = try LabanProcess.run("puppet", "--pair", "push", "--seed", "2", "--output", folder.url.path)
        #expect(drawn.status == 0, "\(drawn.errors)")
        let history = folder.file("h.db").path
        let result = try LabanProcess.run(
            "run", folder.file("push-2.truth.jsonl").path, "--model", "none", "--history", history, "--json")
        #expect(result.status == 0, "\(result.errors)")
        let truth = try String(contentsOf: folder.file("push-2.interactions.csv"), encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        let push = try #require(truth.first { $0[4] == "push" })
        let lines = try EventLines(result.output)
        let event = try #require(lines.of("laban.interaction", label: "push", phase: "end").first)
        #expect(event["track"] as? Int == Int(push[2]) && event["other_track"] as? Int == Int(push[3]))
        #expect(event["reason"] as? String == "completed")
        for track in push[2...3] {
            let answer = try LabanProcess.run(
                "history", "interactions", "--history", history, "--label", "push", "--track", String(track), "--json")
            #expect(answer.lines.count == 1, "\(answer.errors)")
        }
        let other = try LabanProcess.run(
            "history", "interactions", "--history", history, "--track", "9", "--fail-if-empty")
        #expect(other.status == 3)
    }

    @Test("'Benchmarks interactions' says of each what was found and whether it is so")
    func bench() throws {
        func measure(_ arguments: String...) throws -> CommandResult {
            try LabanProcess(["interactions"] + arguments, program: LabanProcess.benchmarks).wait()
        }
        let result = try measure("--scenes", "2", "--source", "room", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let report = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let rows = try #require(report["labels"] as? [[String: Any]])
        #expect(rows.map { $0["label"] as? String } == ["approach", "leave", "handshake", "hug", "push"])
        for row in rows { #expect(row["f1@0.25"] as? Double != nil && row["precision"] as? Double != nil) }
        #expect(try measure("--scenes", "0").status == 2)
        #expect(try LabanProcess.run("puppet", "--pair", "duel", "--output", "nowhere").status == 2)
    }
}
