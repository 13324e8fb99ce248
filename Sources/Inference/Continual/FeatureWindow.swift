/// Which frames of features a prediction is the mean of.
package struct FeatureWindow: Sendable, Equatable {
    /// Of the blocks that give the features.
    package let reach: TemporalReach
    /// Frames of features in a prediction of the step form.
    package let length: Int
    private let isWholeClip: Bool

    /// - Parameters:
    ///   - length: what the architecture says; nil for as many as a clip has.
    ///   - clipFrames: frames of the clips the network is trained on.
    package init(reach: TemporalReach, length: Int?, clipFrames: Int) {
        self.reach = reach
        self.length = length ?? reach.outputFrames(clipFrames)
        isWholeClip = length == nil
    }

    /// Those that stand for a clip: all of them; or with a length given the newest that have seen every frame they look
    /// at, which a step has as well when the clip ends.
    package func ofClip(frames: Int) -> Range<Int> {
        guard !isWholeClip else { return 0..<reach.outputFrames(frames) }
        let end = max(reach.settledOutputs(frames), 1)
        return max(0, end - length)..<end
    }

    /// Those that stand for the moment of one output: it and those before it, fewer at the start of a clip, where the
    /// step form is still warming up.
    package func ofOutput(_ output: Int) -> Range<Int> { max(0, output + 1 - length)..<output + 1 }
}
