import CRowProduct

/// A network over skeletons that runs in two forms with the same weights: over whole clips (`ClipWorkspace`), and frame
/// by frame (`StepWorkspace`), each person with a memory of their own (`ContinualState`). Immutable, so any number of
/// workspaces on any number of threads share it.
package struct ContinualNetwork: Sendable {
    /// Graph convolution, then what looks along time, and the path around both.
    struct Block: Sendable {
        let graph: GraphLayer
        let temporal: any TemporalPart
    }

    /// V.
    package let joints: Int
    /// C of the input.
    package let inputChannels: Int
    package let classes: Int
    /// Frames of the clips that the network was trained on.
    package let clipFrames: Int
    /// What batch normalisation does to the input: (joints, inputChannels).
    let inputGain: [Float]
    let inputShift: [Float]
    let blocks: [Block]
    let head: RowProduct
    /// Whether the head says `classes` numbers of each joint in each frame instead of the body's.
    package let speaksOfJoints: Bool
    /// Numbers that were trained, as the network's file has them.
    package let parameterCount: Int
    /// Of the blocks: which frames shape one frame of features, and when it is there.
    package let receptiveField: ReceptiveField
    /// Which frames of features a prediction is the mean of.
    package let featureWindow: FeatureWindow
    /// Numbers that are remembered of one person: each block's, then the last features.
    let stateCount: Int

    init(
        joints: Int, inputChannels: Int, classes: Int, clipFrames: Int, inputGain: [Float]? = nil,
        inputShift: [Float]? = nil, blocks: [Block], headWeight: [Float], headBias: [Float], window: Int? = nil,
        speaksOfJoints: Bool = false, parameterCount: Int
    ) {
        self.joints = joints
        self.inputChannels = inputChannels
        self.classes = classes
        self.clipFrames = clipFrames
        self.inputGain = inputGain ?? [Float](repeating: 1, count: joints * inputChannels)
        self.inputShift = inputShift ?? [Float](repeating: 0, count: joints * inputChannels)
        self.blocks = blocks
        let channels = blocks[blocks.count - 1].temporal.outputChannels
        head = RowProduct(
            outputs: classes,
            taps: [RowProduct.Tap(weights: headWeight, depth: channels, stride: ProductKernel.padded(channels))],
            bias: headBias, isRectified: [Bool](repeating: false, count: classes))
        self.parameterCount = parameterCount
        self.speaksOfJoints = speaksOfJoints
        receptiveField = blocks.reduce(.frame) { $0.followed(by: $1.temporal.receptiveField) }
        featureWindow = FeatureWindow(receptiveField: receptiveField, length: window, clipFrames: clipFrames)
        stateCount =
            blocks.reduce(0) { $0 + $1.temporal.memoryCount }
            + (speaksOfJoints ? 0 : featureWindow.length * head.inputWidth)
    }

    /// Frames of features that a step's prediction is the mean of: as many as a clip has, where none are said.
    package var window: Int { featureWindow.length }

    /// Channels of the last block.
    package var featureChannels: Int { blocks[blocks.count - 1].temporal.outputChannels }

    /// Frames a person must be seen for before the first prediction.
    package var warmUp: Int { receptiveField.delay + (window - 1) * receptiveField.stride + 1 }

    /// Multiply-adds of one frame in step form, on average.
    package var multiplyAddsPerFrame: Double {
        var rate = 1.0
        var sum = 0.0
        for block in blocks {
            sum += rate * Double(block.graph.multiplyAdds + block.temporal.inputMultiplyAdds)
            rate /= Double(block.temporal.receptiveField.stride)
            sum += rate * Double(block.temporal.multiplyAdds)
        }
        return sum + rate * Double(head.multiplyAdds * headRows)
    }

    /// How many rows the head says something of in a frame.
    var headRows: Int { speaksOfJoints ? joints : 1 }

    /// Bytes that are remembered of one person.
    package var stateBytes: Int { 4 * stateCount }

    /// Scratch for layers of this network.
    func makeScratch(frames: Int) -> LayerScratch {
        LayerScratch(
            frames: frames, joints: joints,
            taps: blocks.reduce(1) { max($0, $1.temporal.taps, $1.graph.product.taps) },
            rowFloats: blocks.reduce(1) { max($0, $1.graph.rowFloats, $1.temporal.rowFloats) },
            frameFloats: widestFrame)
    }

    /// The most numbers a frame has anywhere.
    var widestFrame: Int {
        blocks.reduce(0) {
            max(
                $0, joints * $1.graph.inputWidth, joints * $1.graph.outputWidth, $1.temporal.rowFloats,
                joints * ProductKernel.padded($1.temporal.outputChannels))
        }
    }

    /// Copies a frame of (joints, inputChannels) to rows as layers read them, normalised.
    func take(_ frame: UnsafePointer<Float>, into rows: UnsafeMutablePointer<Float>) {
        let width = ProductKernel.padded(inputChannels)
        for joint in 0..<joints {
            for channel in 0..<inputChannels {
                let i = joint * inputChannels + channel
                rows[joint * width + channel] = frame[i] * inputGain[i] + inputShift[i]
            }
        }
    }

    /// The mean over joints of a frame of the last block.
    func pool(_ frame: UnsafePointer<Float>, into mean: UnsafeMutablePointer<Float>) {
        let width = head.inputWidth
        mean.update(from: frame, count: width)
        for joint in 1..<max(joints, 1) { laban_add(frame + joint * width, mean, width) }
        laban_affine(mean, 1 / Float(joints), 0, nil, -.infinity, mean, width)
    }

    /// The mean of `count` pooled frames that lie in a ring, summed from place `first` on.
    func mean(
        _ pooled: UnsafePointer<Float>, from first: Int = 0, count: Int, into mean: UnsafeMutablePointer<Float>
    ) {
        let width = head.inputWidth
        mean.update(from: pooled + first * width, count: width)
        for frame in 1..<max(count, 1) {
            laban_add(pooled + (first + frame) % count * width, mean, width)
        }
        laban_affine(mean, 1 / Float(count), 0, nil, -.infinity, mean, width)
    }
}
