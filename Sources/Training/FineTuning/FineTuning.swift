import Foundation
import Recognition
import Skeleton

/// A training that goes on from a model's weights, at a low learning rate and for a few epochs, on what a user said of
/// their own recordings. Puppets of all the model's classes are trained on besides, so that nothing is forgotten
/// (Robins 1995).
///
/// What decides it is the model's own recipe, where nothing else is said here.
package struct FineTuning {
    /// What is trained on, and what the model is measured with.
    package let split: CorrectedSplit
    package let training: TrainingRun
    private let model: ActionModel
    private let description: ActionModelDescription
    /// What shows whether anything is forgotten; not trained on.
    private let rehearsed: [LabelledMotion]

    /// Fewer clips tell nothing of a model.
    package static let fewestClips = 12
    /// Of each class, to train on and to measure with.
    private static let puppets = (trained: 40, measured: 30)
    private static let puppetSeconds = 5.0
    /// What was learned before is to stay.
    private static let highestLearningRate: Float = 0.0002

    /// - Parameters:
    ///   - folder: of a model that was trained here.
    ///   - clips: in order of time, at least `fewestClips`; their labels are classes of the model.
    ///   - recordings: motions of the model's classes, which are rehearsed beside puppets.
    ///   - output: the folder that receives the weights; what they are called after.
    package init(
        folder: String, clips: [CorrectedClip], rehearsing recordings: [LabelledMotion], epochs: Int, output: String
    ) throws {
        model = try ActionModel(folder: folder)
        guard let description = model.trained, let json = description.recipe else {
            throw TrainingError(
                file: folder + "/model.json", place: "recipe", "expected a model that was trained here, found none")
        }
        self.description = description
        split = CorrectedSplit(clips)
        var recipe = try Recipe(Data(json.utf8), file: folder + "/model.json, recipe", isStrict: false)
        Self.soften(&recipe, epochs: epochs, classes: Set(model.classes))
        let puppets = try recipe.loadSources(dataFolder: nil)
        rehearsed = PuppetMotions.make(
            clips: Self.puppets.measured, seconds: Self.puppetSeconds, labels: Set(model.classes),
            seed: recipe.seed &+ 0xF1E)
        let others = puppets.motions + recordings
        let missing = Set(model.classes).subtracting((others + split.kept.map(\.motion)).map(\.label)).sorted()
        guard missing.isEmpty else {
            throw TrainingError(
                file: folder,
                "expected motion of every class, lest it be forgotten, found none of \(missing.joined(separator: ", ")) "
                    + "that puppets play: a folder of recordings of it is needed to rehearse")
        }
        let cameras = Set(clips.map(\.camera)).sorted()
        training = try TrainingRun(
            motions: others + Self.weighed(split.kept.map(\.motion), beside: others), recipe: recipe, output: output,
            trainingData: ["\(split.kept.count) actions at \(cameras.joined(separator: ", ")), \(Self.credit)"]
                + puppets.credits, start: try TrainingStart(folder: folder))
    }

    /// Makes a model's recipe one that changes little.
    private static func soften(_ recipe: inout Recipe, epochs: Int, classes: Set<String>) {
        var source = RecipeSource(kind: .puppet)
        (source.clips, source.seconds) = (puppets.trained, puppetSeconds)
        source.labels = PuppetMotions.labels.intersection(classes).reduce(into: [:]) { $0[$1] = $1 }
        source.credit = "puppets of its classes, rehearsed"
        recipe.sources = source.labels == [:] ? [] : [source]
        // The copy is called after its folder.
        recipe.name = ""
        (recipe.epochs, recipe.stepsPerEpoch) = (epochs, Recipe().stepsPerEpoch)
        recipe.selection = ClipSelection()
        (recipe.calibration, recipe.clipsPerClass, recipe.earlyStop) = (0, 0, EarlyStopSettings())
        // They are in the weights already.
        recipe.classPriors = [:]
        recipe.classWeights = recipe.classWeights.filter { classes.contains($0.key) }
        recipe.optimiser.learningRate = min(recipe.optimiser.learningRate, highestLearningRate)
        recipe.optimiser.warmUp = 0.1
        recipe.optimiser.startShare = 0
        recipe.optimiser.averaging = min(recipe.optimiser.averaging, 0.95)
    }

    /// Clips that are drawn as often as all others of their class together.
    private static func weighed(_ clips: [LabelledMotion], beside others: [LabelledMotion]) -> [LabelledMotion] {
        func seconds(_ motions: [LabelledMotion]) -> [String: Double] {
            motions.reduce(into: [:]) { sums, motion in
                let span = (motion.samples.last?.time ?? 0) - (motion.samples.first?.time ?? 0)
                sums[motion.label, default: 0] += max(span, 1) * Double(motion.weight)
            }
        }
        let (own, rest) = (seconds(clips), seconds(others))
        return clips.map { clip in
            var clip = clip
            if let own = own[clip.label], let rest = rest[clip.label] { clip.weight = Float(rest / own) }
            return clip
        }
    }

    private static let credit = "called what people said they were"

    /// How many clips are looked at before, and after.
    package var measuredCount: Int { split.heldBack.count + rehearsed.count }

    /// How the model fares, before it is fine-tuned.
    package func figuresBefore(progress: (Int) -> Void = { _ in }) throws -> FineTuningFigures {
        try FineTuningFigures(of: model, on: split.heldBack, rehearsed: rehearsed, progress: progress)
    }

    /// How the model fares that the training wrote. From then on it tells at the thresholds of the one before, and its
    /// description has what was measured.
    package func figuresAfter(progress: (Int) -> Void = { _ in }) throws -> FineTuningFigures {
        guard var written = try ActionModel(folder: training.output).trained else {
            preconditionFailure("a training writes a model that was trained here")
        }
        written.temperature = description.temperature
        written.operatingTable = description.operatingTable
        try ActionModel.write(written, to: training.output)
        let after = try FineTuningFigures(
            of: ActionModel(folder: training.output), on: split.heldBack, rehearsed: rehearsed, progress: progress)
        written.measured = [
            .init(
                data: "actions at own cameras, \(Self.credit)", protocolName: split.protocolName,
                top1: Double(after.right) / Double(max(after.clips, 1)), meanClass: after.meanClass, clips: after.clips)
        ]
        try ActionModel.write(written, to: training.output)
        return after
    }
}
