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
    /// Whole recordings: what moves slower than this share of the fastest moment is cut off both ends.
    package var trim: Float
    /// Whole recordings: how many slightly different clips of one are classified, and their probabilities averaged.
    package var views: Int

    package init(
        frames: Int, span: Span, seconds: Double, lookBackShare: Double = 0.4, trim: Float = 0, views: Int = 1
    ) {
        self.frames = frames
        self.span = span
        self.seconds = seconds
        self.lookBackShare = lookBackShare
        self.trim = trim
        self.views = views
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            frames: try container.decode(Int.self, forKey: .frames),
            span: try container.decode(Span.self, forKey: .span),
            seconds: try container.decode(Double.self, forKey: .seconds),
            lookBackShare: try container.decodeIfPresent(Double.self, forKey: .lookBackShare) ?? 0.4,
            trim: try container.decodeIfPresent(Float.self, forKey: .trim) ?? 0,
            views: try container.decodeIfPresent(Int.self, forKey: .views) ?? 1)
    }

    private enum CodingKeys: String, CodingKey {
        case frames, span, seconds, trim, views
        case lookBackShare = "look_back"
    }

    /// How long before the end of a window the moment lies that its class speaks of, in seconds.
    package var lookBack: Double { seconds * lookBackShare }

    /// Media times of the frames of a clip that ends at `end`.
    package func times(endingAt end: Double, spanning seconds: Double) -> [Double] {
        (0..<frames).map { end - seconds * Double(frames - 1 - $0) / Double(frames - 1) }
    }
}
