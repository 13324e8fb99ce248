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
    /// Where in a window lies the moment its class speaks of, as a share of the window back from its end.
    package var lookBackShare: Double

    package init(frames: Int, span: Span, seconds: Double, lookBackShare: Double = 0.4) {
        self.frames = frames
        self.span = span
        self.seconds = seconds
        self.lookBackShare = lookBackShare
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            frames: try container.decode(Int.self, forKey: .frames),
            span: try container.decode(Span.self, forKey: .span),
            seconds: try container.decode(Double.self, forKey: .seconds),
            lookBackShare: try container.decodeIfPresent(Double.self, forKey: .lookBackShare) ?? 0.4)
    }

    private enum CodingKeys: String, CodingKey {
        case frames, span, seconds
        case lookBackShare = "look_back"
    }

    /// How long before the end of a window the moment lies that its class speaks of, in seconds.
    package var lookBack: Double { seconds * lookBackShare }

    /// Media times of the frames of a clip that ends at `end`.
    package func times(endingAt end: Double, spanning seconds: Double) -> [Double] {
        (0..<frames).map { end - seconds * Double(frames - 1 - $0) / Double(frames - 1) }
    }
}
