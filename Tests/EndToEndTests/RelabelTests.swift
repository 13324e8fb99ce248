import Events
import Foundation
import History
import Randomness
import Skeleton
import TestSupport
import Testing

@Suite("What people say of actions")
struct RelabelTests {
    private let folder: TemporaryFolder
    private let history: String

    init() throws {
        folder = try TemporaryFolder()
        history = folder.file("laban.db").path
        let run = try LabanProcess.run(
            "run", LabanProcess.fixture("workout.truth.jsonl"), "--history", history, "--recorded-at",
            "2026-03-01T10:00:00Z", "--json")
        #expect(run.status == 0, "\(run.errors)")
    }

    private func ask(_ words: String...) throws -> CommandResult {
        try LabanProcess(["history"] + words + ["--history", history]).wait()
    }

    @Test("an action is corrected by its id, shown and cut out under its new label, and taken back")
    func correction() throws {
        let before = try ask("actions", "--json").output
        let actions = try EventLines(before).events
        for action in actions {
            let threshold = try #require(action["threshold"] as? Double)
            #expect(try #require(action["peak"] as? Double) >= threshold)
        }
        let id = try #require(actions.first { $0["label"] as? String == "squat" }?["id"] as? String)
        #expect(try ask("actions", "--ids").output.contains(id))
        let said = try ask("relabel", "--id", id, "--as", "lunge", "--note", "left leg first", "--by", "anna")
        #expect(said.status == 0 && said.output.contains("left leg first"), "\(said.errors)")
        let now = try EventLines(try ask("actions", "--label", "lunge", "--json").output).events
        #expect(now.map { $0["id"] as? String } == [id])
        #expect(now.first?["told"] as? String == "squat" && now.first?["corrected_by"] as? String == "anna")
        #expect(try ask("timeline").output.contains("told as squat"))
        let clips = folder.file("clips")
        let cut = try ask(
            "clips", "--skeletons", LabanProcess.fixture("workout.truth.jsonl"), "--output", clips.path, "--json")
        #expect(cut.status == 0, "\(cut.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: clips.path).contains("lunge"))
        #expect(try ask("relabel", "--since", "2026-03-01", "--right", "--json").lines.count == actions.count)
        #expect(try ask("relabel", "--since", "2026-03-01", "--undo").status == 0)
        #expect(try ask("actions", "--json").output == before)
        // Of the newest, what nobody said anything of does not count.
        let oldest = try #require(actions.last?["id"] as? String)
        #expect(try ask("relabel", "--id", oldest, "--right").status == 0)
        #expect(try ask("relabel", "--undo", "--limit", "1", "--json").lines.count == 1)
        #expect(try ask("actions", "--json").output == before)
    }

    @Test("what cannot be meant is refused with what was expected")
    func refused() throws {
        for (words, sentence) in [
            (["--id", "01M5W6DT7S3H8F0Q2RJ4ZK6E9B", "--right"], "expected an action"),
            (["--since", "today", "--as", "sqat"], "such as squat"), (["--right"], "--id or a time"),
            (["--label", "squat"], "one of --as"), (["--label", "squat", "--nothing", "--right"], "one of --as"),
            (["--label", "squat", "--as", "a\nb"], "without control characters"),
            (["--label", "squat", "--right", "--history", folder.file("none.db").path], "found no file"),
        ] {
            let answer = try LabanProcess(["history", "relabel", "--history", history] + words).wait()
            #expect(answer.status == 2 && answer.errors.contains(sentence), "\(words): \(answer.errors)")
        }
        let new = try ask("relabel", "--label", "squat", "--as", "curtsy", "--new-label")
        #expect(new.status == 0 && new.output.contains("curtsy"), "\(new.errors)")
        #expect(try ask("relabel", "--label", "curtsy", "--as", "curtsy").status == 0)
    }

    /// Two hours of somebody in sight, told wrongly 24 times and rightly 12 times, at a threshold of 0.9; the peaks.
    private func quietDay(of model: String) throws -> (wrong: [Float], right: [Float]) {
        let store = try HistoryStore(path: history)
        let start = UnixTime(microseconds: 1_772_532_000_000_000)
        var stamper = EventStamper(
            clock: EventClock(now: { start }, monotonicNanoseconds: { 0 }), random: SplitMix64(seed: 4))
        stamper.setTimeBase(.file(start: start), of: "gym")
        var generator = SplitMix64(seed: 7)
        func tell(
            _ label: String, _ kind: EventKind, life: Int, from: Double, to: Double, peak: Float, threshold: Float = 0.9
        ) {
            for phase in [Phase.begin, .end] {
                let segment = Segment(
                    track: TrackID(1), label: label, confidence: 0.5, start: .seconds(from),
                    threshold: kind == .action && phase == .begin ? threshold : nil,
                    peak: kind == .action && phase == .end ? peak : nil)
                let change = SegmentChange(
                    phase, of: segment, segment: life, frame: 0,
                    presentationTime: .seconds(phase == .begin ? from : to), reason: phase == .end ? .completed : nil)
                store.append(
                    stamper.stamp(EventDraft(change, kind: kind, camera: "gym", model: kind == .action ? model : nil)))
            }
        }
        tell("person", .track, life: 1, from: 0, to: 7200, peak: 0)
        var (wrong, right): ([Float], [Float]) = ([], [])
        for number in 0..<36 {
            let peak = Float.random(in: 0.9..<1, using: &generator)
            let isWrong = number % 3 != 0
            if isWrong { wrong.append(peak) } else { right.append(peak) }
            let from = Double(number * 190)
            tell(isWrong ? "kick" : "walk", .action, life: number, from: from, to: from + 4, peak: peak)
        }
        // Of a time with a lower threshold: these say nothing of the higher ones.
        for life in 40..<43 {
            wrong.append(0.6)
            tell(
                "kick", .action, life: life, from: 7110 + Double(life), to: 7112 + Double(life), peak: 0.6,
                threshold: 0.5)
        }
        tell("stand", .action, life: 99, from: 7000, to: 7100, peak: 0.99)
        try store.flush()
        return (wrong, right)
    }

    @Test("thresholds are learned from what people said and from quiet days, the same again, and watch from then on")
    func calibration() throws {
        let told = try EventLines(try ask("actions", "--json").output).events
        let (wrong, right) = try quietDay(of: try #require(told.first?["model"] as? String))
        let model = folder.file("mine").path
        func calibrate(_ words: String...) throws -> CommandResult {
            try LabanProcess(
                ["calibrate", "everyday", "--history", history, "--since", "2026-03-03", "--output", model] + words
            ).wait()
        }
        for (words, sentence) in [
            ([], "said to be wrong"), (["--quiet", "--until", "2026-03-03T10:30:00Z"], "30 minutes more"),
            (["--quiet", "--until", "2026-03-03T09:30:00Z"], "found none"), (["--camera", "roof"], "found none"),
            (["--puppet-hours", "1"], "goes without"),
            (["--until", "2026-03-01"], "not after that of --until"),
            (["--output", "Models/everyday"], "another folder"),
        ] {
            let answer = try LabanProcess(
                ["calibrate", "everyday", "--history", history, "--since", "2026-03-03", "--output", model] + words
            ).wait()
            #expect(answer.status == 2 && answer.errors.contains(sentence), "\(words): \(answer.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: model))
        #expect(try ask("relabel", "--label", "kick", "--since", "2026-03-03", "--nothing").lines.count == 28)
        let first = try calibrate("--json")
        #expect(first.status == 0, "\(first.errors)")
        let report = try #require(EventLines(first.output).events.first)
        #expect(report["wrong"] as? Int == 27 && report["right"] as? Int == 12 && report["hours"] as? Double == 2)
        let points = try #require(report["points"] as? [[String: Any]])
        for point in points {
            let threshold = Float(try #require(point["threshold"] as? Double))
            let isKnown = threshold >= 0.9
            #expect(
                point["here"] as? Double == (isKnown ? Double(wrong.count { $0 >= threshold }) / 2 : nil), "\(point)")
            #expect(point["right_kept"] as? Int == (isKnown ? right.count { $0 >= threshold } : nil), "\(point)")
        }
        let chosen = try #require(report["threshold"] as? Double)
        #expect(chosen > 0.9 && points.contains { ($0["here"] as? Double ?? 9) <= 5 })

        let file = folder.file("mine/model.json")
        let written = try Data(contentsOf: file)
        // Marked right and told to be quiet says the same.
        #expect(try ask("relabel", "--label", "walk", "--since", "2026-03-03", "--right").status == 0)
        #expect(try ask("relabel", "--label", "nothing", "--undo").status == 0)
        let again = try calibrate("--json", "--quiet")
        #expect(try Data(contentsOf: file) == written)
        let second = try #require(EventLines(again.output).events.first)
        #expect(second["threshold"] as? Double == chosen && second["threshold_before"] as? Double == chosen)
        #expect(try calibrate("--quiet").output.contains("2.00 hours with somebody in sight of gym"))
        #expect(try Data(contentsOf: file) == written)

        let run = try LabanProcess.run("run", LabanProcess.fixture("everyday.truth.jsonl"), "--model", model, "--json")
        let begun = try EventLines(run.output).of("laban.action", phase: "begin")
        #expect(!begun.isEmpty && begun.allSatisfy { abs(($0["threshold"] as? Double ?? 0) - chosen) < 1e-3 })
    }
}
