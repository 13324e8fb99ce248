import Skeleton

/// How the measure of an exercise's range went of late: from it follows when a repetition truly began, turned and ended.
///
/// Phases are left late and come back to early, since thresholds leave room. The way itself is seen from a tenth of it on;
/// what lies before is extended by how long it took from a tenth to a quarter, which fits limbs that start and stop gently.
struct RangeCourse: Sendable {
    /// A way out and back, as it was.
    struct Way: Sendable {
        var start: Duration
        var turningPoint: Duration
        var end: Duration
        /// Between rest and turning point.
        var range: Float
    }

    private struct Sample: Sendable {
        var time: Duration
        var value: Float
    }

    private let rises: Bool
    private var samples: [Sample] = []

    /// Middle values are taken over this long around each moment.
    private static let span = Duration.milliseconds(50)
    /// How long before the first phase was left a repetition may have begun.
    private static let lead = Duration.milliseconds(1200)
    /// The time from the beginning to a tenth of the way, over that from there to a quarter: 0.7 to 2.2 for joints that
    /// are moved smoothly (minimum jerk, half a cosine), driven directly or as the middle of a limb.
    private static let onset = 1.4

    init(rises: Bool) { self.rises = rises }

    /// - Parameter horizon: what is older is forgotten.
    mutating func append(_ value: Float, at time: Duration, horizon: Duration) {
        if samples.isEmpty { samples.reserveCapacity(128) }
        if samples.count > 64, samples[32].time < horizon { samples.removeFirst(32) }
        samples.append(Sample(time: time, value: rises ? value : -value))
    }

    /// The way out and back that the first phase was left for at a time; nil where too little was seen of it.
    ///
    /// - Parameters:
    ///   - bound: when the one before ended.
    ///   - isBack: whether the way back is over, so that where it led is rest.
    func way(from left: Duration, after bound: Duration, isBack: Bool) -> Way? {
        guard let first = samples.firstIndex(where: { $0.time >= left - Self.lead }), samples.count - first >= 3 else {
            return nil
        }
        let course = smooth(from: first)
        let begin = course.firstIndex { $0.time >= left } ?? 0
        guard let peak = course.indices.dropFirst(begin).max(by: { course[$0].value < course[$1].value }) else {
            return nil
        }
        let top = course[peak].value
        let before = Self.rest(course[...peak].reversed(), below: top)
        let after = Self.rest(Array(course[peak...]), below: top)
        let range = top - min(before, after)
        guard range > 0, top > before else { return nil }
        let out = Side(course[...peak].reversed(), from: top, to: before)
        let back = Side(Array(course[peak...]), from: top, to: isBack ? after : min(before, after))
        var way = Way(start: left, turningPoint: course[peak].time, end: course[course.count - 1].time, range: range)
        if let a = out.shoulder, let b = back.shoulder { way.turningPoint = Self.turn(between: a, b) }
        if let onset = out.rest(Self.onset) { way.start = max(onset, bound) }
        if let rest = back.rest(Self.onset) { way.end = rest }
        way.start = min(way.start, way.turningPoint)
        way.end = max(way.end, way.turningPoint)
        return way
    }

    /// Where rest is, going away from the top: of all that is nearer to the least value than to the top without a break,
    /// what a quarter is below, so that noise does not make it lower than it is.
    private static func rest(_ course: [Sample], below top: Float) -> Float {
        let least = course.map(\.value).min() ?? top
        let middle = (top + least) / 2
        let valley = course.drop { $0.value > middle }.prefix { $0.value <= middle }.map(\.value).sorted()
        return valley.isEmpty ? least : valley[valley.count / 4]
    }

    /// Where two flanks meet: nearer to the steeper one.
    private static func turn(
        between a: (near: Duration, width: Duration), _ b: (near: Duration, width: Duration)
    ) -> Duration {
        let share = a.width / max(a.width + b.width, .microseconds(1))
        return a.near + (b.near - a.near) * share
    }

    /// Middle values around each moment, so that single wild frames count for nothing and nothing is late.
    private func smooth(from first: Int) -> [Sample] {
        let part = samples[first...]
        var near: [Float] = []
        return part.indices.map { index in
            var low = index
            while low > first, part[index].time - part[low - 1].time <= Self.span { low -= 1 }
            var high = index
            while high + 1 < part.endIndex, part[high + 1].time - part[index].time <= Self.span { high += 1 }
            // As many on either side, or a slope would be shifted at the ends.
            let reach = min(index - low, high - index)
            near.removeAll(keepingCapacity: true)
            for sample in part[index - reach...index + reach] { near.append(sample.value) }
            near.sort()
            return Sample(time: part[index].time, value: near[near.count / 2])
        }
    }

    /// One side of a way, from its top to rest.
    private struct Side {
        /// When it was at 90, 75, 25 and 10 percent, going away from the top; nil where it never was.
        private var times: [Duration?] = []

        init(_ course: [Sample], from top: Float, to rest: Float) {
            for share in [0.9, 0.75, 0.25, 0.1] as [Float] {
                let level = rest + share * (top - rest)
                guard let index = course.firstIndex(where: { $0.value <= level }) else {
                    times.append(nil)
                    continue
                }
                guard index > 0 else {
                    times.append(course[index].time)
                    continue
                }
                let (near, far) = (course[index - 1], course[index])
                let part = near.value > far.value ? (near.value - level) / (near.value - far.value) : 0
                times.append(near.time + (far.time - near.time) * Double(part))
            }
        }

        /// When it is near the top, and how long it then takes for the next part.
        var shoulder: (near: Duration, width: Duration)? {
            guard let near = times[0], let far = times[1] else { return nil }
            return (near, far > near ? far - near : near - far)
        }

        /// When rest begins; what is seen of the way bounds what is added to it.
        func rest(_ onset: Double) -> Duration? {
            guard let top = times[0], let near = times[2], let far = times[3] else { return nil }
            let most = abs((near - top).inSeconds) * 0.4
            return far + .seconds(min(most, max(-most, (far - near).inSeconds * onset)))
        }
    }
}
