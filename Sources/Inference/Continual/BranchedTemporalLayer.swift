/// The multi-branch temporal convolution of ST-GCN++ as it runs (Duan et al. 2022): each branch narrows the channels at
/// a point, then looks along time in its own way; the branches side by side go through one last map at a point.
///
/// All branches are centred on the same frame, so an output is finished when the longest branch has seen its last frame.
package struct BranchedTemporalLayer: TemporalPart {
    /// One branch, batch normalisations folded in.
    package struct Branch: Sendable {
        package enum Kind: Sendable {
            /// Taps around the centre, rectified afterwards.
            case convolution(kernel: Int, dilation: Int, weight: [Float], bias: [Float])
            /// The largest of the frames around the centre, then `gain · x + shift`, rectified.
            case largest(frames: Int, gain: [Float], shift: [Float])
            /// The centre as it is.
            case point
        }

        package let channels: Int
        /// (channels, hiddenChannels), the map at a point that comes first; rectified.
        package let weight: [Float]
        package let bias: [Float]
        /// A convolution's weight is (channels, channels, kernel).
        package let kind: Kind

        package init(channels: Int, weight: [Float], bias: [Float], kind: Kind) {
            self.channels = channels
            self.weight = weight
            self.bias = bias
            self.kind = kind
        }

        /// Frames it looks ahead of the centre.
        var span: Int {
            switch kind {
            case .convolution(let kernel, let dilation, _, _): kernel / 2 * dilation
            case .largest(let frames, _, _): frames / 2
            case .point: 0
            }
        }
    }

    /// A branch in the order of rows, with its product if it has one.
    private struct Path: Sendable {
        let branch: Branch
        /// Where its channels start in a narrowed row.
        let offset: Int
        let convolution: RowProduct?
    }

    package let joints: Int
    package let outputChannels: Int
    package let reach: TemporalReach
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
    ///   - weight: (outputChannels, channels of all branches), the last map.
    ///   - bias: (outputChannels).
    package init(
        joints: Int, inputChannels: Int, hiddenChannels: Int, outputChannels: Int, stride: Int, branches: [Branch],
        weight: [Float], bias: [Float], shortcut: Shortcut
    ) {
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
                Path(branch: branch, offset: offset, convolution: Self.convolution(branch, width: width)))
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
        let span = branches.map(\.span).max() ?? 0
        reach = TemporalReach(receptiveField: 2 * span + 1, delay: span, stride: stride)
    }

    private static func convolution(_ branch: Branch, width: Int) -> RowProduct? {
        guard case .convolution(let kernel, _, let weight, let bias) = branch.kind else { return nil }
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

    /// Frames around a centre, both ends included.
    private var window: Int { reach.receptiveField }
    private var hasShortcut: Bool { projects || addsInput }
    package var memoryCount: Int { window * narrowSize + (hasShortcut ? (reach.delay + 1) * inputSize : 0) }

    func intake(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float>? { nil }

    private func narrowed(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float> {
        memory + time % window * narrowSize
    }

    private func input(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float> {
        memory + window * narrowSize + time % (reach.delay + 1) * inputSize
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
        let outputs = reach.outputFrames(frames)
        let count = clips * outputs
        for index in 0..<count {
            let (clip, output) = index.quotientAndRemainder(dividingBy: outputs)
            let centre = output * reach.stride
            for place in 0..<window {
                let frame = centre + place - reach.delay
                scratch.window[place * count + index] =
                    (0..<frames).contains(frame) ? UnsafePointer(narrow.frame(clip * frames + frame)) : scratch.zeros
            }
            scratch.addends[index] = UnsafePointer(x.frame(clip * frames + centre))
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
        let count = (0..<batch.count).reduce(0) { reach.output(at: batch.people[$1].time) == nil ? $0 : $0 + 1 }
        var kept = 0
        for i in 0..<batch.count {
            let person = batch.people[i]
            guard reach.output(at: person.time) != nil else { continue }
            for place in 0..<window {
                let time = person.time - (window - 1 - place)
                scratch.window[place * count + kept] =
                    time < 0 ? scratch.zeros : UnsafePointer(narrowed(person.memory, time: time))
            }
            if hasShortcut {
                scratch.addends[kept] = UnsafePointer(input(person.memory, time: person.time - reach.delay))
            }
            scratch.targets[kept] = y.frame(kept)
            kept += 1
        }
        join(count: count, scratch: scratch)
        batch.keepFinished(reach)
    }

    /// From the frames around each centre, `scratch.window`, and the path around, `scratch.addends`, to
    /// `scratch.targets`.
    private func join(count: Int, scratch: LayerScratch) {
        for first in stride(from: 0, to: count, by: scratch.group) {
            let frames = min(scratch.group, count - first)
            for path in paths { run(path, first: first, frames: frames, of: count, scratch: scratch) }
            for (index, path) in paths.enumerated() {
                for frame in 0..<frames {
                    let source =
                        if case .point = path.branch.kind {
                            scratch.window[reach.delay * count + first + frame]
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
        case .convolution(let kernel, let dilation, _, _):
            for tap in 0..<kernel {
                let place = reach.delay + (tap - kernel / 2) * dilation
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
        case .largest(let size, let gain, let shift):
            let places = (reach.delay - size / 2)...(reach.delay + size / 2)
            for frame in 0..<frames {
                let row = scratch.rows + frame * narrowSize + path.offset
                for joint in 0..<joints {
                    for channel in 0..<path.branch.channels {
                        let at = joint * width + path.offset + channel
                        // What is narrowed is never below 0, so the zeros outside a clip never win.
                        var largest: Float = 0
                        for place in places {
                            if let source = scratch.window[place * count + first + frame] {
                                largest = max(largest, source[at])
                            }
                        }
                        row[joint * width + channel] = max(0, gain[channel] * largest + shift[channel])
                    }
                }
            }
        }
    }
}
