import Foundation
import TestSupport
import Testing

/// Questions to a history as people type them.
@Suite("Questions to a history")
struct QuestionTests {
    /// A history of the crossing, which begins on 2026-06-01 at 18:45 in Berlin.
    private func history(in folder: TemporaryFolder, recordedAt: String = "2026-06-01T18:45:00") throws -> String {
        let path = folder.file("\(UUID()).db").path
        let run = try laban(
            [
                "run", LabanProcess.fixture("crossing.truth.jsonl"), "--history", path, "--recorded-at", recordedAt,
                "--json",
            ])
        #expect(run.status == 0, "\(run.errors)")
        return path
    }

    private func laban(_ words: [String]) throws -> CommandResult {
        try LabanProcess(words, variables: ["TZ": "Europe/Berlin"]).wait()
    }

    @Test("who was there is found, who came within that time only on request")
    func presence() throws {
        let folder = try TemporaryFolder()
        let path = try history(in: folder)
        let all = try laban(["history", "tracks", "--history", path, "--json"])
        let people = try EventLines(all.output).events
        let first = try #require(people.compactMap { $0["start_us"] as? Int }.min())
        let middle = "2026-06-01T18:45:02"
        let there = try laban(
            ["history", "tracks", "--history", path, "--json", "--since", middle, "--until", "2026-06-01T18:45:02.5"])
        let expected = people.filter { person in
            guard let start = person["start_us"] as? Int, let end = person["end_us"] as? Int else { return false }
            return start < first / 1_000_000 * 1_000_000 + 2_500_000 && end > first / 1_000_000 * 1_000_000 + 2_000_000
        }
        #expect(!expected.isEmpty && there.lines.count == expected.count)
        // The same time twice asks for a moment.
        let moment = try laban(["history", "tracks", "--history", path, "--since", middle, "--until", middle])
        #expect(moment.lines.count == 1 + expected.count)
        let stats = try laban(
            ["history", "stats", "--history", path, "--json", "--since", middle, "--until", "2026-06-01T18:45:02.5"])
        let total = try EventLines(stats.output).events.filter { $0["kind"] as? String == "track" }
        #expect(total.compactMap { $0["duration_us"] as? Int } == [500_000 * expected.count])
        let came = try laban(
            [
                "history", "tracks", "--history", path, "--started", "--since", middle, "--until", middle,
                "--fail-if-empty",
            ])
        #expect(came.status == 3)
    }

    @Test("a limit of statistics is one of rows: what they count stays whole")
    func limitedStatistics() throws {
        let folder = try TemporaryFolder()
        let path = try history(in: folder)
        let whole = try laban(["history", "stats", "--history", path, "--csv"])
        let last = try laban(["history", "stats", "--history", path, "--csv", "--limit", "1"])
        #expect(whole.lines.count > 2)
        #expect(last.lines == [whole.lines.first, whole.lines.last].compactMap(\.self))
    }

    @Test("a camera that has no events of a kind is told from one that there is not")
    func elsewhere() throws {
        let folder = try TemporaryFolder()
        let path = try history(in: folder)
        let answer = try laban(["history", "interactions", "--history", path, "--camera", "crossing.truth"])
        #expect(answer.errors.contains("There is no such event with camera 'crossing.truth' here"), "\(answer.errors)")
    }

    @Test("a name that does not occur is answered with those that do, nearest first")
    func unknownNames() throws {
        let folder = try TemporaryFolder()
        let path = try history(in: folder)
        for (words, sentence) in [
            (["tracks", "--camera", "crosing"], "There is no camera 'crosing' here; there is crossing.truth\n"),
            (["tracks", "--track", "77"], "There is no track 77 here; there are "),
            (["actions", "--label", "sqat"], "There is no label 'sqat' here"),
        ] {
            for form in [[], ["--json"]] {
                let answer = try laban(["history"] + words + ["--history", path] + form)
                #expect(answer.status == 0)
                #expect(answer.errors.contains(sentence), "\(answer.errors)")
                #expect(answer.output.isEmpty)
            }
            let failing = try laban(["history"] + words + ["--history", path, "--fail-if-empty"])
            #expect(failing.status == 3)
        }
        let later = try laban([
            "history", "tracks", "--camera", "crossing.truth", "--history", path, "--since", "today",
        ])
        #expect(later.errors == "Nothing matched.\n")
    }

    @Test("--recorded-at reads what --since reads")
    func recordedAt() throws {
        let folder = try TemporaryFolder()
        for (phrase, start) in [
            ("2026-06-01T18:45:00", 1_780_332_300_000_000), ("2026-06-01 18:45:00+02:00", 1_780_332_300_000_000),
            ("2026-06-01T18:45+02:00", 1_780_332_300_000_000), ("2026-06-01", 1_780_264_800_000_000),
            ("2026-10-25T02:30", 1_792_888_200_000_000),
        ] {
            let path = try history(in: folder, recordedAt: phrase)
            let answer = try laban(["history", "cameras", "--history", path, "--json"])
            let times = try EventLines(answer.output).events.compactMap { $0["time_us"] as? Int }
            #expect(times.min() == start, "\(phrase)")
        }
    }

    @Test(
        "a time that is none, or never was, is refused with what was expected",
        arguments: ["2026-06-01abc", "2026-06-31T00:00:00Z", "25:00", "2026-02-30", "2026-03-29T02:30", "soon", ""])
    func refused(phrase: String) throws {
        for words in [
            ["run", LabanProcess.fixture("crossing.truth.jsonl"), "--recorded-at", phrase],
            ["history", "stats", "--since", phrase], ["history", "stats", "--until", phrase],
        ] {
            let answer = try laban(words)
            #expect(answer.status == 2)
            #expect(answer.output.isEmpty)
            #expect(
                answer.errors.contains("\(words[2]): ") && answer.errors.contains("expected a time ("),
                "\(answer.errors)")
        }
    }

    @Test("a time that clocks showed twice is said")
    func twice() throws {
        let folder = try TemporaryFolder()
        let path = try history(in: folder)
        let answer = try laban(["history", "stats", "--history", path, "--since", "2026-10-25 02:30"])
        #expect(answer.errors.contains("Note: --since: clocks in Europe/Berlin showed 2026-10-25 02:30:00 twice"))
    }
}
