/// How often a model that is trained here looks, and how long the sequences are that it is trained on.
package struct Cadence: Sendable, Codable, Equatable {
    /// Frames of a training sequence.
    package var frames: Int
    /// Frames a second.
    package var rate: Double

    package init(frames: Int, rate: Double) {
        self.frames = frames
        self.rate = rate
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let span = try container.decodeIfPresent(String.self, forKey: .span) ?? "stream"
        guard span == "stream" else {
            throw DecodingError.dataCorruptedError(
                forKey: .span, in: container,
                debugDescription: "expected \"stream\", since every model goes frame by frame; found \"\(span)\": "
                    + "train this one anew")
        }
        self.init(
            frames: try container.decode(Int.self, forKey: .frames),
            rate: try container.decodeIfPresent(Double.self, forKey: .rate) ?? 15)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(frames, forKey: .frames)
        try container.encode(rate, forKey: .rate)
    }

    private enum CodingKeys: String, CodingKey {
        case frames, rate, span
    }

    /// Seconds from one frame to the next.
    package var period: Double { 1 / rate }

    /// Seconds from the first to the last frame of a training sequence.
    package var seconds: Double { Double(frames - 1) / rate }
}
