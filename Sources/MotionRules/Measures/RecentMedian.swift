/// The middle of what a measure was over the last moments: a single wild frame changes nothing, a turn comes at most half
/// a span late.
struct RecentMedian: Sendable {
    private static let capacity = 16
    /// Oldest first; of more than there is room for, the newest.
    private var times = InlineArray<16, Duration>(repeating: .zero)
    private var values = InlineArray<16, Float>(repeating: 0)
    private var count = 0

    /// How far it looks back.
    private static let span = Duration.milliseconds(150)

    /// The median with this value; nil, and nothing remembered, where the measure is unknown.
    mutating func update(_ measurement: Measurement?, at time: Duration) -> Measurement? {
        guard let measurement else {
            count = 0
            return nil
        }
        var kept = 0
        for index in 0..<count where time - times[index] <= Self.span && (index > 0 || count < Self.capacity) {
            (times[kept], values[kept]) = (times[index], values[index])
            kept += 1
        }
        (times[kept], values[kept]) = (time, measurement.value)
        count = kept + 1
        var sorted = values
        for index in 1..<max(1, count) {
            var place = index
            while place > 0, sorted[place - 1] > sorted[place] {
                sorted.swapAt(place - 1, place)
                place -= 1
            }
        }
        return Measurement(
            value: (sorted[count / 2] + sorted[(count - 1) / 2]) / 2, confidence: measurement.confidence)
    }
}
