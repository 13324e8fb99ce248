/// A trained network ready to classify: batch normalisation folded into the convolutions before it. Immutable, so any
/// number of workspaces on any number of threads share it.
package struct TemporalNetwork: Sendable {
    package let layers: TemporalLayers
    /// The same weights as they run, in clip and in step form.
    package let continual: ContinualNetwork

    /// - Parameter parameters: laid out as `layers.layout`.
    package init(layers: TemporalLayers, parameters: [Float]) {
        self.layers = layers
        continual = ContinualNetwork(layers: layers, parameters: parameters)
    }
}

/// The buffers in which a network classifies up to a number of clips at once. One a thread.
package final class TemporalWorkspace {
    package let network: TemporalNetwork
    /// The largest batch.
    package let clips: Int

    private let workspace: ClipWorkspace
    private let arena: FloatArena
    private let input: UnsafeMutablePointer<Float>
    private let logits: UnsafeMutablePointer<Float>

    package init(network: TemporalNetwork, clips: Int) {
        let layers = network.layers
        let inputCount = layers.architecture.inputChannels * layers.extents(clips: clips)[0].rowCount
        let logitsCount = clips * layers.head.classes
        self.network = network
        self.clips = clips
        workspace = ClipWorkspace(network: network.continual, clips: clips)
        arena = FloatArena(capacity: FloatArena.rounded(inputCount) + FloatArena.rounded(logitsCount))
        input = arena.take(inputCount)
        logits = arena.take(logitsCount)
    }

    /// Classifies `count` clips that `fill` writes.
    ///
    /// - Parameters:
    ///   - count: number of clips, up to `clips`.
    ///   - fill: writes the batch as (C, `count`, T, V).
    ///   - read: sees the logits, (`count`, classes).
    package func run<R>(
        count: Int, fill: (UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (UnsafeBufferPointer<Float>) throws -> R
    ) rethrows -> R {
        precondition((1...clips).contains(count), "the batch fits the workspace")
        let layers = network.layers
        let channels = layers.architecture.inputChannels
        let extent = BatchExtent(clips: count, frames: layers.architecture.frames, joints: layers.graph.joints)
        try fill(UnsafeMutableBufferPointer(start: input, count: channels * extent.rowCount))
        let classes = layers.head.classes
        workspace.run(count: count) { rows in
            for channel in 0..<channels {
                let source = input + channel * extent.rowCount
                for row in 0..<extent.rowCount { rows[row * channels + channel] = source[row] }
            }
        } read: { scores, _ in
            for clip in 0..<count {
                for (index, score) in scores[clip].enumerated() { logits[clip * classes + index] = score }
            }
        }
        return try read(UnsafeBufferPointer(start: logits, count: count * classes))
    }
}
