/// How near one person's motion has come to each taught gesture, moment by moment.
struct ExemplarSearch {
    /// A gesture that may just have ended.
    struct Candidate {
        var gesture: Int
        /// 0 for the example itself, 1 about as far as standing still.
        var cost: Float
        /// In seconds.
        var start: Double
        var end: Double
    }

    private var alignments: [Alignment]
    private var number = 0
    /// Time of each moment and the way until then, by its number, as far back as performances may begin.
    private var past: [(time: Double, way: SIMD8<Double>)] = []
    private var firstOfPast = 0
    /// Performances must begin later than this.
    private var earliest = -Double.infinity

    init(_ set: ExemplarSet) { alignments = set.exemplars.map(Alignment.init) }

    /// Moments are remembered for so long: longer than any exemplar may be stretched.
    private static let mostPast = 1024

    /// The nearest performance of each gesture that ends with this moment; nil for those without.
    mutating func take(_ moment: MotionMoment, in set: ExemplarSet, read: (Candidate) -> Void) {
        past.append((moment.time, moment.way))
        if past.count > 2 * Self.mostPast {
            past.removeFirst(Self.mostPast)
            firstOfPast += Self.mostPast
        }
        for (index, exemplar) in set.exemplars.enumerated() {
            guard let found = alignments[index].take(moment.values, number: number, along: exemplar),
                found.start >= firstOfPast
            else { continue }
            let start = past[found.start - firstOfPast]
            guard start.time > earliest else { continue }
            let cost = found.cost * exemplar.strain(of: moment.way - start.way)
            read(Candidate(gesture: exemplar.gesture, cost: cost, start: start.time, end: moment.time))
        }
        number += 1
    }

    /// What was done until now belongs to a gesture that was told: others begin afterwards.
    mutating func forget(until time: Double) {
        earliest = time
        for index in alignments.indices { alignments[index].reset() }
    }
}
