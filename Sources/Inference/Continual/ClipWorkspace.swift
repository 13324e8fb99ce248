/// The clip form of a network: whole clips at once, zeros before the first frame and after the last. One a thread.
package final class ClipWorkspace {
    package let network: ContinualNetwork
    /// The largest batch.
    package let clips: Int
    /// T.
    package let frames: Int

    private let arena: FloatArena
    private let scratch: LayerScratch
    private let raw: UnsafeMutablePointer<Float>
    private let blocks: [UnsafeMutablePointer<Float>]
    private let hidden: UnsafeMutablePointer<Float>
    private let mid: UnsafeMutablePointer<Float>
    private let pooled: UnsafeMutablePointer<Float>
    private let logits: UnsafeMutablePointer<Float>

    /// - Parameter frames: T, as many as the network was trained on when nil.
    package init(network: ContinualNetwork, clips: Int, frames: Int? = nil) {
        let frames = frames ?? network.clipFrames
        self.network = network
        self.clips = clips
        self.frames = frames
        scratch = network.makeScratch(frames: clips * frames)
        let frameCount = clips * frames * network.widestFrame
        let midCount = clips * frames * (network.blocks.map(\.temporal.rowFloats).max() ?? 0)
        let rawCount = clips * frames * network.joints * network.inputChannels
        let outputs = network.receptiveField.outputFrames(frames)
        let pooledCount = outputs * (clips + 1) * network.head.inputWidth
        let logitsCount = outputs * clips * network.headRows * network.head.columns
        let sizes = [rawCount, frameCount, frameCount, frameCount, midCount, pooledCount, logitsCount]
        arena = FloatArena(capacity: sizes.reduce(0) { $0 + FloatArena.rounded($1) })
        raw = arena.take(rawCount)
        blocks = [arena.take(frameCount), arena.take(frameCount)]
        hidden = arena.take(frameCount)
        mid = arena.take(midCount)
        pooled = arena.take(pooledCount)
        logits = arena.take(logitsCount)
    }

    /// Frames that come out of a clip.
    package var outputs: Int { network.receptiveField.outputFrames(frames) }

    /// Classifies `count` clips that `fill` writes.
    ///
    /// - Parameters:
    ///   - count: number of clips, up to `clips`.
    ///   - fill: writes the batch as (N, T, V, C).
    ///   - read: sees the logits, each clip's `classes` numbers.
    package func run<R>(
        count: Int, fill: (UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (_ logits: ClipLogits, _ features: ClipFeatureFrames) throws -> R
    ) rethrows -> R {
        let features = try features(count: count, fill: fill)
        classify(features, clips: count, rows: 1) { _ in network.featureWindow.ofClip(frames: frames) }
        return try read(
            ClipLogits(clips: count, classes: network.classes, rows: logits, width: network.head.columns), features)
    }

    /// Classifies every moment of `count` clips that `fill` writes.
    ///
    /// - Parameters:
    ///   - count: number of clips, up to `clips`.
    ///   - fill: writes the batch as (N, T, V, C).
    ///   - read: sees logits for each of the output frames, whose input frames `network.receptiveField.inputFrame(of:)` says. An
    ///     output's logits are over the mean of its own frame of features and those before it, `network.window` in all
    ///     and fewer at the start. From there on they are what the step form says `network.receptiveField.delay` frames later,
    ///     but for the outputs after the settled ones, which have seen zeros beyond the clip's end.
    package func runDense<R>(
        count: Int, fill: (UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (_ logits: DenseLogits) throws -> R
    ) rethrows -> R {
        let features = try features(count: count, fill: fill)
        classify(features, clips: count, rows: features.frames, windows: network.featureWindow.ofOutput)
        return try read(
            DenseLogits(
                clips: count, outputs: features.frames, classes: network.classes, rows: logits,
                width: network.head.columns))
    }

    /// Lets a network with joint outputs say what it says of each joint in each output frame of `count` clips.
    ///
    /// - Parameters:
    ///   - fill: writes the batch as (N, T, V, C).
    ///   - read: sees each output frame of each clip, (joints, classes).
    package func runJoints<R>(
        count: Int, fill: (UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (_ outputs: ClipFeatureFrames) throws -> R
    ) rethrows -> R {
        precondition(network.speaksOfJoints, "a network with joint outputs")
        let features = try features(count: count, fill: fill)
        let outputs = FrameBlock(base: logits, size: network.joints * network.head.columns)
        for frame in 0..<count * features.frames {
            scratch.sources[frame] = UnsafePointer(features.block.frame(frame))
            scratch.targets[frame] = outputs.frame(frame)
        }
        network.head.run(
            frames: count * features.frames, joints: network.joints, sources: scratch.sources, targets: scratch.targets)
        return try read(
            ClipFeatureFrames(
                frames: features.frames, joints: network.joints, channels: network.classes, block: outputs,
                width: network.head.columns))
    }

    /// The last block's output for `count` clips.
    private func features(
        count: Int, fill: (UnsafeMutableBufferPointer<Float>) throws -> Void
    ) rethrows -> ClipFeatureFrames {
        precondition((1...clips).contains(count), "the batch fits the workspace")
        let size = network.joints * network.inputChannels
        try fill(UnsafeMutableBufferPointer(start: raw, count: count * frames * size))
        let input = FrameBlock(base: blocks[0], size: network.joints * network.blocks[0].graph.inputWidth)
        for frame in 0..<count * frames { network.take(raw + frame * size, into: input.frame(frame)) }
        var length = frames
        for (index, block) in network.blocks.enumerated() {
            let x = FrameBlock(base: blocks[index % 2], size: network.joints * block.graph.inputWidth)
            let inner = FrameBlock(base: hidden, size: network.joints * block.graph.outputWidth)
            let y = FrameBlock(
                base: blocks[(index + 1) % 2],
                size: network.joints * ProductKernel.padded(block.temporal.outputChannels))
            for frame in 0..<count * length {
                scratch.inputs[frame] = UnsafePointer(x.frame(frame))
                scratch.targets[frame] = inner.frame(frame)
            }
            block.graph.run(frames: count * length, scratch: scratch)
            block.temporal.clip(
                x: x, hidden: inner, mid: mid, clips: count, frames: length, y: y, scratch: scratch)
            length = block.temporal.receptiveField.outputFrames(length)
        }
        let width = network.head.inputWidth
        let last = FrameBlock(base: blocks[network.blocks.count % 2], size: network.joints * width)
        return ClipFeatureFrames(
            frames: length, joints: network.joints, channels: network.featureChannels, block: last, width: width)
    }

    /// Leaves logits for `rows` windows of each clip in `logits`, (clips, rows).
    private func classify(_ features: ClipFeatureFrames, clips: Int, rows: Int, windows: (Int) -> Range<Int>) {
        let width = network.head.inputWidth
        let means = pooled + self.clips * outputs * width
        for clip in 0..<clips {
            for frame in 0..<features.frames {
                network.pool(features.block.frame(clip * features.frames + frame), into: means + frame * width)
            }
            for row in 0..<rows {
                let (window, index) = (windows(row), clip * rows + row)
                network.mean(means + window.lowerBound * width, count: window.count, into: pooled + index * width)
                scratch.sources[index] = UnsafePointer(pooled + index * width)
                scratch.targets[index] = logits + index * network.head.columns
            }
        }
        network.head.run(frames: clips * rows, joints: 1, sources: scratch.sources, targets: scratch.targets)
    }
}

/// What a network says of clips; valid within the call that gives it.
package struct ClipLogits {
    package let clips: Int
    package let classes: Int
    let rows: UnsafeMutablePointer<Float>
    let width: Int

    /// A score for each class.
    package subscript(clip: Int) -> UnsafeBufferPointer<Float> {
        precondition((0..<clips).contains(clip), "one of the clips")
        return UnsafeBufferPointer(start: UnsafePointer(rows + clip * width), count: classes)
    }
}

/// The last block's output for clips; valid within the call that gives it.
package struct ClipFeatureFrames {
    /// T'.
    package let frames: Int
    package let joints: Int
    package let channels: Int
    let block: FrameBlock
    let width: Int

    /// One frame, (joints, channels).
    package subscript(clip: Int, frame: Int) -> FeatureFrame {
        precondition((0..<frames).contains(frame), "one of the frames")
        return FeatureFrame(
            joints: joints, channels: channels, rows: UnsafePointer(block.frame(clip * frames + frame)), width: width)
    }
}
