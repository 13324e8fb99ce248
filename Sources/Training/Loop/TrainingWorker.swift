import Inference
import Randomness
import Recognition

/// Gradients of one chunk of a batch. Each chunk has a worker of its own, so results do not depend on who runs when.
final class TrainingWorker: GradientWorker {
    private let pass: TemporalTrainingPass
    private let batches: SequenceAssembler
    private let chunk: Int
    private let loss: ClassificationLoss
    private let weights: RowWeights
    private let dropout: Float
    /// Of the last run, laid out as the parameters.
    private(set) var gradient: [Float]
    private(set) var meanLoss = 0.0
    private(set) var asked = 0
    private(set) var correct = 0

    init(layers: TemporalLayers, batches: SequenceAssembler, chunk: Int, weights: RowWeights) {
        let recipe = batches.recipe
        pass = TemporalTrainingPass(layers: layers, clips: recipe.chunk)
        self.batches = batches
        self.weights = weights
        self.chunk = chunk
        loss = ClassificationLoss(smoothing: recipe.optimiser.labelSmoothing)
        dropout = recipe.optimiser.dropout
        gradient = [Float](repeating: 0, count: layers.layout.count)
    }

    func run(step: Int, parameters: [Float], standardisation: FeatureStandardisation) {
        let labels = pass.withInput {
            batches.assemble(step: step, chunk: chunk, standardisation: standardisation, into: $0)
        }
        var stream = SplitMix64(seed: batches.recipe.seed &+ 0xD209, index: UInt64(step * 64 + chunk))
        for i in gradient.indices { gradient[i] = 0 }
        parameters.withUnsafeBufferPointer { parameters in
            guard let base = parameters.baseAddress else { return }
            let logits = pass.forward(base, dropout: dropout, stream: &stream)
            let weights = weights(labels)
            let result = loss.evaluate(logits, labels: labels.map { max(0, $0) }, weights: weights)
            meanLoss = result.loss
            asked = weights.count { $0 > 0 }
            correct = result.correct
            gradient.withUnsafeMutableBufferPointer {
                guard let target = $0.baseAddress else { return }
                pass.backward(base, logitsGradient: result.gradient, addingTo: target)
            }
        }
    }
}
