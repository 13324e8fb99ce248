/// Convolution along time as it runs, each joint for itself, batch normalisation folded in, with the path around the
/// block, rectified.
///
/// In step form an output is begun when the frame it speaks of is there: bias, the path around, and the taps so far.
/// It is finished when its last frame is there. Between the two it waits in memory, so the path around needs no memory
/// of its own. The order of sums is that of the clip form, so both give the same bits.
package struct TemporalLayer: TemporalPart {
    package let joints: Int
    package let inputChannels: Int
    package let outputChannels: Int
    package let kernel: Int
    package let dilation: Int
    package let receptiveField: ReceptiveField
    let product: RowProduct
    private let projects: Bool
    private let addsInput: Bool
    /// Taps that read frames after the one an output speaks of.
    private let laterTaps: Int
    /// Numbers of one hidden frame, which is as large as an output frame.
    private let size: Int

    /// - Parameters:
    ///   - inputChannels: of the block, for the path around it.
    ///   - hiddenChannels: what is convolved.
    ///   - kernel: number of taps.
    ///   - lookAhead: frames of the receptive field after the frame an output speaks of, a multiple of `dilation`; half of
    ///     them when nil.
    ///   - weight: (outputChannels, hiddenChannels, kernel).
    ///   - bias: (outputChannels).
    package init(
        joints: Int, inputChannels: Int, hiddenChannels: Int, outputChannels: Int, kernel: Int, stride: Int,
        dilation: Int, lookAhead: Int? = nil, weight: [Float], bias: [Float], shortcut: Shortcut
    ) {
        precondition(kernel % 2 == 1 || lookAhead != nil, "a centred kernel has an odd number of taps")
        precondition(hiddenChannels == outputChannels, "a hidden frame is as large as an output frame")
        self.joints = joints
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.kernel = kernel
        self.dilation = dilation
        receptiveField = ReceptiveField(kernel: kernel, stride: stride, dilation: dilation, lookAhead: lookAhead)
        laterTaps = receptiveField.delay / dilation
        precondition(
            receptiveField.delay % dilation == 0 && laterTaps < kernel,
            "one tap reads the frame that an output speaks of")
        let width = ProductKernel.padded(outputChannels)
        size = joints * width
        precondition(
            !shortcut.addsInput || inputChannels == outputChannels, "what goes around unchanged has as many channels")
        let around = shortcut.tap(inputChannels: inputChannels)
        addsInput = shortcut.addsInput
        projects = around != nil
        var taps = around.map { [$0] } ?? []
        for tap in 0..<kernel {
            let matrix = (0..<outputChannels * hiddenChannels).map { weight[$0 * kernel + tap] }
            taps.append(RowProduct.Tap(weights: matrix, depth: hiddenChannels, stride: width))
        }
        product = RowProduct(
            outputs: outputChannels, taps: taps, bias: bias,
            isRectified: [Bool](repeating: true, count: outputChannels))
    }

    package var multiplyAdds: Int { product.multiplyAdds * joints }
    package var inputMultiplyAdds: Int { 0 }
    var rowFloats: Int { 0 }
    var taps: Int { product.taps }

    /// Hidden frames that are remembered: as far back as an output's beginning looks, or its end.
    private var hiddenFrames: Int { max(receptiveField.lookBack, receptiveField.delay - dilation) + 1 }
    /// Outputs that are begun and not finished.
    private var waitingOutputs: Int { (receptiveField.delay + receptiveField.stride - 1) / receptiveField.stride }

    package var memoryCount: Int { (hiddenFrames + waitingOutputs) * size }

    func intake(_ memory: UnsafeMutablePointer<Float>, time: Int) -> UnsafeMutablePointer<Float>? {
        memory + time % hiddenFrames * size
    }

    private func waiting(_ memory: UnsafeMutablePointer<Float>, output: Int) -> UnsafeMutablePointer<Float> {
        memory + (hiddenFrames + output % waitingOutputs) * size
    }

    func clip(
        x: FrameBlock, hidden: FrameBlock, mid: UnsafeMutablePointer<Float>, clips: Int, frames: Int, y: FrameBlock,
        scratch: LayerScratch
    ) {
        let outputs = receptiveField.outputFrames(frames)
        let count = clips * outputs
        for index in 0..<count {
            let (clip, output) = index.quotientAndRemainder(dividingBy: outputs)
            let now = receptiveField.inputFrame(of: output)
            let around = UnsafePointer(x.frame(clip * frames + now))
            scratch.addends[index] = around
            if projects { scratch.sources[index] = around }
            for tap in 0..<kernel {
                let frame = now + tap * dilation - receptiveField.lookBack
                scratch.sources[(tap + (projects ? 1 : 0)) * count + index] =
                    (0..<frames).contains(frame) ? UnsafePointer(hidden.frame(clip * frames + frame)) : scratch.zeros
            }
            scratch.targets[index] = y.frame(index)
        }
        product.run(
            frames: count, joints: joints, sources: scratch.sources, addends: addsInput ? scratch.addends : nil,
            targets: scratch.targets)
    }

    func step(_ batch: inout StepBatch, x: FrameBlock, hidden: FrameBlock, y: FrameBlock, scratch: LayerScratch) {
        // Finishing comes first: it frees the place that beginning takes.
        if receptiveField.delay > 0 { finish(batch, y: y, scratch: scratch) }
        begin(batch, x: x, y: y, scratch: scratch)
        batch.keepFinished(receptiveField)
    }

    private func finish(_ batch: StepBatch, y: FrameBlock, scratch: LayerScratch) {
        let count = (0..<batch.count).reduce(0) {
            receptiveField.output(at: batch.people[$1].time) == nil ? $0 : $0 + 1
        }
        var place = 0
        for i in 0..<batch.count {
            let person = batch.people[i]
            guard let output = receptiveField.output(at: person.time) else { continue }
            scratch.addends[place] = UnsafePointer(waiting(person.memory, output: output))
            for tap in 0..<laterTaps {
                let time = person.time - (laterTaps - 1 - tap) * dilation
                scratch.sources[tap * count + place] = intake(person.memory, time: time).map { UnsafePointer($0) }
            }
            scratch.targets[place] = y.frame(place)
            place += 1
        }
        product.run(
            .ending(from: product.taps - laterTaps), frames: count, joints: joints, sources: scratch.sources,
            addends: scratch.addends, targets: scratch.targets)
    }

    private func begin(_ batch: StepBatch, x: FrameBlock, y: FrameBlock, scratch: LayerScratch) {
        let count = (0..<batch.count).reduce(0) { batch.people[$1].time % receptiveField.stride == 0 ? $0 + 1 : $0 }
        let earlier = kernel - 1 - laterTaps
        var place = 0
        for i in 0..<batch.count {
            let person = batch.people[i]
            guard person.time % receptiveField.stride == 0 else { continue }
            let around = UnsafePointer(x.frame(i))
            scratch.addends[place] = around
            if projects { scratch.sources[place] = around }
            for tap in 0...earlier {
                // Before the first frame there are zeros, as in a clip: memory starts with them.
                let time = person.time - (earlier - tap) * dilation
                let frame = time < 0 ? scratch.zeros : intake(person.memory, time: time).map { UnsafePointer($0) }
                scratch.sources[(tap + (projects ? 1 : 0)) * count + place] = frame
            }
            scratch.targets[place] =
                receptiveField.delay > 0
                ? waiting(person.memory, output: person.time / receptiveField.stride) : y.frame(place)
            place += 1
        }
        let taps = earlier + 1 + (projects ? 1 : 0)
        product.run(
            receptiveField.delay > 0 ? .beginning(taps: taps) : .whole, frames: count, joints: joints,
            sources: scratch.sources, addends: addsInput ? scratch.addends : nil, targets: scratch.targets)
    }
}
