import Inference
import Recognition

/// Draws what a network is trained on, varied: the same for the same (seed, step, chunk).
protocol TrainingBatches: Sendable {
    var recipe: Recipe { get }
    /// How many clips and recordings it draws from.
    var count: Int { get }
    /// What it draws from, to tell one training from another.
    var inventory: [String] { get }

    /// Writes the standardised features of one chunk, (C, N, T, V).
    ///
    /// - Returns: the class of each row of logits; negative where none is asked for.
    func assemble(
        step: Int, chunk: Int, standardisation: FeatureStandardisation?, into input: UnsafeMutableBufferPointer<Float>
    ) -> [Int]
}

extension BatchAssembler: TrainingBatches {
    var count: Int { motions.count }
    var inventory: [String] { motions.map { "\($0.name) \($0.label) \($0.samples.count)" } }
}
