import Foundation
import Recognition
import TestSupport
import Testing
import Training

struct AugmentationTests {
    private static func accuracy(_ recipe: Recipe, on motions: [LabelledMotion], training: [LabelledMotion]) throws
        -> Double
    {
        let folder = try TemporaryFolder()
        let run = try TrainingRun(motions: training, recipe: recipe, output: folder.file("model").path)
        let model = try #require(try run.run())
        return try Evaluation(model: model, motions: motions).top1
    }

    @Test("mirroring teaches the other side of a movement, label and all")
    func mirrorSwapsSides() throws {
        // Only left arms are shown; right ones are known from the mirror alone.
        var recipe = ToyMotions.recipe
        recipe.epochs = 20
        let all = ToyMotions.make(clips: 16, seed: 1)
        let left = all.filter { $0.label != "right_up" }
        let one = all.first { $0.label == "right_up" }
        var training = left
        // A single clip makes the class known; it is all but never drawn.
        if var one {
            one.weight = 1e-6
            training.append(one)
        }
        recipe.balanced = false
        let right = ToyMotions.make(clips: 8, seed: 5).filter { $0.label == "right_up" }
        recipe.augmentation.mirror = 0.5
        #expect(try Self.accuracy(recipe, on: right, training: training) > 0.8)
        recipe.augmentation.mirror = 0
        #expect(try Self.accuracy(recipe, on: right, training: training) < 0.5)
    }

    @Test("a model learns through every kind of variation at once")
    func everything() throws {
        var recipe = ToyMotions.recipe
        recipe.epochs = 24
        recipe.augmentation.rotation = 180
        recipe.augmentation.lean = 0.2
        recipe.augmentation.legs = 0.1
        recipe.augmentation.freeze = 0.1
        recipe.augmentation.drift = 0.2
        recipe.augmentation.landmarks = 0.1
        recipe.augmentation.flicker = 0.3
        recipe.augmentation.swaps = 0.1
        recipe.augmentation.flat = 0.3
        recipe.augmentation.posture = 8
        recipe.augmentation.tempo = 0.4
        recipe.augmentation.sparse = 0.3
        let test = ToyMotions.make(clips: 8, seed: 5)
        #expect(try Self.accuracy(recipe, on: test, training: ToyMotions.make(clips: 20, seed: 1)) > 0.8)
    }
}
