/// How many moments of a motion a model sees, and how far apart.
package struct ClipSampling: Sendable, Codable, Equatable {
    /// What the frames of a clip span.
    package enum Span: String, Sendable, Codable, CaseIterable {
        /// `seconds` of time, whatever the length of the recording.
        case window
        /// The whole recording from beginning to end; a live stream is seen through a window of `seconds`.
        case whole
    }

    /// T.
    package var frames: Int
    package var span: Span
    /// Seconds from the first to the last frame of a window.
    package var seconds: Double

    package init(frames: Int, span: Span, seconds: Double) {
        self.frames = frames
        self.span = span
        self.seconds = seconds
    }

    /// Media times of the frames of a clip that ends at `end`.
    package func times(endingAt end: Double, spanning seconds: Double) -> [Double] {
        (0..<frames).map { end - seconds * Double(frames - 1 - $0) / Double(frames - 1) }
    }
}
