/// The multi-branch temporal convolution of ST-GCN++ as it runs (Duan et al. 2022): each branch narrows the channels at
/// a point, then looks along time in its own way; the branches side by side go through one last map at a point.
///
/// All branches speak of the same frame, so an output is finished when the one that looks furthest ahead has seen its last
/// frame.
package struct BranchedTemporalLayer: TemporalPart {
    /// One branch, batch normalisations folded in.
    package struct Branch: Sendable {
        /// What follows the frames it looks at.
        package enum Kind: Sendable {
            /// Taps: weight (channels, channels, kernel), bias (channels); rectified afterwards.
            case convolution(weight: [Float], bias: [Float])
            /// The largest, then `gain · x + shift`, rectified.
            case largest(gain: [Float], shift: [Float])
            /// The frame as it is.
            case point
        }

        package let channels: Int
        /// (channels, hiddenChannels), the map at a point that comes first; rectified.
        package let weight: [Float]
        package let bias: [Float]
        /// Which frames it looks at.
        package let shape: TemporalBranch
        package let kind: Kind
    }

    /// A branch in the order of rows, with its product if it has one.
    private struct Path: Sendable {
        let branch: Branch
        /// Where its channels start in a narrowed row.
        let offset: Int
        /// The first of the frames it looks at, among those around an output's frame.
        let first: Int
        let convolution: RowProduct?

        /// The frames it looks at.
        var places: StrideTo<Int> {
            let shape = branch.shape
            return stride(from: first, to: first + shape.kernel * shape.dilation, by: shape.dilation)
        }
    }

    package let joints: Int
    package let outputChannels: Int
    package let receptiveField: ReceptiveField
    private let paths: [Path]
    /// All branches' first maps together.
    private let narrowing: RowProduct
    private let joining: RowProduct
    private let projects: Bool
    private let addsInput: Bool
    private let narrowSize: Int
    private let inputSize: Int

    /// - Parameters:
    ///   - inputChannels: of the block, for the path around it.
    ///   - hiddenChannels: what the graph convolution gives.
    ///   - lookAhead: frames after the one an output speaks of that no branch looks beyond; nil for centred branches.
    ///   - weight: (outputChannels, channels of all branches), the last map.
    ///   - bias: (outputChannels).
    package init(
        joints: Int, inputChannels: Int, hiddenChannels: Int, outputChannels: Int, stride: Int, lookAhead: Int? = nil,
        branches: [Branch], weight: [Float], bias: [Float], shortcut: Shortcut
    ) {
        let receptiveField = TemporalBranch.receptiveField(branches.map(\.shape), stride: stride, lookAhead: lookAhead)
        let width = branches.reduce(0) { $0 + ProductKernel.padded($1.channels) }
        let hiddenWidth = ProductKernel.padded(hiddenChannels)
        var paths: [Path] = []
        var joiningTaps: [RowProduct.Tap] = []
        var narrowWeight: [Float] = []
        var narrowBias: [Float] = []
        let channels = branches.reduce(0) { $0 + $1.channels }
        var (offset, first) = (0, 0)
        for branch in branches {
            let padded = ProductKernel.padded(branch.channels)
            let padding = padded - branch.channels
            narrowWeight += branch.weight + [Float](repeating: 0, count: padding * hiddenChannels)
            narrowBias += branch.bias + [Float](repeating: 0, count: padding)
            joiningTaps.append(
                RowProduct.Tap(
                    weights: (0..<outputChannels).flatMap { row in
                        weight[row * channels + first..<row * channels + first + branch.channels]
                    }, depth: branch.channels, stride: width))
            paths.append(
                Path(
                    branch: branch, offset: offset,
                    first: receptiveField.lookBack
                        - branch.shape.receptiveField(stride: stride, lookAhead: lookAhead).lookBack,
                    convolution: Self.convolution(branch, width: width)))
            offset += padded
            first += branch.channels
        }
        precondition(
            !shortcut.addsInput || inputChannels == outputChannels, "what goes around unchanged has as many channels")
        let around = shortcut.tap(inputChannels: inputChannels)
        addsInput = shortcut.addsInput
        projects = around != nil
        joiningTaps += around.map { [$0] } ?? []
        self.joints = joints
        self.outputChannels = outputChannels
        self.paths = paths
        narrowing = RowProduct(
            outputs: width, taps: [RowProduct.Tap(weights: narrowWeight, depth: hiddenChannels, stride: hiddenWidth)],
            bias: narrowBias, isRectified: [Bool](repeating: true, count: width))
        joining = RowProduct(
            outputs: outputChannels, taps: joiningTaps, bias: bias,
            isRectified: [Bool](repeating: true, count: outputChannels))
        narrowSize = joints * width
        inputSize = joints * ProductKernel.padded(inputChannels)
        self.receptiveField = receptiveField
    }

    private static func convolution(_ branch: Branch, width: Int) -> RowProduct? {
        guard case .convolution(let weight, let bias) = branch.kind else { return nil }
        let kernel = branch.shape.kernel
        let taps = (0..<kernel).map { tap in
            RowProduct.Tap(
                weights: (0..<branch.channels * branch.channels).map { weight[$0 * kernel + tap] },
                depth: branch.channels, stride: width)
        }
        return RowProduct(
            outputs: branch.channels, taps: taps, bias: bias,
            isRectified: [Bool](repeating: true, count: branch.channels))
    }

    package var multiplyAdds: Int {
        (joining.multiplyAdds + paths.reduce(0) { $0 + ($1.convolution?.multiplyAdds ?? 0) }) * joints
    }
    package var inputMultiplyAdds: Int { narrowing.multiplyAdds * joints }
    var rowFloats: Int { narrowSize }
    var taps: Int { max(window, paths.count + 1) }

    /// Frames around an output's frame, both ends included.
    private var window: Int { receptiveField.size }
    private var hasShortcut: Bool { projects || addsInput }
    package var memoryCount: Int { window * narrowSize + (hasShortcut ? (receptiveField.delay + 1) * inputSize : 0) }

    func intake(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float>? { nil }

    private func narrowed(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float> {
        memory + time % window * narrowSize
    }

    private func input(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float> {
        memory + window * narrowSize + time % (receptiveField.delay + 1) * inputSize
    }

    func clip(
        x: FrameBlock, hidden: FrameBlock, mid: UnsafeMutablePointer<Float>, clips: Int, frames: Int, y: FrameBlock,
        scratch: LayerScratch
    ) {
        let narrow = FrameBlock(base: mid, size: narrowSize)
        for index in 0..<clips * frames {
            scratch.sources[index] = UnsafePointer(hidden.frame(index))
            scratch.targets[index] = narrow.frame(index)
        }
        narrowing.run(frames: clips * frames, joints: joints, sources: scratch.sources, targets: scratch.targets)
        let outputs = receptiveField.outputFrames(frames)
        let count = clips * outputs
        for index in 0..<count {
            let (clip, output) = index.quotientAndRemainder(dividingBy: outputs)
            let now = receptiveField.inputFrame(of: output)
            for place in 0..<window {
                let frame = now + place - receptiveField.lookBack
                scratch.window[place * count + index] =
                    (0..<frames).contains(frame) ? UnsafePointer(narrow.frame(clip * frames + frame)) : scratch.zeros
            }
            scratch.addends[index] = UnsafePointer(x.frame(clip * frames + now))
            scratch.targets[index] = y.frame(index)
        }
        join(count: count, scratch: scratch)
    }

    func step(_ batch: inout StepBatch, x: FrameBlock, hidden: FrameBlock, y: FrameBlock, scratch: LayerScratch) {
        for i in 0..<batch.count {
            let person = batch.people[i]
            scratch.sources[i] = UnsafePointer(hidden.frame(i))
            scratch.targets[i] = narrowed(person.memory, time: person.time)
            if hasShortcut { input(person.memory, time: person.time).update(from: x.frame(i), count: inputSize) }
        }
        narrowing.run(frames: batch.count, joints: joints, sources: scratch.sources, targets: scratch.targets)
        let count = (0..<batch.count).reduce(0) {
            receptiveField.output(at: batch.people[$1].time) == nil ? $0 : $0 + 1
        }
        var kept = 0
        for i in 0..<batch.count {
            let person = batch.people[i]
            guard receptiveField.output(at: person.time) != nil else { continue }
            for place in 0..<window {
                let time = person.time - (window - 1 - place)
                scratch.window[place * count + kept] =
                    time < 0 ? scratch.zeros : UnsafePointer(narrowed(person.memory, time: time))
            }
            if hasShortcut {
                scratch.addends[kept] = UnsafePointer(input(person.memory, time: person.time - receptiveField.delay))
            }
            scratch.targets[kept] = y.frame(kept)
            kept += 1
        }
        join(count: count, scratch: scratch)
        batch.keepFinished(receptiveField)
    }

    /// From the frames around each output's, `scratch.window`, and the path around, `scratch.addends`, to
    /// `scratch.targets`.
    private func join(count: Int, scratch: LayerScratch) {
        for first in stride(from: 0, to: count, by: scratch.group) {
            let frames = min(scratch.group, count - first)
            for path in paths { run(path, first: first, frames: frames, of: count, scratch: scratch) }
            for (index, path) in paths.enumerated() {
                for frame in 0..<frames {
                    let source =
                        if case .point = path.branch.kind {
                            scratch.window[receptiveField.lookBack * count + first + frame]
                        } else { Optional(UnsafePointer(scratch.rows + frame * narrowSize)) }
                    scratch.sources[index * frames + frame] = source.map { $0 + path.offset }
                }
            }
            if projects {
                for frame in 0..<frames {
                    scratch.sources[paths.count * frames + frame] = scratch.addends[first + frame]
                }
            }
            joining.run(
                frames: frames, joints: joints, sources: scratch.sources,
                addends: addsInput ? scratch.addends + first : nil, targets: scratch.targets + first)
        }
    }

    /// One branch along time, into its channels of `scratch.rows`.
    private func run(_ path: Path, first: Int, frames: Int, of count: Int, scratch: LayerScratch) {
        let width = narrowing.columns
        switch path.branch.kind {
        case .point: break
        case .convolution:
            for (tap, place) in path.places.enumerated() {
                for frame in 0..<frames {
                    scratch.sources[tap * frames + frame] =
                        scratch.window[place * count + first + frame].map { $0 + path.offset }
                }
            }
            for frame in 0..<frames {
                scratch.rowTargets[frame] = scratch.rows + frame * narrowSize + path.offset
            }
            path.convolution?.run(
                frames: frames, joints: joints, sources: scratch.sources, targets: scratch.rowTargets,
                targetStride: width)
        case .largest(let gain, let shift):
            for frame in 0..<frames {
                for joint in 0..<joints {
                    let at = joint * width + path.offset
                    let row = scratch.rows + frame * narrowSize + at
                    // What is narrowed is never below 0, so the zeros outside a clip never win.
                    row.update(repeating: 0, count: path.branch.channels)
                    for place in path.places {
                        guard let source = scratch.window[place * count + first + frame].map({ $0 + at }) else {
                            continue
                        }
                        for c in 0..<path.branch.channels { row[c] = max(row[c], source[c]) }
                    }
                    for c in 0..<path.branch.channels { row[c] = max(0, gain[c] * row[c] + shift[c]) }
                }
            }
        }
    }
}
