/// A measure's way out and back again, by places in a list of moments.
package struct Excursion: Sendable, Hashable {
    /// Where it last rested.
    package var start: Int
    /// Where it was farthest out.
    package var peak: Int
    /// Where it had come back, turned to go out again, or was lost.
    package var end: Int
    /// Whether the list ended before it had come back.
    package var isOpen: Bool

    /// The excursions of a measure that go at least so far.
    ///
    /// Noise that does not reach half-way back ends none.
    ///
    /// - Parameters:
    ///   - values: one a moment; not a number where unknown.
    ///   - rises: whether out is up.
    ///   - least: how far out it must go, in the measure's unit.
    ///   - patience: how long it may be unknown without being lost.
    package static func all(
        in values: [Float], at times: [Duration], rises: Bool, least: Float, patience: Duration
    ) -> [Excursion] {
        var found: [Excursion] = []
        var foot: Int?
        var open: Excursion?
        /// Where it has come back to since the peak.
        var valley = 0
        var last: Int?
        func out(_ moment: Int) -> Float { rises ? values[moment] : -values[moment] }
        for moment in values.indices where !values[moment].isNaN {
            if let last, times[moment] - times[last] > patience {
                if var lost = open {
                    lost.end = last
                    found.append(lost)
                }
                (open, foot) = (nil, nil)
            }
            last = moment
            guard var current = open else {
                // The last of equal feet: a rest is no part of the way out.
                if foot.map({ out(moment) <= out($0) }) ?? true { foot = moment }
                if let start = foot, out(moment) - out(start) >= least {
                    open = Excursion(
                        start: leaving(start, before: moment, by: (out(moment) - out(start)) / 5, out: out, values),
                        peak: moment, end: moment, isOpen: true)
                    valley = moment
                }
                continue
            }
            let height = out(current.peak) - out(current.start)
            if out(moment) > out(current.peak), out(current.peak) - out(valley) < height / 2 {
                current.peak = moment
                valley = moment
            } else if out(moment) <= out(valley) {
                valley = moment
            }
            current.end = moment
            let isBack = out(moment) <= out(current.start) + height / 4
            let turned = out(current.peak) - out(valley) >= height / 2 && out(moment) - out(valley) >= least
            if isBack || turned {
                current.end = isBack ? moment : valley
                current.isOpen = false
                found.append(current)
                open = nil
                foot = turned && !isBack ? valley : moment
            } else {
                open = current
            }
        }
        if let open { found.append(open) }
        return found
    }

    /// The last moment at which it was still near the foot.
    private static func leaving(
        _ foot: Int, before moment: Int, by margin: Float, out: (Int) -> Float, _ values: [Float]
    ) -> Int {
        (foot..<moment).last { !values[$0].isNaN && out($0) <= out(foot) + margin } ?? foot
    }
}
