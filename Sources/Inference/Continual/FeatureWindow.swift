/// Which frames of features a prediction is the mean of.
package struct FeatureWindow: Sendable, Equatable {
    /// Of the blocks that give the features.
    package let receptiveField: ReceptiveField
    /// Frames of features in a prediction of the step form.
    package let length: Int
    private let isWholeClip: Bool

    /// - Parameters:
    ///   - length: what the architecture says; nil for as many as a clip has.
    ///   - clipFrames: frames of the clips the network is trained on.
    package init(receptiveField: ReceptiveField, length: Int?, clipFrames: Int) {
        self.receptiveField = receptiveField
        self.length = length ?? receptiveField.outputFrames(clipFrames)
        isWholeClip = length == nil
    }

    /// Those that stand for a clip: all of them; or with a length given the newest that have seen every frame they look
    /// at, which a step has as well when the clip ends.
    package func ofClip(frames: Int) -> Range<Int> {
        guard !isWholeClip else { return 0..<receptiveField.outputFrames(frames) }
        let end = max(receptiveField.settledOutputs(frames), 1)
        return max(0, end - length)..<end
    }

    /// Those that stand for the moment of one output: it and those before it, fewer at the start of a clip, where the
    /// step form is still warming up.
    package func ofOutput(_ output: Int) -> Range<Int> { max(0, output + 1 - length)..<output + 1 }
}
