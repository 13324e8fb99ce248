/// A moment of a video that a sheet of pictures might show.
package struct Moment: Sendable, Hashable {
    /// In seconds.
    package var time: Double
    /// How much happens, from 0.
    package var weight: Double
    /// What happens; of what happens often, each is worth less.
    package var label: String

    package init(time: Double, weight: Double, label: String) {
        self.time = time
        self.weight = weight
        self.label = label
    }

    /// The moments that tell most: those in which much happens, spread over the time and over what happens.
    ///
    /// One after another goes the one that is missed least: by its weight, by how close its neighbours are, and by how often the
    /// like of it is there.
    ///
    /// - Returns: at most `count` places in `moments`, in the order of their times.
    package static func choice(of moments: [Moment], count: Int) -> [Int] {
        var kept = moments.indices.sorted { (moments[$0].time, $0) < (moments[$1].time, $1) }
        guard let first = kept.first, let last = kept.last, kept.count > count else { return kept }
        // Further apart than evenly spread is no better.
        let enough = max((moments[last].time - moments[first].time) / Double(max(count, 1)), 1e-6)
        while kept.count > count {
            let alike = Dictionary(grouping: kept) { moments[$0].label }.mapValues { Double($0.count) }
            let values = kept.indices.map { place -> (value: Double, weight: Double) in
                let own = moments[kept[place]]
                let before = place > 0 ? own.time - moments[kept[place - 1]].time : nil
                let after = place + 1 < kept.count ? moments[kept[place + 1]].time - own.time : nil
                let gap = min(Self.mean(before ?? enough, after ?? enough), enough) / enough
                return (own.weight * gap * gap / (alike[own.label] ?? 1).squareRoot(), own.weight)
            }
            kept.remove(at: values.indices.min { values[$0] < values[$1] } ?? 0)
        }
        return kept
    }

    /// The harmonic mean of how far the neighbours are: little where one of them is close, whatever the other.
    private static func mean(_ before: Double, _ after: Double) -> Double {
        before + after > 0 ? 2 * before * after / (before + after) : 0
    }
}
