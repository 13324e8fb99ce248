/// How many moments of a motion a model sees, and how far apart.
package struct ClipSampling: Sendable, Codable, Equatable {
    /// What the frames of a clip span.
    package enum Span: String, Sendable, Codable, CaseIterable {
        /// `seconds` of time, whatever the length of the recording.
        case window
        /// The whole recording from beginning to end; a live stream is seen through a window of `seconds`.
        case whole
        /// Nothing in particular: the model takes frame after frame, `rate` of them a second, from a person's first pose
        /// on. It is trained on sequences of `frames`.
        case stream
    }

    /// T.
    package var frames: Int
    package var span: Span
    /// Seconds from the first to the last frame of a window.
    package var seconds: Double
    /// Where in a window lies the moment its class speaks of, as a share of the window back from its end.
    package var lookBackShare: Double
    /// Of a stream: frames a second.
    package var rate: Double
    /// Whole recordings: what moves slower than this share of the fastest moment is cut off both ends.
    package var trim: Float
    /// Whole recordings: how many slightly different clips of one are classified, and their probabilities averaged.
    package var views: Int

    package init(
        frames: Int, span: Span, seconds: Double, lookBackShare: Double = 0.4, rate: Double = Self.usualRate,
        trim: Float = 0, views: Int = 1
    ) {
        self.frames = frames
        self.span = span
        self.seconds = seconds
        self.lookBackShare = lookBackShare
        self.rate = rate
        self.trim = trim
        self.views = views
    }

    /// A stream of `rate` frames a second, trained on sequences of `frames`.
    package static func stream(frames: Int, rate: Double) -> ClipSampling {
        ClipSampling(frames: frames, span: .stream, seconds: Double(frames - 1) / rate, rate: rate)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            frames: try container.decode(Int.self, forKey: .frames),
            span: try container.decode(Span.self, forKey: .span),
            seconds: try container.decode(Double.self, forKey: .seconds),
            lookBackShare: try container.decodeIfPresent(Double.self, forKey: .lookBackShare) ?? 0.4,
            rate: try container.decodeIfPresent(Double.self, forKey: .rate) ?? Self.usualRate,
            trim: try container.decodeIfPresent(Float.self, forKey: .trim) ?? 0,
            views: try container.decodeIfPresent(Int.self, forKey: .views) ?? 1)
        // The length of a training sequence follows from its frames.
        if span == .stream, rate > 0 { seconds = Double(frames - 1) / rate }
    }

    /// Frames a second of a stream that says none.
    package static let usualRate = 15.0

    private enum CodingKeys: String, CodingKey {
        case frames, span, seconds, rate, trim, views
        case lookBackShare = "look_back"
    }

    /// How long before the end of a window the moment lies that its class speaks of, in seconds.
    package var lookBack: Double { seconds * lookBackShare }

    /// Seconds from one frame of a stream to the next.
    package var period: Double { 1 / rate }

    /// Media times of the frames of a clip that ends at `end`.
    package func times(endingAt end: Double, spanning seconds: Double) -> [Double] {
        (0..<frames).map { end - seconds * Double(frames - 1 - $0) / Double(frames - 1) }
    }
}
