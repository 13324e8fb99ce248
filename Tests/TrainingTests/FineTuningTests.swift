import Foundation
import Recognition
import Skeleton
import TestSupport
import Testing
import Training

struct FineTuningTests {
    private static func clips(
        _ motions: [LabelledMotion], told: (LabelledMotion) -> String = { $0.label }, day: (Int) -> Int = { _ in 0 },
        person: (Int) -> Int = { $0 }
    ) throws -> [CorrectedClip] {
        try motions.enumerated().map { index, motion in
            try #require(
                CorrectedClip(
                    surroundings: motion.samples, stretch: motion.samples[0].time...9, name: "\(index)",
                    label: motion.label, told: told(motion), camera: "gym", threshold: nil,
                    person: "gym \(person(index))",
                    day: Date(timeIntervalSince1970: Double(day(index)) * 86_400)))
        }
    }

    @Test(
        "no clip is both trained on and measured with, days and people stay whole, and something is left of either",
        arguments: 1...40 as ClosedRange<UInt64>)
    func split(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 12...90, using: &random)
        let days = (0..<count).map { _ in Int.random(in: 0...Int(seed % 4), using: &random) }.sorted()
        let people = (0..<count).map { _ in Int.random(in: 0...Int(seed % 5), using: &random) }
        let motion = ToyMotions.make(clips: 1, seed: 1)[0]
        let clips = try Self.clips(
            Array(repeating: motion, count: count), day: { days[$0] }, person: { people[$0] })
        let split = CorrectedSplit(clips)
        let (kept, held) = (split.kept.map(\.motion.name), split.heldBack.map(\.motion.name))
        #expect(Set(kept).union(held) == Set((0..<count).map(String.init)) && kept.count + held.count == count)
        #expect(held.count * 8 >= count && held.count * 2 <= count, "\(split.protocolName)")
        switch split.protocolName {
        case "whole days held back":
            #expect(Set(split.kept.map(\.day)).isDisjoint(with: Set(split.heldBack.map(\.day))))
        case "whole tracks held back":
            #expect(
                Set(split.kept.map(\.motion.subject)).isDisjoint(with: Set(split.heldBack.map(\.motion.subject))))
        default: #expect(held == (0..<count).filter { $0 % 4 == 3 }.map(String.init))
        }
    }

    @Test("a model learns what people said, keeps its classes and thresholds, and gives the same weights each time")
    func learns() throws {
        let folder = try TemporaryFolder()
        let (place, own) = (folder.file("toy").path, ToyMotions.make(clips: 12, seed: 3))
        var recipe = ToyMotions.recipe
        // It has hardly learned anything.
        recipe.epochs = 1
        let trained = try #require(try TrainingRun(motions: own, recipe: recipe, output: place).run()?.trained)
        var description = trained
        description.temperature = 1.5
        description.operatingTable = OperatingTable(
            data: ["toys"], hours: 1, points: [.init(threshold: 0.4, falseAlarmsPerHour: 2)])
        try ActionModel.write(description, to: place)
        let said = ToyMotions.make(clips: 12, seed: 9)
        let clips = try Self.clips(
            (0..<12).flatMap { number in (0..<3).map { said[12 * $0 + number] } }, told: { _ in "bend" },
            person: { _ in 1 })
        func tune(_ name: String) throws -> (before: FineTuningFigures, after: FineTuningFigures) {
            let tuning = try FineTuning(
                folder: place, clips: clips, rehearsing: own, epochs: 30, output: folder.file(name).path)
            let before = try tuning.figuresBefore()
            #expect(try tuning.training.run() != nil)
            return (before, try tuning.figuresAfter())
        }
        let (before, after) = try tune("a/mine")
        #expect(before.clips == 9 && after.right > before.right, "\(before), \(after)")
        #expect(try tune("b/mine").after == after)
        let weights = try ["a", "b"].map { try Data(contentsOf: folder.file("\($0)/mine/weights.safetensors")) }
        #expect(weights[0] == weights[1])
        let tuned = try ActionModel(folder: folder.file("a/mine").path)
        #expect(tuned.name == "mine" && tuned.classes == trained.classes && tuned.version != trained.version)
        #expect(tuned.operatingTable == description.operatingTable && tuned.trained?.temperature == 1.5)
        #expect(tuned.trained?.measured.first?.clips == 9)
        #expect(tuned.trainingData.contains { $0.hasPrefix("weights of toy@") })
        #expect(tuned.trainingData.contains { $0.hasPrefix("27 actions at gym") })
    }

    @Test("a class that nobody shows would be forgotten, so the tuning is refused")
    func forgotten() throws {
        let folder = try TemporaryFolder()
        let (place, own) = (folder.file("toy").path, ToyMotions.make(clips: 12, seed: 3))
        _ = try TrainingRun(motions: own, recipe: ToyMotions.recipe, output: place).run()
        let clips = try Self.clips(own.filter { $0.label == "left_up" })
        let error = #expect(throws: TrainingError.self) {
            try FineTuning(folder: place, clips: clips, rehearsing: [], epochs: 1, output: folder.file("m").path)
        }
        #expect(error?.file == place && error?.message.contains("found none of right_up") == true)
    }
}
