import Foundation
import Inference

/// Classifies motions with a model, several at once. Owns its buffers: one a thread.
package final class ActionClassifier {
    package let model: ActionModel
    private let features: ClipFeatures
    private let workspace: TemporalWorkspace
    /// Takes the place of clips where the model takes frame after frame.
    private let stream: StreamClassifier?
    private let summary: MotionSummary

    /// - Parameter clips: the most motions that go through the network at once.
    package init(model: ActionModel, clips: Int = 8) {
        self.model = model
        features = ClipFeatures(normalisation: model.description.normalisation)
        workspace = TemporalWorkspace(network: model.network, clips: clips)
        stream = model.description.sampling.span == .stream ? StreamClassifier(model: model) : nil
        summary = MotionSummary(
            normalisation: model.description.normalisation, frames: model.description.sampling.frames)
    }

    /// Probabilities of the classes for each motion.
    ///
    /// - Parameter clips: for each motion T samples, evenly spaced in time.
    package func probabilities(of clips: [[MotionSample]]) -> [[Float]] {
        var result: [[Float]] = []
        result.reserveCapacity(clips.count)
        var first = 0
        while first < clips.count {
            let batch = clips[first..<min(first + workspace.clips, clips.count)]
            let extent = BatchExtent(
                clips: batch.count, frames: model.description.sampling.frames, joints: MotionSample.jointCount)
            workspace.run(count: batch.count) { input in
                for (index, samples) in batch.enumerated() {
                    features.write(samples, clip: index, of: batch.count, into: input)
                }
                model.standardisation.apply(to: input, extent: extent)
            } read: { logits in
                let classes = model.classes.count
                for index in batch.indices {
                    let row = logits[(index - first) * classes..<(index - first + 1) * classes]
                    let own = model.kernel == nil ? model.description.temperature : 1
                    result.append(Self.softmax(row, temperature: own))
                }
            }
            first += batch.count
        }
        if let kernel = model.kernel { mix(kernel, clips, into: &result) }
        return result
    }

    /// Brings in what the kernel machine says; the temperature is that of both together.
    private func mix(_ kernel: KernelMachine, _ clips: [[MotionSample]], into probabilities: inout [[Float]]) {
        let share = model.description.kernel?.share ?? 0
        let scores = kernel.scores(of: clips.flatMap(summary.numbers))
        for (index, own) in probabilities.enumerated() {
            let row = Slice(base: scores, bounds: index * kernel.classes..<(index + 1) * kernel.classes)
            let other = Self.softmax(row, temperature: Self.kernelTemperature)
            let mixed = zip(own, other).map { Foundation.log(max(1e-12, $0 * (1 - share) + $1 * share)) }
            probabilities[index] = Self.softmax(mixed[...], temperature: model.description.temperature)
        }
    }

    /// Scores differ by about 1 where a kernel machine is sure.
    private static let kernelTemperature: Float = 0.1

    /// Probabilities of the classes for a recording as a whole: the mean over the views of all of it, or over windows
    /// that together cover it, or what a model that takes frame after frame made of all its moments.
    ///
    /// - Parameter samples: at least two, growing in time.
    package func probabilities(ofRecording samples: [MotionSample]) -> [Float] {
        if let stream { return stream.probabilities(ofRecording: samples) }
        let clips = model.description.sampling.clips(of: samples)
        let all = probabilities(of: clips)
        return model.classes.indices.map { index in all.reduce(0) { $0 + $1[index] } / Float(all.count) }
    }

    private static func softmax(_ logits: some Collection<Float>, temperature: Float) -> [Float] {
        let top = logits.max() ?? 0
        let powers = logits.map { Foundation.exp(($0 - top) / temperature) }
        let sum = powers.reduce(0, +)
        // Weights may be finite and their sums not: then nothing is known.
        guard sum.isFinite, sum > 0 else { return [Float](repeating: 0, count: powers.count) }
        return powers.map { $0 / sum }
    }
}
