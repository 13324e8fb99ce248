import Inference

/// Classifies motions with a model, several at once. Owns its buffers: one a thread.
package final class ActionClassifier {
    package let model: ActionModel
    private let features: ClipFeatures
    /// One for each of the model's networks.
    private let workspaces: [TemporalWorkspace]
    private let clips: Int
    /// Takes the place of clips where the model takes frame after frame.
    private let stream: StreamClassifier?

    /// - Parameter clips: the most motions that go through the network at once.
    package init(model: ActionModel, clips: Int = 8) {
        self.model = model
        features = ClipFeatures(normalisation: model.description.normalisation)
        workspaces = model.networks.map { TemporalWorkspace(network: $0, clips: clips) }
        self.clips = clips
        stream = model.description.sampling.span == .stream ? StreamClassifier(model: model) : nil
    }

    /// Probabilities of the classes for each motion.
    ///
    /// - Parameter clips: for each motion T samples, evenly spaced in time.
    package func probabilities(of clips: [[MotionSample]]) -> [[Float]] {
        var result: [[Float]] = []
        result.reserveCapacity(clips.count)
        var first = 0
        while first < clips.count {
            let batch = clips[first..<min(first + self.clips, clips.count)]
            let extent = BatchExtent(
                clips: batch.count, frames: model.description.sampling.frames, joints: MotionSample.jointCount)
            let classes = model.classes.count
            var means = [Float](repeating: 0, count: batch.count * classes)
            for workspace in workspaces {
                workspace.run(count: batch.count) { input in
                    for (index, samples) in batch.enumerated() {
                        features.write(samples, clip: index, of: batch.count, into: input)
                    }
                    model.standardisation.apply(to: input, extent: extent)
                } read: { logits in
                    for index in means.indices { means[index] += logits[index] / Float(workspaces.count) }
                }
            }
            for clip in 0..<batch.count {
                let row = means[clip * classes..<(clip + 1) * classes]
                result.append(Softmax.probabilities(of: row, temperature: model.description.temperature))
            }
            first += batch.count
        }
        return result
    }

    /// Probabilities of the classes for a recording as a whole: the mean over the views of all of it, or over windows
    /// that together cover it, or what a model that takes frame after frame made of all its moments.
    ///
    /// - Parameter samples: at least two, growing in time.
    package func probabilities(ofRecording samples: [MotionSample]) -> [Float] {
        if let stream { return stream.probabilities(ofRecording: samples) }
        let all = probabilities(of: model.description.sampling.clips(of: samples))
        return model.classes.indices.map { index in all.reduce(0) { $0 + $1[index] } / Float(all.count) }
    }
}
