import Foundation
import TestSupport
import Testing

@Suite("Taught gestures from the command line")
struct TaughtGestureTests {
    private let folder: TemporaryFolder
    private var rules: String { folder.url.path }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: "Gestures/raise_hand.yaml"), to: folder.file("raise_hand.yaml"))
    }

    private func objects(_ result: CommandResult) throws -> [[String: Any]] {
        try result.lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test("a gesture shown once is listed, passes its own test, and is found where it was shown, until it is removed")
    func life() throws {
        let film = LabanProcess.fixture("everyday.truth.jsonl")
        let taught = try LabanProcess.run(
            "gesture", "teach", "greeting", film, "--from", "3.9", "--to", "7.7", "--gestures", rules, "--json")
        #expect(taught.status == 0, "\(taught.errors)")
        let made = try #require(try objects(taught).first)
        #expect(made["examples"] as? Int == 1 && (made["file"] as? String)?.hasSuffix("greeting.gesture.json") == true)

        let listed = try objects(LabanProcess.run("gesture", "list", "--gestures", rules, "--json"))
        #expect(listed.map { $0["name"] as? String } == ["raise_hand", "greeting"])
        #expect(listed.map { $0["kind"] as? String } == ["gesture", "taught"])
        #expect(try LabanProcess.run("gesture", "test", "greeting", "--gestures", rules).status == 0)

        let again = try LabanProcess.run("gesture", "teach", "greeting", film, "--gestures", rules)
        #expect(again.status == 2 && again.errors.contains("--replace"))
        let rule = try LabanProcess.run("gesture", "teach", "raise_hand", film, "--gestures", rules)
        #expect(rule.status == 2 && rule.errors.contains("which is a rule"))

        let events = try EventLines(LabanProcess.run("run", film, "--gestures", rules, "--json").output)
        let told = events.of("laban.gesture", phase: "end").filter { $0["label"] as? String == "greeting" }
        #expect(told.count == 1)
        let begin = (told.first?["start_pts_us"] as? Int ?? 0) / 1000
        #expect((3000...6000).contains(begin), "\(begin)")

        #expect(try LabanProcess.run("gesture", "remove", "greeting", "--gestures", rules).status == 0)
        #expect(try LabanProcess.run("gesture", "remove", "greeting", "--gestures", rules).status == 2)
        let after = try EventLines(LabanProcess.run("run", film, "--gestures", rules, "--json").output)
        #expect(!after.of("laban.gesture").contains { $0["label"] as? String == "greeting" })
    }

    @Test("a faulty file is told with its place: list exits with 2, run warns and goes on with the others")
    func faulty() throws {
        try "gesture: x\nnonsense: 1\n".write(to: folder.file("bad.yaml"), atomically: true, encoding: .utf8)
        let list = try LabanProcess.run("gesture", "list", "--gestures", rules)
        #expect(list.status == 2 && list.errors.contains("bad.yaml:2:1") && list.output.contains("raise_hand"))
        let run = try LabanProcess.run(
            "run", LabanProcess.fixture("everyday.truth.jsonl"), "--gestures", rules, "--json")
        #expect(run.status == 0 && run.errors.contains("bad.yaml:2:1"))
        #expect(try EventLines(run.output).of("laban.gesture").contains { $0["label"] as? String == "raise_hand" })
    }

    @Test("where nobody moves there is nothing to teach")
    func still() throws {
        let film = LabanProcess.fixture("everyday.truth.jsonl")
        let taught = try LabanProcess.run(
            "gesture", "teach", "nothing_at_all", film, "--from", "1000", "--to", "1001", "--gestures", rules)
        #expect(taught.status == 2 && taught.errors.contains("expected somebody who moves"))
    }
}
