import Foundation
import TestSupport
import Testing

/// From what people have to a model of their own.
@Suite("A model of one's own", .serialized)
struct OwnModelTests {
    private let folder: TemporaryFolder
    private let recipe: String

    init() throws {
        folder = try TemporaryFolder()
        recipe = folder.file("recipe.json").path
        try #"""
        {"epochs": 12, "steps_per_epoch": [10, 10], "batch": 16, "network": {"blocks": [
         {"channels": 24, "kernel": 5, "stride": 2, "dilation": 1}, {"channels": 32, "kernel": 5, "stride": 2, "dilation": 1}]}}
        """#.write(toFile: recipe, atomically: true, encoding: .utf8)
    }

    private func draw(_ kind: String, seeds: ClosedRange<Int>, into recordings: String) throws {
        let place = folder.file("\(recordings)/\(kind)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for seed in seeds {
            let result = try LabanProcess.run(
                "puppet", "--motion", kind, "--seed", "\(seed)", "--seconds", "3", "--output", place.path)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test(
        "videos in folders become a model that knows other videos; each is watched once, and what is useless is named")
    func videos() throws {
        for kind in ["squat", "wave", "stand"] {
            try draw(kind, seeds: 1...4, into: "recordings")
            try draw(kind, seeds: 101...102, into: "others")
        }
        let recordings = folder.file("recordings").path
        try Data("no video".utf8).write(to: folder.file("recordings/wave/broken.mp4"))
        try Data("notes".utf8).write(to: folder.file("recordings/wave/notes.txt"))
        // One clip as skeletons, under the name of a video that is not watched then.
        let squat = folder.file("recordings/squat/squat-1").path
        let made = try LabanProcess.run("run", squat + ".mp4", "--skeletons", squat + ".jsonl", "--model", "none")
        #expect(made.status == 0)
        let model = folder.file("mine").path
        func train() throws -> CommandResult {
            try LabanProcess.run("train", recordings, "--output", model, "--recipe", recipe)
        }
        let first = try train()
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.errors.contains("Left out: wave/notes.txt, neither skeletons nor video"))
        #expect(first.errors.contains("Left out: wave/broken.mp4: "))
        #expect(first.errors.contains("Watched 12 videos"))
        #expect(first.errors.contains("12 clips of 3 classes"))
        let second = try train()
        #expect(second.status == 0 && !second.errors.contains("Watched 12") && second.errors.contains("12 clips of 3"))
        #expect(second.output == first.output)

        let evaluation = try LabanProcess.run("evaluate", model, folder.file("others").path, "--json")
        #expect(evaluation.status == 0, "\(evaluation.errors)")
        let report = try #require(EventLines(evaluation.output).events.first)
        #expect(report["clips"] as? Int == 6)
        #expect(try #require(report["top1"] as? Double) >= 0.6)

        let run = try LabanProcess.run("run", LabanProcess.fixture("workout.truth.jsonl"), "--model", model, "--json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            try EventLines(run.output).of("laban.action").allSatisfy {
                ($0["model"] as? String)?.hasPrefix("mine@") == true
            })
    }

    @Test("one damaged file is left out with a word and counted, and where nothing is left that is an error")
    func damaged() throws {
        let whole = try String(contentsOfFile: LabanProcess.fixture("workout.truth.jsonl"), encoding: .utf8)
        let lines = whole.split(separator: "\n")
        for name in ["squat/a", "squat/b", "wave/a", "wave/b"] {
            let place = folder.file("recordings/\(name).jsonl")
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try lines.prefix(60).joined(separator: "\n").write(to: place, atomically: true, encoding: .utf8)
        }
        let recordings = folder.file("recordings").path
        try FileManager.default.createDirectory(
            at: folder.file("recordings/hop"), withIntermediateDirectories: true)
        try whole.prefix(2000).write(to: folder.file("recordings/wave/c.jsonl"), atomically: true, encoding: .utf8)
        try Data("clip,subject\nwave/z,ann\n".utf8).write(to: folder.file("recordings/subjects.csv"))
        try #"{"epochs": 1, "steps_per_epoch": [2, 2]}"#.write(toFile: recipe, atomically: true, encoding: .utf8)
        let training = try LabanProcess.run("train", recordings, "--output", folder.file("m").path, "--recipe", recipe)
        #expect(training.status == 0, "\(training.errors)")
        for said in [
            "Left out: wave/c: line 2: expected", "recordings: 4 clips of 2 classes, 1 left out, ",
            "Note: the folder 'hop' holds no recordings", "subjects.csv names what is not there: 'wave/z'",
        ] { #expect(training.errors.contains(said), "\(training.errors)") }
        for name in ["wave/a", "wave/b"] {
            try Data("{".utf8).write(to: folder.file("recordings/\(name).jsonl"))
        }
        let lost = try LabanProcess.run("train", recordings, "--output", folder.file("m").path)
        #expect(lost.status == 2 && lost.errors.contains("found none for wave"), "\(lost.errors)")
    }

    @Test(
        "where nothing can be written beside the videos, their skeletons are kept in the user's cache, and that is said"
    )
    func readOnlyFolder() throws {
        try draw("squat", seeds: 1...1, into: "recordings")
        let recordings = folder.file("recordings").path
        try Data().write(to: folder.file("recordings/.skeletons"))
        func evaluate() throws -> CommandResult {
            try LabanProcess(
                ["evaluate", "everyday", recordings], variables: ["XDG_CACHE_HOME": folder.file("cache").path]
            ).wait()
        }
        let first = try evaluate()
        #expect(first.status == 0 && first.output.contains("1 clips"), "\(first.errors)")
        let cache = folder.file("cache/laban/skeletons").path
        #expect(first.errors.contains("skeletons are kept in \(cache)"), "\(first.errors)")
        let second = try evaluate()
        #expect(second.status == 0 && !second.errors.contains("Watched") && second.output == first.output)
        #expect(!second.errors.contains("kept in"), "\(second.errors)")
    }

    @Test("a class of which no video can be used is an error, not a silent gap")
    func uselessClass() throws {
        try draw("squat", seeds: 1...2, into: "recordings")
        let place = folder.file("recordings/wave")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data("no video".utf8).write(to: place.appending(path: "a.mp4"))
        let result = try LabanProcess.run("train", folder.file("recordings").path, "--output", folder.file("m").path)
        #expect(result.status == 2)
        #expect(result.errors.contains("found none for wave"), "\(result.errors)")
    }

    @Test("what a history found is cut out of the skeletons as clips that can be trained on")
    func historyClips() throws {
        let (skeletons, history) = (LabanProcess.fixture("workout.truth.jsonl"), folder.file("laban.db").path)
        let clips = folder.file("clips").path
        // Twice, as people do: the newest run is meant, and nothing is cut out twice.
        for _ in 0..<2 {
            #expect(try LabanProcess.run("run", skeletons, "--history", history, "--json").status == 0)
        }
        let result = try LabanProcess.run(
            "history", "clips", "--history", history, "--skeletons", skeletons, "--output", clips, "--pieces", "3",
            "--json")
        #expect(result.status == 0, "\(result.errors)")
        let labels = Set(try EventLines(result.output).events.compactMap { $0["label"] as? String })
        #expect(labels.contains("squat") && labels.contains("jumping_jack"))
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: clips)) == labels)
        let squats = try FileManager.default.contentsOfDirectory(atPath: clips + "/squat")
        #expect(squats.count >= 3)
        let training = try LabanProcess.run("train", clips, "--output", folder.file("m").path, "--recipe", recipe)
        #expect(training.status == 0, "\(training.errors)")

        let reps = try LabanProcess.run(
            "history", "clips", "--history", history, "--skeletons", skeletons, "--output", clips, "--kind", "rep",
            "--label", "hop", "--fail-if-empty")
        #expect(reps.status == 3)
        let strange = try LabanProcess.run(
            "history", "clips", "--history", history, "--skeletons", "no-such.jsonl", "--output", clips)
        #expect(strange.status == 2 && strange.errors.contains("no-such.jsonl"))
    }
}
