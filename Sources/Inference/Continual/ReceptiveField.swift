/// How far a layer, or several one after the other, look along time.
package struct ReceptiveField: Sendable, Equatable {
    /// Input frames that shape one output frame.
    package var size: Int
    /// Frames that must follow an input frame before the output that speaks of it is there.
    package var delay: Int
    /// Input frames from one output frame to the next.
    package var stride: Int

    /// Looks at each frame alone.
    package static let frame = ReceptiveField(size: 1, delay: 0, stride: 1)

    package init(size: Int, delay: Int, stride: Int) {
        self.size = size
        self.delay = delay
        self.stride = stride
    }

    /// Of a convolution along time.
    ///
    /// - Parameter lookAhead: frames that come after the frame its output speaks of; half of them when nil.
    package init(kernel: Int, stride: Int = 1, dilation: Int = 1, lookAhead: Int? = nil) {
        let span = (kernel - 1) * dilation
        self.init(
            size: span + 1, delay: lookAhead ?? (kernel - 1) / 2 * dilation, stride: stride)
    }

    /// Frames of the receptive field that come before the frame an output speaks of.
    package var lookBack: Int { size - 1 - delay }

    /// Of this and then `next`.
    package func followed(by next: ReceptiveField) -> ReceptiveField {
        ReceptiveField(
            size: size + (next.size - 1) * stride, delay: delay + next.delay * stride,
            stride: stride * next.stride)
    }

    /// Output frames of a clip.
    package func outputFrames(_ frames: Int) -> Int { (frames - 1) / stride + 1 }

    /// Output frames of a clip that have seen every frame they look at; those after them have seen zeros beyond its end.
    package func settledOutputs(_ frames: Int) -> Int { frames > delay ? outputFrames(frames - delay) : 0 }

    /// The input frame that an output speaks of; in step form it is there `delay` frames later.
    package func inputFrame(of output: Int) -> Int { output * stride }

    /// The output that is finished when input frame `time` comes, if there is one.
    func output(at time: Int) -> Int? {
        let frame = time - delay
        return frame >= 0 && frame % stride == 0 ? frame / stride : nil
    }
}
