import Foundation
import Inference
import Recognition
import TestSupport
import Testing
import Training

struct KernelTrainingTests {
    /// A recipe whose network has hardly begun to learn.
    private static var recipe: Recipe {
        var recipe = ToyMotions.recipe
        recipe.epochs = 1
        recipe.stepsPerEpoch = [1, 1]
        recipe.kernel.share = 0.9
        return recipe
    }

    private static func train(_ recipe: Recipe, on motions: [LabelledMotion]) throws -> ActionModel {
        let folder = try TemporaryFolder()
        let run = try TrainingRun(motions: motions, recipe: recipe, output: folder.file("m").path)
        return try #require(try run.run())
    }

    @Test("a kernel machine learns from a few clips what the network has not learned yet")
    func learns() throws {
        let model = try Self.train(Self.recipe, on: ToyMotions.make(clips: 8, seed: 1))
        #expect(model.kernels.count == 1 && model.kernels[0].count == 3 * 8 * 13)
        let test = ToyMotions.make(clips: 10, seed: 77)
        #expect(try Evaluation(model: model, motions: test).top1 > 0.9)
        var without = Self.recipe
        without.kernel.share = 0
        let plain = try Self.train(without, on: ToyMotions.make(clips: 8, seed: 1))
        #expect(plain.kernels.isEmpty && plain.description.kernels == nil)
        #expect(try Evaluation(model: plain, motions: test).top1 < 0.9)
    }

    @Test("the same recipe and clips give the same machines, another seed gives others")
    func deterministic() throws {
        let motions = ToyMotions.make(clips: 5, seed: 1)
        let first = try Self.train(Self.recipe, on: motions)
        #expect(try Self.train(Self.recipe, on: motions).kernels == first.kernels)
        var recipe = Self.recipe
        recipe.seed += 1
        #expect(try Self.train(recipe, on: motions).kernels != first.kernels)
    }

    @Test("classes of one name are told apart by machines of their own, and each machine weighs the same")
    func within() throws {
        var motions = ToyMotions.make(clips: 8, seed: 1)
        for index in motions.indices where motions[index].label != "bend" {
            motions[index].label = motions[index].label.replacing("left_up", with: "raise / left")
                .replacing("right_up", with: "raise / right")
        }
        var recipe = Self.recipe
        recipe.kernel.within = 0.8
        recipe.kernel.parts = [4, 8]
        let model = try Self.train(recipe, on: motions)
        let kernels = try #require(model.description.kernels)
        #expect(kernels.map(\.classes.count) == [3, 3, 2, 2])
        #expect(kernels[2].classes == ["raise / left", "raise / right"])
        #expect(abs((1 - kernels[2].share) * (1 - kernels[3].share) - 0.2) < 1e-5)
        // What is left of the first machine's share after the second's is as much as the second's.
        #expect(abs(kernels[0].share * (1 - kernels[1].share) - kernels[1].share) < 1e-5)
        #expect(abs((1 - kernels[0].share) * (1 - kernels[1].share) - 0.1) < 1e-5)
    }

    @Test("windows have no kernel machines")
    func windows() throws {
        var recipe = Self.recipe
        recipe.sampling = ClipSampling(frames: 12, span: .window, seconds: 1)
        #expect(try Self.train(recipe, on: ToyMotions.make(clips: 4, seed: 1)).kernels.isEmpty)
    }
}
