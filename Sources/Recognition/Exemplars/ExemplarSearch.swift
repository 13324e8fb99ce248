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
    /// Time of each moment by its number, as far back as performances may begin.
    private var times: [Double] = []
    private var firstTime = 0
    /// Performances must begin later than this.
    private var earliest = -Double.infinity

    init(_ set: ExemplarSet) { alignments = set.exemplars.map(Alignment.init) }

    /// Moments are remembered for so long: longer than any exemplar may be stretched.
    private static let mostTimes = 1024

    /// The nearest performance of each gesture that ends with this moment; nil for those without.
    mutating func take(_ moment: MotionMoment, in set: ExemplarSet, read: (Candidate) -> Void) {
        times.append(moment.time)
        if times.count > 2 * Self.mostTimes {
            times.removeFirst(Self.mostTimes)
            firstTime += Self.mostTimes
        }
        for (index, exemplar) in set.exemplars.enumerated() {
            guard let found = alignments[index].take(moment.values, number: number, along: exemplar),
                found.start >= firstTime
            else { continue }
            let start = times[found.start - firstTime]
            guard start > earliest else { continue }
            read(Candidate(gesture: exemplar.gesture, cost: found.cost, start: start, end: moment.time))
        }
        number += 1
    }

    /// What was done until now belongs to a gesture that was told: others begin afterwards.
    mutating func forget(until time: Double) {
        earliest = time
        for index in alignments.indices { alignments[index].reset() }
    }
}
