import Foundation
import TestSupport
import Testing

struct ExplanationTests {
    private func objects(_ result: CommandResult) throws -> [[String: Any]] {
        try result.lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test("explained counts are the same counts, with every attempt and its reason as JSON lines")
    func count() throws {
        let plain = try objects(LabanProcess.run("count", LabanProcess.fixture("workout.truth.jsonl"), "--json"))
        let told = try objects(
            LabanProcess.run("count", LabanProcess.fixture("workout.truth.jsonl"), "--json", "--explain"))
        func counts(_ lines: [[String: Any]]) -> [String] {
            lines.filter { $0["type"] as? String == "laban.rep" }.map { "\($0["label"] ?? "") \($0["index"] ?? "")" }
        }
        #expect(counts(plain) == counts(told) && !counts(plain).isEmpty)
        let attempts = told.filter { $0["type"] as? String == "laban.attempt" }
        // What a rule counted alone, without company, is an attempt and no event.
        #expect(attempts.count { $0["counted"] as? Bool == true } >= counts(plain).count)
        for attempt in attempts where attempt["counted"] as? Bool == false {
            #expect(attempt["reason"] is String && attempt["text"] is String)
        }
        let sums = told.filter { $0["type"] as? String == "laban.attempts" }
        #expect(Set(["jumping_jack", "push_up", "squat"]).isSubset(of: sums.compactMap { $0["rule"] as? String }))
        for sum in sums {
            let refused = (sum["refused"] as? [String: Int])?.values.reduce(0, +) ?? 0
            #expect(sum["attempts"] as? Int == (sum["counted"] as? Int ?? 0) + refused)
        }
    }

    @Test("a rule that asks for too much says what was reached, draws it, and exits with 0")
    func test() throws {
        let folder = try TemporaryFolder()
        let rule = folder.file("deep.yaml")
        try """
        exercise: deep
        phases:
          - {name: up, when: {measure: hip_drop, below: 0.18, release: 0.2}}
          - {name: down, when: {measure: hip_drop, above: 1.5, release: 1.4}}
        range: {measure: knee, falls: 25}
        """.write(to: rule, atomically: true, encoding: .utf8)
        let plot = folder.file("deep.png").path
        let result = try LabanProcess.run(
            "gesture", "test", rule.path, LabanProcess.fixture("workout.truth.jsonl"), "--plot", plot)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("partial: phase 'down' was not reached: hip_drop reached 0."))
        #expect(result.output.contains("wanted above 1.50"))
        #expect(result.output.contains("attempts at deep: 0 counted"))
        #expect(try Data(contentsOf: URL(filePath: plot)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test("a plot never takes the place of what is read")
    func places() throws {
        let folder = try TemporaryFolder()
        let input = folder.file("me.png")
        try FileManager.default.copyItem(atPath: LabanProcess.fixture("workout.truth.jsonl"), toPath: input.path)
        let before = try Data(contentsOf: input)
        let result = try LabanProcess.run("count", input.path, "--plot", input.path)
        #expect(result.status != 0 && result.errors.contains("--plot"))
        #expect(try Data(contentsOf: input) == before)
    }

    @Test("a rule file with several faults tells them all and exits with 2")
    func faults() throws {
        let folder = try TemporaryFolder()
        let rule = folder.file("bad.yaml")
        try "gesture: x\nwhen: {measure: left_kne, above: 900, release: 1}\nhold: -1\n"
            .write(to: rule, atomically: true, encoding: .utf8)
        let result = try LabanProcess.run("gesture", "test", rule.path, LabanProcess.fixture("workout.truth.jsonl"))
        #expect(result.status == 2)
        for place in ["bad.yaml:1:1: expected the key 'gap'", "bad.yaml:2:17: expected a measure", "bad.yaml:3:7:"] {
            #expect(result.errors.contains(place), "\(result.errors)")
        }
        #expect(result.errors.contains("nearest: left_knee"))
    }

    @Test("measures are listed as a table and as JSON lines")
    func measures() throws {
        let table = try LabanProcess.run("gesture", "measures")
        #expect(table.status == 0 && table.output.contains("torso_lengths") && table.output.contains("least_"))
        let lines = try objects(LabanProcess.run("gesture", "measures", "--json"))
        #expect(lines.contains { $0["name"] as? String == "left_knee" && $0["unit"] as? String == "degrees" })
        for line in lines { #expect(line["meaning"] is String && line["least"] is NSNumber) }
    }
}
