import Foundation
import Recognition
import TestSupport
import Testing
import Training

struct EarlyStopTests {
    private static func weights(_ folder: String) throws -> Data {
        try Data(contentsOf: URL(filePath: folder + "/weights.safetensors"))
    }

    /// A training that gets worse on what is kept back: labels of two classes are exchanged there.
    private static func motions() -> [LabelledMotion] {
        var motions = ToyMotions.make(clips: 8, seed: 1)
        for index in motions.indices {
            let number = Int(motions[index].name.split(separator: "-").last ?? "0") ?? 0
            motions[index].subject = "\(number % 4)"
            guard motions[index].subject == "3" else { continue }
            motions[index].label = ["left_up": "right_up", "right_up": "left_up"][motions[index].label] ?? "bend"
        }
        return motions
    }

    private static var recipe: Recipe {
        var recipe = ToyMotions.recipe
        recipe.epochs = 40
        recipe.augmentation.mirror = 0
        recipe.earlyStop.validationFraction = 0.25
        recipe.earlyStop.patience = 3
        return recipe
    }

    @Test("a training that gets no better on people kept back is over, and the best weights are kept")
    func stops() throws {
        let folder = try TemporaryFolder()
        let run = try TrainingRun(motions: Self.motions(), recipe: Self.recipe, output: folder.file("m").path)
        #expect(run.clipCount == 18)
        var curve = LearningCurve()
        var losses: [Double] = []
        let model = try #require(
            try run.run { progress in
                curve.append(progress)
                if let loss = progress.heldOutLoss { losses.append(loss) }
                return true
            })
        let (last, best) = try #require(curve.earlyStop(of: run.steps))
        #expect(last < run.steps && last - best == 3 * 6)
        let classifier = ActionClassifier(model: model)
        let keptBack = Self.motions().filter { $0.subject == "3" }
        let loss = keptBack.reduce(0.0) { sum, motion in
            let probabilities = classifier.probabilities(of: [motion.samples.map(ActionSample.motion)])[0]
            return sum - log(Double(probabilities[model.classes.firstIndex(of: motion.label) ?? 0]))
        }
        #expect(abs(loss / Double(keptBack.count) - (try #require(losses.min()))) < 1e-3)
        #expect(curve.svg.components(separatedBy: "<polyline").count == 4)
    }

    @Test("one that is interrupted and goes on ends with the same weights")
    func resumes() throws {
        let folder = try TemporaryFolder()
        _ = try TrainingRun(motions: Self.motions(), recipe: Self.recipe, output: folder.file("a").path).run()
        let run = try TrainingRun(motions: Self.motions(), recipe: Self.recipe, output: folder.file("b").path)
        _ = try run.run { $0.step < 14 }
        _ = try run.run(resuming: true)
        try #expect(Self.weights(folder.file("a").path) == Self.weights(folder.file("b").path))
    }

    @Test("without a share nothing is kept back")
    func off() throws {
        var recipe = Self.recipe
        recipe.epochs = 1
        recipe.earlyStop.validationFraction = 0
        let folder = try TemporaryFolder()
        let run = try TrainingRun(motions: Self.motions(), recipe: recipe, output: folder.file("m").path)
        #expect(run.clipCount == 24)
        _ = try run.run { progress in
            #expect(progress.heldOutLoss == nil)
            return true
        }
    }
}
