import Dispatch
import Foundation
package import Inference
package import Recognition
import Skeleton

/// One training from motions to a model folder. Given the recipe and the motions, the result is the same, however many
/// threads take part; an interrupted run goes on from its last checkpoint as if nothing had happened.
package struct TrainingRun {
    package let recipe: Recipe
    /// Sorted.
    package let classes: [String]
    /// The model folder.
    package let output: String
    /// Steps of the whole training.
    package let steps: Int
    package let layers: TemporalLayers
    private let batches: SequenceAssembler
    /// Steps of an epoch.
    package let stepsPerEpoch: Int
    /// Clips kept back to calibrate probabilities with.
    private let calibration: [LabelledMotion]
    /// Clips kept back to see when the training is over.
    private let watched: [LabelledMotion]
    private let trainingData: [String]
    private let heldOut: [HeldOutMotions]
    /// Whose weights it starts from; nil for random ones.
    private let start: TrainingStart?

    /// - Parameters:
    ///   - motions: clips; with the streams at least two classes.
    ///   - streams: long recordings.
    ///   - recipe: without fault.
    ///   - output: the folder that receives the model and, on the way, its checkpoint.
    ///   - trainingData: what `model.json` says the model was trained on.
    ///   - start: whose weights it starts from; nil for random ones.
    ///   - heldOut: what the finished model is measured on, for `model.json`; labels must be among the motions'.
    ///   - places: what errors call where all this comes from.
    package init(
        motions: [LabelledMotion], streams: [LabelledStream] = [], recipe: Recipe, output: String,
        trainingData: [String] = [], start: TrainingStart? = nil, heldOut: [HeldOutMotions] = [],
        places: TrainingPlaces = TrainingPlaces()
    ) throws(TrainingError) {
        if let (place, problem) = recipe.fault { throw TrainingError(file: places.recipe, place: place, problem) }
        if let fault = ActionModel.nameFault([Self.name(recipe, output: output)]) {
            throw recipe.name.isEmpty
                ? TrainingError(file: output, place: "name", fault + ": the model is called after its folder")
                : TrainingError(file: places.recipe, place: "name", fault)
        }
        if let error = start?.fault(for: recipe) { throw error }
        if start == nil, let error = recipe.missingStart(file: places.recipe) { throw error }
        let classes = Set(motions.map(\.label) + streams.flatMap { $0.stretches.map(\.label) }).sorted()
        guard classes.count > 1 else {
            let found = classes.isEmpty ? "none" : "only '\(classes[0])'"
            let cause = recipe.selection == Recipe().selection ? "" : ": the recipe's 'selection' leaves no others"
            throw TrainingError(
                file: places.recordings ?? places.recipe,
                "expected clips of at least two classes, found \(found)\(cause)")
        }
        if let error = recipe.strayClass(among: Set(classes), file: places.recipe) { throw error }
        if let fault = ActionModel.nameFault(classes) {
            throw TrainingError(file: places.recordings ?? places.recipe, place: "classes", fault)
        }
        let strangers = Set(heldOut.flatMap { $0.motions.map(\.label) }).subtracting(classes).sorted()
        guard strangers.isEmpty else {
            throw TrainingError(
                file: output,
                "expected clips to train on for every label that is measured, found none for "
                    + strangers.joined(separator: ", "))
        }
        self.recipe = recipe
        self.classes = classes
        self.output = output
        self.trainingData = trainingData + (start?.credits(beside: trainingData) ?? [])
        self.start = start
        self.heldOut = heldOut
        layers = ActionModel.layers(recipe.architecture(classes: classes.count))
        try Self.checkSize(recipe, layers, file: places.recipe)
        let limited = recipe.limited(motions).map(\.uninterrupted)
        let watching = MotionSplit(peopleOf: limited, share: recipe.earlyStop.validationFraction)
        let calibrating = MotionSplit(clipsOf: watching.kept, share: recipe.calibration)
        watched = watching.taken
        calibration = calibrating.taken
        batches = SequenceAssembler(
            recipe: recipe, classes: classes, streams: streams, motions: calibrating.kept,
            window: layers.featureWindow)
        let perEpoch = (batches.count + recipe.batch - 1) / recipe.batch
        stepsPerEpoch = max(recipe.stepsPerEpoch[0], min(recipe.stepsPerEpoch[1], perEpoch))
        steps = recipe.epochs * stepsPerEpoch
    }

    private static func name(_ recipe: Recipe, output: String) -> String {
        recipe.name.isEmpty ? URL(filePath: output).lastPathComponent : recipe.name
    }

    /// Errs when the buffers of the training are more than the memory of this machine, which a recipe of a few lines can
    /// ask for.
    private static func checkSize(_ recipe: Recipe, _ layers: TemporalLayers, file: String) throws(TrainingError) {
        let parameters = 4 * layers.layout.count
        let worker = TemporalTrainingPass.byteCount(layers: layers, clips: recipe.chunk) + parameters
        // Weights, their average and two moments.
        let network = recipe.batch / recipe.chunk * worker + 4 * parameters
        let input = 4 * recipe.chunk * recipe.sampling.frames * MotionSample.jointCount * MotionFeatures.channels
        let bytes = max(recipe.networks * network, (measuredChunks + 1) * input)
        let memory = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        guard bytes > memory else { return }
        func gigabytes(_ bytes: Int) -> String { String(format: "%.1f GB", Double(bytes) / 1e9) }
        throw TrainingError(
            file: file, place: "batch",
            "expected a training within the \(gigabytes(memory)) of memory here, found one of \(gigabytes(bytes)): "
                + "lower batch and chunk, networks, sampling.frames or the channels of network.blocks")
    }

    /// Clips kept back to see when the training is over.
    package var watchedCount: Int { watched.count }

    /// Of all networks together.
    package var parameters: Int { recipe.networks * layers.layout.count }
    package var flopsPerFrame: Int { recipe.networks * layers.flopsPerFrame }

    /// Clips and long recordings that are trained on.
    package var clipCount: Int { batches.count }

    /// Trains and writes the model folder.
    ///
    /// - Parameters:
    ///   - resuming: goes on from the checkpoint in the output folder, if it is of this very training.
    ///   - threads: workers at a time; all processors when nil.
    ///   - progress: called after each step; returning false stops with a checkpoint, and the result is nil.
    package func run(
        resuming: Bool = false, threads: Int? = nil, progress: (TrainingProgress) -> Bool = { _ in true }
    ) throws -> ActionModel? {
        var networks = (0..<recipe.networks).map {
            NetworkTraining(
                number: $0, layers: layers, recipe: recipe, steps: steps,
                parameters: start?.parameters(network: $0, classes: classes, layers: layers))
        }
        let (measured, classWeights) = measureBatches()
        // Weights go with the features they were trained on.
        let standardisation = start?.standardisation ?? measured
        let checkpoint = TrainingCheckpoint(folder: output, identity: identity)
        var (loss, accuracy) = (0.0, 0.0)
        var (watch, heldOutLoss) = (EarlyStop(settings: recipe.earlyStop), Double?.none)
        if resuming, let saved = try checkpoint.load(count: networks.count * layers.layout.count) {
            for index in networks.indices { networks[index].restore(saved) }
            (loss, accuracy, heldOutLoss) = (saved.loss, saved.accuracy, saved.heldOutLoss)
            watch = EarlyStop(settings: recipe.earlyStop, best: saved.best)
        }
        let crews = makeCrews(
            networks.count, classWeights: classWeights,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        var isOver = false
        while networks[0].step < steps, !isOver {
            let step = networks[0].step
            let blend = step == 0 ? 1 : 0.05
            var (stepLoss, stepAccuracy) = (0.0, 0.0)
            for (index, crew) in crews.enumerated() {
                let parameters = networks[index].parameters
                let gradient = crew.run {
                    $0.run(step: step, parameters: parameters, standardisation: standardisation)
                }
                networks[index].update(gradient: gradient)
                stepLoss += crew.mean(\.meanLoss) / Double(crews.count)
                let asked = crew.workers.reduce(0) { $0 + $1.asked }
                let correct = crew.workers.reduce(0) { $0 + $1.correct }
                stepAccuracy += Double(correct) / Double(max(1, asked)) / Double(crews.count)
            }
            loss += blend * (stepLoss - loss)
            accuracy += blend * (stepAccuracy - accuracy)
            let done = step + 1
            if !watched.isEmpty, done % stepsPerEpoch == 0 {
                let averaged = networks.flatMap(\.optimiser.averaged)
                let now = EarlyStop.loss(model(averaged, standardisation), on: watched)
                isOver = watch.take(now, parameters: averaged, step: done, stepsPerEpoch: stepsPerEpoch)
                heldOutLoss = now
            }
            let goesOn = progress(
                TrainingProgress(
                    step: done, steps: steps, loss: loss, accuracy: accuracy, heldOutLoss: heldOutLoss,
                    learningRate: networks[0].optimiser.learningRate))
            if !goesOn || done % Self.checkpointInterval == 0 && done < steps {
                try checkpoint.save(
                    .init(
                        step: done, loss: loss, accuracy: accuracy, heldOutLoss: heldOutLoss,
                        parameters: networks.flatMap(\.parameters), first: networks.flatMap(\.optimiser.first),
                        second: networks.flatMap(\.optimiser.second), averaged: networks.flatMap(\.optimiser.averaged),
                        best: watch.best))
            }
            if !goesOn { return nil }
        }
        let trained = keepingStart(watch.best?.parameters ?? networks.flatMap(\.optimiser.averaged))
        let model = try write(trained, standardisation)
        checkpoint.remove()
        return model
    }

    /// The weights between those it started from and these: what was known before is not forgotten for what was learned
    /// since (Wortsman et al. 2022).
    private func keepingStart(_ trained: [Float]) -> [Float] {
        guard let start, recipe.optimiser.startShare > 0 else { return trained }
        let before = (0..<recipe.networks).flatMap { start.parameters(network: $0, classes: classes, layers: layers) }
        let share = recipe.optimiser.startShare
        return zip(before, trained).map { $0 * share + $1 * (1 - share) }
    }

    /// For each network those who work on the chunks of its batches.
    private func makeCrews(_ networks: Int, classWeights: [Float], threads: Int) -> [WorkerCrew<TrainingWorker>] {
        let chunks = recipe.batch / recipe.chunk
        let weights = RowWeights(
            recipe: recipe, classes: classes, classWeights: classWeights, window: layers.featureWindow)
        // Every network draws clips of its own: the chunks of one come after those of the other.
        return (0..<networks).map { network in
            WorkerCrew(
                (0..<chunks).map {
                    TrainingWorker(
                        layers: layers, batches: batches, chunk: network * chunks + $0, weights: weights)
                },
                threads: min(chunks, max(1, threads)))
        }
    }

    /// Writes the model folder, with all that comes after the training: priors, temperature, figures.
    private func write(_ parameters: [Float], _ standardisation: FeatureStandardisation) throws -> ActionModel {
        var trained = parameters
        for (index, name) in classes.enumerated() {
            guard let prior = recipe.classPriors[name] else { continue }
            for number in 0..<recipe.networks {
                trained[number * layers.layout.count + layers.head.bias.offset + index] += log(prior)
            }
        }
        let model = model(trained, standardisation)
        var description = describe()
        if !calibration.isEmpty { description.temperature = TemperatureScaling.fit(model, on: calibration) }
        for part in heldOut {
            let evaluation = try Evaluation(model: model, motions: part.motions)
            description.measured.append(
                .init(
                    data: part.data, protocolName: part.protocolName, top1: evaluation.top1,
                    meanClass: evaluation.meanClass, clips: evaluation.clips))
        }
        try ActionModel.write(description, parameters: trained, standardisation: standardisation, to: output)
        return try ActionModel(folder: output)
    }

    /// Steps from one checkpoint to the next.
    package static let checkpointInterval = 500

    private func model(_ parameters: [Float], _ standardisation: FeatureStandardisation) -> ActionModel {
        let count = layers.layout.count
        let networks = stride(from: 0, to: parameters.count, by: count).map {
            ContinualNetwork(layers: layers, parameters: Array(parameters[$0..<$0 + count]))
        }
        return ActionModel(
            description: describe(), networks: networks, standardisation: standardisation)
    }

    /// What tells this training from any other.
    private var identity: String {
        let text = recipe.json + (start?.identifier ?? "") + batches.inventory.joined(separator: "\n")
        return ContentHash(Array(text.utf8)).description
    }

    private func describe() -> ActionModelDescription {
        var description = ActionModelDescription(
            name: Self.name(recipe, output: output), version: "", classes: classes, normalisation: recipe.normalisation,
            sampling: recipe.sampling,
            architecture: layers.architecture, licence: recipe.licence, trainingData: trainingData,
            recipe: recipe.json)
        if recipe.networks > 1 { description.networks = recipe.networks }
        return description
    }

    /// Chunks that the features are measured on.
    private static let measuredChunks = 24

    /// Means and deviations of the features, and how much a row of each class is to count, from the first varied batches.
    private func measureBatches() -> (FeatureStandardisation, classWeights: [Float]) {
        let chunks = Self.measuredChunks
        let extent = BatchExtent(
            clips: chunks * recipe.chunk, frames: recipe.sampling.frames, joints: MotionSample.jointCount)
        let part = BatchExtent(clips: recipe.chunk, frames: extent.frames, joints: extent.joints)
        var all = [Float](repeating: 0, count: MotionFeatures.channels * extent.rowCount)
        var one = [Float](repeating: 0, count: MotionFeatures.channels * part.rowCount)
        var rows = [Float](repeating: 0, count: classes.count)
        let standardisation = all.withUnsafeMutableBufferPointer { all in
            for chunk in 0..<chunks {
                one.withUnsafeMutableBufferPointer { one in
                    let labels = batches.assemble(
                        step: 1_000_000_007, chunk: chunk, standardisation: nil, into: one)
                    for label in labels where label >= 0 { rows[label] += 1 }
                    for channel in 0..<MotionFeatures.channels {
                        for i in 0..<part.rowCount {
                            all[channel * extent.rowCount + chunk * part.rowCount + i] =
                                one[channel * part.rowCount + i]
                        }
                    }
                }
            }
            return FeatureStandardisation(of: all, extent: extent)
        }
        guard recipe.sequence.balance > 0 else { return (standardisation, []) }
        let mean = rows.reduce(0, +) / Float(rows.count)
        return (standardisation, rows.map { pow(mean / max($0, 0.05 * mean), recipe.sequence.balance) })
    }
}
