/// How far a layer, or several one after the other, look along time.
package struct TemporalReach: Sendable, Equatable {
    /// Input frames that shape one output frame.
    package var receptiveField: Int
    /// Frames that must follow an input frame before the output centred on it is there.
    package var delay: Int
    /// Input frames from one output frame to the next.
    package var stride: Int

    /// Looks at each frame alone.
    package static let frame = TemporalReach(receptiveField: 1, delay: 0, stride: 1)

    package init(receptiveField: Int, delay: Int, stride: Int) {
        self.receptiveField = receptiveField
        self.delay = delay
        self.stride = stride
    }

    /// Of this and then `next`.
    package func followed(by next: TemporalReach) -> TemporalReach {
        TemporalReach(
            receptiveField: receptiveField + (next.receptiveField - 1) * stride, delay: delay + next.delay * stride,
            stride: stride * next.stride)
    }

    /// Output frames of a clip.
    package func outputFrames(_ frames: Int) -> Int { (frames - 1) / stride + 1 }

    /// The output that is finished when input frame `time` comes, if there is one.
    func output(at time: Int) -> Int? {
        let centre = time - delay
        return centre >= 0 && centre % stride == 0 ? centre / stride : nil
    }
}
