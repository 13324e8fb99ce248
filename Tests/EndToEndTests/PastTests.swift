import Foundation
import Imaging
import Puppet
import Skeleton
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

    /// A folder of gestures with one of Laban's own.
    private func makeRules() throws -> URL {
        let rules = folder.file("rules")
        try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: "Gestures/raise_hand.yaml"),
            to: rules.appending(path: "raise_hand.yaml"))
        return rules
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
        #expect(shown.status == 2 && shown.errors.contains("were kept in that run"))
        #expect(!FileManager.default.fileExists(atPath: picture))
        let words = try LabanProcess.run("history", "show", id, "--history", other)
        #expect(words.status == 0 && words.output.contains("were kept in that run"))
        let test = try LabanProcess.run("gesture", "test", "wave", "--history", other)
        #expect(test.status == 2 && test.errors.contains("expected skeletons"))
        #expect(try LabanProcess.run("run", film, "--clip-days", "3").errors.contains("go with --history"))
    }

    @Test("a rule finds in the past what it told then, and from little says no rate")
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
            #expect(sum["hours"] as? Double ?? 0 > 0 && sum["per_hour"] == nil)
        }
        let since = try ask("gesture", "test", "raise_hand", "--since", "2026-03-02")
        #expect(since.status == 2 && since.errors.contains("some from 2026-03-01 "))
        let squats = try ask("gesture", "test", "Gestures/exercises/squat.yaml", "--since", "2026-03-01")
        #expect(squats.status == 0 && squats.output.contains(" s of people watched; "), "\(squats.output)")
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
        let rules = try makeRules()
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
            (["--from", "today", "--to", "now", "--camera", "roof", "--track", "1"], "found 'roof'"),
            (["--from", "today", "--to", "now", "--camera", "everyday.truth", "--track", "1"], "found no clip"),
            (["--event", id, "--event", id.lowercased()], "each event once"),
            (["--event", id, "--track", "1"], "--track goes with inputs"),
            (["--event", id, "--speed", "2"], "--speed is for recordings"),
            (["--event", id, "--examples", "3"], "are for a camera"),
        ] {
            let refused = try LabanProcess(
                ["gesture", "teach", "other", "--history", history, "--gestures", rules.path] + words
            ).wait()
            #expect(refused.status == 2 && refused.errors.contains(sentence), "\(words): \(refused.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: rules.appending(path: "taught/other.gesture.json").path))
    }

    @Test("a damaged clip is left out and told once, and everything else is looked at")
    func damaged() throws {
        let id = try #require(gestures("raise_hand").first?["id"] as? String)
        let before = try EventLines(ask("gesture", "test", "raise_hand", "--json").output).events
        // The last byte but four of a clip is of its checksum.
        _ = try sql(
            """
            UPDATE clip SET bytes = CAST(substr(bytes, 1, length(bytes) - 5) || x'5A' || substr(bytes, -4) AS BLOB)
            WHERE start_us = (SELECT min(start_us) FROM clip)
            """, in: history)
        let clip = try sql("SELECT id FROM clip ORDER BY start_us", in: history)[0][0]
        let tested = try ask("gesture", "test", "raise_hand", "--json")
        let warning = "Warning: \(history): 1 damaged clip was left out: clip \(clip): byte "
        #expect(tested.status == 0)
        let after = try EventLines(tested.output).events
        #expect(after.count < before.count && after.last?["damaged_clips"] as? Int == 1)
        // What is still found ends at its time, and is the event that told it.
        func found(_ lines: [[String: Any]]) -> [String] {
            lines.dropLast().map { "\($0["id"] ?? "") \($0["end_us"] ?? 0)" }
        }
        let kept = try sql("SELECT min(start_us) FROM clip WHERE id <> \(clip)", in: history)[0][0]
        let later = before.dropLast().count { $0["start_us"] as? Int ?? 0 > Int(kept) ?? 0 }
        #expect(later > 0 && found(after).suffix(later) == found(before).suffix(later))
        func count(_ result: CommandResult) -> Int { result.errors.components(separatedBy: warning).count - 1 }
        #expect(count(tested) == 1, "\(tested.errors)")
        let rules = try makeRules()
        let taught = try ask("gesture", "teach", "hail", "--event", id, "--gestures", rules.path)
        #expect(taught.status == 0 && count(taught) == 1, "\(taught.errors)")
        #expect(try ask("gesture", "list", "--gestures", rules.path).status == 0)

        _ = try sql("UPDATE clip SET bytes = x'01FF'", in: history)
        let all = try ask("gesture", "test", "raise_hand")
        #expect(all.status == 1 && all.errors.contains("found damaged clips only"), "\(all.output)")
        let shown = try ask("history", "show", id)
        #expect(shown.status == 0 && shown.output.contains("found damaged clips only"), "\(shown.output)")
        #expect(shown.errors.components(separatedBy: "damaged clip").count == 2, "\(shown.errors)")
        let drawn = try ask("history", "show", id, "--render", folder.file("a.png").path)
        #expect(drawn.status == 2 && drawn.errors.contains("found damaged clips only"))
        let refused = try ask("gesture", "teach", "other", "--event", id, "--gestures", rules.path)
        #expect(refused.status == 2 && refused.errors.contains("found damaged clips only"), "\(refused.errors)")
    }

    @Test("an exercise that is held is found in the past, counted and shown with its time")
    func held() throws {
        let performance = PuppetPerformance(.pushUp, style: .clear, length: .repetitions(1), seed: 3)
        let view = PuppetView(azimuth: 0.5)
        let pose = view.camera(aim: performance.skeleton(at: 0).pelvis.y + 0.05).pose(
            of: performance.skeleton(at: 0).placed(at: .zero, heading: performance.turn(at: 0)))
        let image = pose.keypoints.map { point -> Any in
            point.map { [$0.x, $0.y, $0.z, $0.visibility, $0.presence] } ?? NSNull()
        }
        let world = pose.worldPoints.map { point -> Any in point.map { [$0.x, $0.y, $0.z] } ?? NSNull() }
        let person: [String: Any] = ["track": 1, "image": image, "world": world]
        let people = String(decoding: try JSONSerialization.data(withJSONObject: [person]), as: UTF8.self)
        let lines = (0..<300).map { index in
            """
            {"v":1,"type":"laban.skeleton","camera":"mat","frame":\(index),"pts_us":\(50_000 * index),\
            "topology":"blazepose33","aspect":\(view.aspectRatio),"people":\(people)}

            """
        }
        let file = folder.file("mat.jsonl")
        try Data(lines.joined().utf8).write(to: file)
        let run = try LabanProcess.run(
            "run", file.path, "--history", history, "--recorded-at", "2026-03-02T10:00:00Z", "--json")
        let told = try #require(EventLines(run.output).of("laban.set", label: "plank").first)
        let words = ["--camera", "mat", "--json"]
        let found = try EventLines(
            LabanProcess(["gesture", "test", "plank", "--history", history] + words).wait().output
        ).events
        try #require(found.count == 2)
        #expect(found[0]["id"] as? String == told["id"] as? String && found[1]["fired"] as? Int == 1)
        #expect((found[0]["duration_us"] as? Int ?? 0) > 13_000_000)
        let listed = try EventLines(LabanProcess(["gesture", "list", "--history", history] + words).wait().output)
        let plank = try #require(listed.events.first { $0["name"] as? String == "plank" })
        #expect(plank["count"] as? Int == 1 && plank["last_used_us"] != nil)
        let shown = try ask("history", "show", "last")
        #expect(shown.output.contains("plank") && shown.output.contains("held"), "\(shown.output)")
    }

    @Test("a camera that the history does not know is told from those that it has")
    func cameras() throws {
        for command in [["list"], ["test", "wave"], ["teach", "hail", film]] {
            let result = try LabanProcess(
                ["gesture"] + command + ["--history", history, "--camera", "everyday"]
            ).wait()
            let sentence = "expected a camera of this history, such as everyday.truth, found 'everyday'"
            #expect(result.status == 2 && result.errors.contains(sentence), "\(command): \(result.errors)")
        }
    }

    @Test(
        "options that say how recordings are read are refused beside a history",
        arguments: [
            ["--speed", "2"], ["--fps", "20"], ["--format", "laban"], ["--layout", "coco18"], ["--picture", "9x9"],
        ])
    func ignored(option: [String]) throws {
        let result = try LabanProcess(["gesture", "test", "wave", "--history", history] + option).wait()
        #expect(result.status == 2 && result.errors.contains("\(option[0]) is for recordings"), "\(result.errors)")
    }

    @Test("times are those of the asker's zone, as everywhere in a history")
    func zones() throws {
        func laban(_ words: [String]) throws -> CommandResult {
            try LabanProcess(words + ["--history", history], variables: ["TZ": "Asia/Tokyo"]).wait()
        }
        let since = try laban(["gesture", "test", "wave", "--since", "2026-03-03"])
        #expect(since.errors.contains("some from 2026-03-01 19:00:"), "\(since.errors)")
        let id = try #require(gestures("raise_hand").last?["id"] as? String)
        let rules = try makeRules()
        let taught = try laban(["gesture", "teach", "hail", "--event", id, "--gestures", rules.path])
        #expect(taught.errors.contains("begins at 2026-03-01 19:00:"), "\(taught.errors)")
        #expect(!taught.errors.contains("T10:00"))
    }

    @Test("a camera that does not open is told as that, with its address and why")
    func closed() throws {
        let result = try LabanProcess.run("gesture", "teach", "hail", "/dev/video97", "--gestures", "Gestures")
        #expect(result.status == 2 && result.errors.contains("/dev/video97: expected a camera that sends pictures"))
        #expect(result.errors.contains("cannot connect"), "\(result.errors)")
        #expect(!result.errors.contains("nobody"))
    }
}
