import Foundation
import Imaging
import TestSupport
import Testing
import Video

@Suite("Gestures on the past, and events drawn again")
struct PastTests {
    private let folder: TemporaryFolder
    private let history: String
    private let film = LabanProcess.fixture("everyday.truth.jsonl")

    init() throws {
        folder = try TemporaryFolder()
        history = folder.file("laban.db").path
        let run = try LabanProcess.run(
            "run", film, "--history", history, "--recorded-at", "2026-03-01T10:00:00Z", "--json")
        #expect(run.status == 0, "\(run.errors)")
    }

    private func ask(_ words: String...) throws -> CommandResult {
        try LabanProcess(words + ["--history", history]).wait()
    }

    private func gestures(_ label: String) throws -> [[String: Any]] {
        try EventLines(ask("history", "gestures", "--label", label, "--json").output).events
    }

    @Test("an event is shown in words and as JSON, and drawn as figures and as a film")
    func show() throws {
        let id = try #require(gestures("raise_hand").last?["id"] as? String)
        #expect(try ask("history", "gestures", "--ids").output.contains(id))
        let words = try ask("history", "show", id.lowercased())
        #expect(words.status == 0 && words.output.contains("raise_hand") && words.output.contains("skeletons kept"))
        let told = try #require(EventLines(ask("history", "show", id, "--json").output).events.first)
        #expect(told["id"] as? String == id && (told["skeletons"] as? Int ?? 0) > 3)
        let (figures, moving) = (folder.file("a.png").path, folder.file("a.mp4").path)
        #expect(try ask("history", "show", id, "--render", figures).status == 0)
        let strip = try PictureFile.read(figures)
        #expect(strip.width > 3 * strip.height)
        #expect(try ask("history", "show", id, "--render", moving).status == 0)
        let drawn = try VideoFile(path: moving)
        var count = 0
        while try drawn.next() != nil { count += 1 }
        #expect(count > 3)
        let rep = try ask("history", "show", "0")
        #expect(rep.status == 2 && rep.errors.contains("more of the id"))
        let folder = try ask("history", "show", id, "--render", "nowhere/a.png")
        #expect(folder.status == 2 && folder.errors.contains("--render"))
    }

    @Test("a history without clips says so, and nothing is drawn")
    func none() throws {
        let other = folder.file("other.db").path
        let run = try LabanProcess.run("run", film, "--history", other, "--clip-days", "0", "--json")
        #expect(run.status == 0, "\(run.errors)")
        let id = try #require(EventLines(run.output).of("laban.gesture", label: "raise_hand").first?["id"] as? String)
        let picture = folder.file("none.png").path
        let shown = try LabanProcess.run("history", "show", id, "--history", other, "--render", picture)
        #expect(shown.status == 2 && shown.errors.contains("keeps none"))
        #expect(!FileManager.default.fileExists(atPath: picture))
        #expect(try LabanProcess.run("history", "show", id, "--history", other).output.contains("keeps none"))
        let test = try LabanProcess.run("gesture", "test", "wave", "--history", other)
        #expect(test.status == 2 && test.errors.contains("expected skeletons"))
        #expect(try LabanProcess.run("run", film, "--clip-days", "3").errors.contains("go with --history"))
    }

    @Test("a rule finds in the past what it told then, and says how often an hour")
    func rules() throws {
        for label in ["raise_hand", "right_arm_raised"] {
            let told = try gestures(label)
            let lines = try EventLines(ask("gesture", "test", label, "--json").output).events
            let sum = try #require(lines.last)
            #expect(sum["type"] as? String == "laban.gesture_past" && sum["fired"] as? Int == lines.count - 1)
            #expect(
                Set(lines.dropLast().compactMap { $0["id"] as? String }) == Set(told.compactMap { $0["id"] as? String })
            )
            #expect(!told.isEmpty && sum["told"] as? Int == told.count)
        }
        let since = try ask("gesture", "test", "raise_hand", "--since", "2026-03-02")
        #expect(since.status == 2 && since.errors.contains("some from 2026-03-01T10:00"))
        let squats = try ask("gesture", "test", "Gestures/exercises/squat.yaml", "--since", "2026-03-01")
        #expect(squats.status == 0 && squats.output.contains("an hour"), "\(squats.errors)")
        let phrase = try LabanProcess(
            ["gesture", "test", "wave", "--history", "last 7 days"], folder: folder.url
        ).wait()
        #expect(phrase.status == 2 && phrase.errors.contains("laban.db"))
        let neither = try LabanProcess.run("gesture", "test", "wave", "--history", "some day")
        #expect(neither.status == 2 && neither.errors.contains("found neither"))
    }

    @Test(
        "a gesture is taught from an event or a stretch of the past, is told how often it would have fired, and is counted"
    )
    func teaching() throws {
        let rules = folder.file("rules")
        try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: "Gestures/raise_hand.yaml"),
            to: rules.appending(path: "raise_hand.yaml"))
        let event = try #require(gestures("raise_hand").last)
        let id = try #require(event["id"] as? String)
        let taught = try ask("gesture", "teach", "hail", "--event", id, "--gestures", rules.path, "--json")
        #expect(taught.status == 0, "\(taught.errors)")
        let made = try #require(EventLines(taught.output).events.first)
        #expect(made["examples"] as? Int == 1 && made["hours_of_history"] as? Double ?? 0 > 0)
        let found = try ask("gesture", "test", "hail", "--gestures", rules.path, "--json")
        let firings = try EventLines(found.output).events.dropLast()
        let start = try #require(event["start_us"] as? Int)
        #expect(firings.contains { abs(($0["start_us"] as? Int ?? 0) - start) < 2_000_000 }, "\(found.output)")

        let stretch = try ask(
            "gesture", "teach", "hail", "--replace", "--from", "2026-03-01T10:00:03Z", "--to", "2026-03-01T10:00:08Z",
            "--camera", "everyday.truth", "--track", "1", "--gestures", rules.path)
        #expect(stretch.status == 0 && stretch.output.contains("would have fired"), "\(stretch.errors)")

        let listed = try EventLines(ask("gesture", "list", "--gestures", rules.path, "--json").output).events
        #expect(listed.map { $0["count"] as? Int } == [try gestures("raise_hand").count, 0])
        #expect(try ask("gesture", "list", "--gestures", rules.path).output.contains("LAST USED"))

        for (words, sentence) in [
            (["--event", "7Z"], "found '7Z'"), (["--from", "3"], "expected an example"),
            (["--from", "today", "--to", "now", "--camera", "roof", "--track", "1"], "found no clip"),
        ] {
            let refused = try LabanProcess(
                ["gesture", "teach", "other", "--history", history, "--gestures", rules.path] + words
            ).wait()
            #expect(refused.status == 2 && refused.errors.contains(sentence), "\(words): \(refused.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: rules.appending(path: "taught/other.gesture.json").path))
    }
}
