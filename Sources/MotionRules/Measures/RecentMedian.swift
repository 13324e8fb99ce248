/// The middle of what a measure was over the last moments: a single wild frame changes nothing, a turn comes at most half
/// a span late.
struct RecentMedian: Sendable {
    private var samples: [(time: Duration, value: Float)] = []
    private var sorted: [Float] = []

    /// How far it looks back.
    private static let span = Duration.milliseconds(150)

    /// The median with this value; nil, and nothing remembered, where the measure is unknown.
    mutating func update(_ measurement: Measurement?, at time: Duration) -> Measurement? {
        guard let measurement else {
            samples.removeAll(keepingCapacity: true)
            return nil
        }
        samples.removeAll { time - $0.time > Self.span }
        samples.append((time, measurement.value))
        sorted.removeAll(keepingCapacity: true)
        for sample in samples { sorted.append(sample.value) }
        sorted.sort()
        return Measurement(
            value: (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2, confidence: measurement.confidence)
    }
}
