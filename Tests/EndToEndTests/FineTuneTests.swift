import Foundation
import Puppet
import Randomness
import Recordings
import Skeleton
import TestSupport
import Testing

/// A small model, three days before a camera, and what people said of them.
@Suite("laban fine-tune", .serialized)
struct FineTuneTests {
    private let folder: TemporaryFolder
    private let history: String
    private let model: String

    init() throws {
        folder = try TemporaryFolder()
        history = folder.file("laban.db").path
        model = folder.file("tiny").path
        let recipe = folder.file("recipe.json").path
        try #"""
        {"epochs": 10, "steps_per_epoch": [20, 20], "batch": 16, "network": {"blocks": [
         {"channels": 24, "kernel": 5, "stride": 2, "dilation": 1}, {"channels": 32, "kernel": 5, "stride": 2, "dilation": 1}]},
         "sources": [{"kind": "puppet", "clips": 60, "seconds": 5,
         "labels": {"squat": "squat", "wave": "wave", "nothing": "nothing"}}]}
        """#.write(toFile: recipe, atomically: true, encoding: .utf8)
        let training = try LabanProcess.run("train", "--recipe", recipe, "--output", model)
        #expect(training.status == 0, "\(training.errors)")
        for day in 1...3 {
            try draw(day: day)
            try watch(day: day)
        }
    }

    private func skeletons(_ day: Int) -> String { folder.file("day-\(day).jsonl").path }

    /// One after another: some sit down and get up, which is none of the model's classes, and some squat.
    private func draw(day: Int) throws {
        var frames: [SkeletonFrame] = []
        for person in 0..<12 {
            var random = SplitMix64(seed: UInt64(day * 100 + person))
            let view = PuppetView(using: &random)
            let clip = PuppetClip(
                person % 3 == 2 ? .squat : .sitToStand, frames: 90, frameRate: 15, view: view, seed: random.next())
            frames += clip.poses.enumerated().map { index, pose in
                let number = person * 120 + index
                return SkeletonFrame(
                    camera: "gym", index: number, presentationTime: .seconds(number) / 15,
                    aspectRatio: view.aspectRatio, people: [TrackedPose(track: TrackID(person + 1), pose: pose)])
            }
        }
        try SkeletonFileWriter.write(frames, to: skeletons(day))
    }

    private func watch(day: Int) throws {
        let run = try LabanProcess.run(
            "run", skeletons(day), "--model", model, "--history", history, "--recorded-at", "2026-03-0\(day)T10:00:00Z",
            "--json")
        #expect(run.status == 0, "\(run.errors)")
    }

    /// The people who squat are the third, the sixth, and so on.
    private func relabel(squatters: Bool, _ words: String...) throws {
        let lines = try LabanProcess.run("history", "actions", "--history", history, "--json").output
        let ids = try EventLines(lines).events.filter { (($0["track"] as? Int ?? 0) % 3 == 0) == squatters }
            .compactMap { $0["id"] as? String }
        let said = try LabanProcess(
            ["history", "relabel", "--history", history] + words + ids.flatMap { ["--id", $0] }
        ).wait()
        #expect(said.status == 0, "\(said.errors)")
    }

    private func tune(_ words: String..., days: ClosedRange<Int> = 1...3, into place: String = "mine") throws
        -> CommandResult
    {
        try LabanProcess(
            ["fine-tune", model, "--history", history, "--output", folder.file(place).path]
                + days.flatMap { ["--skeletons", skeletons($0)] } + words
        ).wait()
    }

    @Test("what people said is learned, measured on another day, and told no more")
    func learned() throws {
        try relabel(squatters: false, "--nothing")
        try relabel(squatters: true, "--as", "squat")
        // The same recording again, of which nobody says anything, is another run.
        try watch(day: 3)
        let result = try tune("--epochs", "8", "--json")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let report = try #require(EventLines(result.output).events.first)
        #expect(report["written"] as? Bool == true && report["protocol"] as? String == "whole days held back")
        let before = try #require(report["before"] as? [String: Any])
        let after = try #require(report["after"] as? [String: Any])
        #expect(before["clips"] as? Int == report["held_back"] as? Int)
        #expect(try #require(after["right"] as? Int) > #require(before["right"] as? Int), "\(report)")
        #expect(try #require(after["false_actions"] as? Int) < #require(before["false_actions"] as? Int), "\(report)")

        #expect(try tune("--epochs", "8", into: "again/mine").output.contains("false actions still told"))
        let weights = try ["mine", "again/mine"].map {
            try Data(contentsOf: folder.file("\($0)/weights.safetensors"))
        }
        #expect(weights[0] == weights[1])
        func told(_ model: String) throws -> Int {
            let run = try LabanProcess.run("run", skeletons(3), "--model", model, "--json")
            return try EventLines(run.output).of("laban.action", phase: "begin").count {
                ($0["track"] as? Int ?? 0) % 3 != 0
            }
        }
        #expect(try told(folder.file("mine").path) < told(model))
    }

    @Test("a copy that is worse is not written unless it is wanted all the same")
    func worse() throws {
        // Of the first two days the opposite is said of what is right on the third.
        for words in [["--until", "2026-03-03", "--nothing"], ["--since", "2026-03-03", "--as", "squat"]] {
            let said = try LabanProcess(["history", "relabel", "--history", history] + words).wait()
            #expect(said.status == 0, "\(said.errors)")
        }
        let result = try tune("--epochs", "8")
        #expect(result.status == 1 && result.errors.contains("It is worse than tiny@"), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("mine").path))
        let forced = try tune("--epochs", "8", "--force")
        #expect(forced.status == 0 && forced.errors.contains("Note: it is worse"), "\(forced.errors)")
        #expect(FileManager.default.fileExists(atPath: folder.file("mine/model.json").path))
    }

    @Test("what it cannot learn from is refused with what was expected")
    func refused() throws {
        let few = try tune()
        #expect(few.status == 2 && few.errors.contains("found 0: 12 more are needed"), "\(few.errors)")
        try relabel(squatters: false, "--nothing")
        let bare = try LabanProcess.run("fine-tune", model, "--history", history, "--output", folder.file("m").path)
        #expect(bare.status == 2 && bare.errors.contains("keeps no skeletons"), "\(bare.errors)")
        let part = try tune(days: 1...1)
        #expect(part.status == 2 && part.errors.contains("whose people are in the skeletons"), "\(part.errors)")
        let others = try LabanProcess.run(
            "fine-tune", model, "--history", history, "--output", folder.file("m").path, "--skeletons",
            LabanProcess.fixture("workout.truth.jsonl"))
        #expect(others.status == 2 && others.errors.contains("found none of them"), "\(others.errors)")
        let same = try LabanProcess.run(
            "fine-tune", model, "--history", history, "--output", model, "--skeletons", skeletons(1))
        #expect(same.status == 2 && same.errors.contains("another folder"), "\(same.errors)")
        try relabel(squatters: false, "--as", "curtsy", "--new-label")
        let strange = try tune()
        #expect(strange.status == 2 && strange.errors.contains("called 'curtsy', the nearest are"), "\(strange.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("mine").path))
    }
}
