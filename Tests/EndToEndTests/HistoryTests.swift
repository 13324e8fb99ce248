import Foundation
import TestSupport
import Testing

@Suite("laban history")
struct HistoryTests {
    @Test("what a run found can be asked for in every form")
    func questions() throws {
        let folder = try TemporaryFolder()
        let history = folder.file("h.db").path
        let run = try LabanProcess.run(
            "run", LabanProcess.fixture("workout.truth.jsonl"), "--history", history, "--recorded-at",
            "2026-03-01T10:00:00Z", "--json")
        #expect(run.status == 0, "\(run.errors)")
        let found = try EventLines(run.output)
        let squats = found.of("laban.rep", label: "squat").count
        #expect(squats > 0)

        let reps = try LabanProcess.run("history", "reps", "--history", history, "--label", "squat", "--json")
        #expect(reps.lines.count == squats)
        let table = try LabanProcess.run("history", "reps", "--history", history, "--label", "squat", "--limit", "2")
        #expect(table.lines.count == 3)
        let csv = try LabanProcess.run("history", "tracks", "--history", history, "--csv", "--since", "2026-03-01")
        #expect(csv.lines.count == 1 + found.of("laban.track", phase: "begin").count)
        for question in ["actions", "gestures", "cameras", "timeline", "stats"] {
            let answer = try LabanProcess.run("history", question, "--history", history)
            #expect(answer.status == 0, "\(question): \(answer.errors)")
        }
        let none = try LabanProcess.run(
            "history", "actions", "--history", history, "--since", "today", "--fail-if-empty")
        #expect(none.status == 3)
    }
}
