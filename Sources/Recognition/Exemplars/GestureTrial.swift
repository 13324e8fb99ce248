package import Skeleton

/// One person's motion as exemplars see it, described once and compared with any number of gestures.
package struct DescribedMotion: Sendable {
    let moments: [MotionMoment]
    /// The same motion as that of two hands.
    let strokes: [HandStroke]
    /// In seconds.
    package let length: Double
}

extension MotionDescriber {
    /// Describes samples of one person, growing in time; the last is held until its moment is known.
    package func describe(_ samples: [MotionSample]) -> DescribedMotion {
        var held = samples
        if let last = samples.last {
            held += stride(from: 0.05, through: delay + 2 * period, by: 0.05).map { last.held(at: last.time + $0) }
        }
        let length = (samples.last?.time ?? 0) - (samples.first?.time ?? 0)
        let body = samples.contains { !$0.seesHandsAlone } ? moments(of: held) : []
        return DescribedMotion(moments: body, strokes: HandStrokes.all(of: held), length: length)
    }
}

/// Tries taught gestures on motion that is described already: what thresholds are chosen by, and what tests ask.
package struct GestureTrial {
    package let set: ExemplarSet
    /// Two lows of a gesture's cost that are nearer than this are one, in seconds.
    private static let apart = 1.5

    package init(_ set: ExemplarSet) { self.set = set }

    /// For each gesture the lows of its cost, apart from each other, lowest first.
    package func lows(in motion: DescribedMotion) -> [[Float]] {
        var found = [[(cost: Float, time: Double)]](repeating: [], count: set.gestures.count)
        var search = ExemplarSearch(set)
        for moment in motion.moments {
            search.take(moment, in: set) { candidate in
                let gesture = candidate.gesture
                if let last = found[gesture].last, candidate.end - last.time < Self.apart {
                    if candidate.cost < last.cost {
                        found[gesture][found[gesture].count - 1] = (candidate.cost, candidate.end)
                    }
                } else {
                    found[gesture].append((candidate.cost, candidate.end))
                }
            }
        }
        for stroke in motion.strokes {
            for candidate in set.handCandidates(of: stroke.paths) {
                found[candidate.gesture].append((candidate.cost, candidate.end))
            }
        }
        return found.map { $0.map(\.cost).sorted() }
    }

    /// A gesture that was told.
    package struct Told: Sendable, Equatable {
        package let name: String
        /// In seconds.
        package let start: Double
        package let end: Double
        /// When it is told, which is later.
        package let known: Double
        /// 0 for the example itself.
        package let cost: Float
    }

    /// What a camera would be told of this motion, in the order of ends.
    package func told(in motion: DescribedMotion) -> [Told] {
        var told: [Told] = []
        func tell(_ candidate: ExemplarSearch.Candidate, at time: Double) {
            told.append(
                Told(
                    name: set.gestures[candidate.gesture].name, start: candidate.start, end: candidate.end,
                    known: time, cost: candidate.cost))
        }
        var watch = ExemplarWatch(set)
        for moment in motion.moments {
            if let gesture = watch.take(moment, in: set) { tell(gesture, at: moment.time + set.delay) }
        }
        if let last = watch.finish() { tell(last, at: (motion.moments.last?.time ?? 0) + set.delay) }
        var hands = HandWatch()
        for stroke in motion.strokes {
            if let gesture = hands.take(stroke, in: set) { tell(gesture, at: gesture.end + HandStrokes.rest) }
        }
        return told.sorted { $0.end < $1.end }
    }
}

extension MotionSample {
    /// The same at another time.
    func held(at time: Double) -> MotionSample {
        var copy = self
        copy.time = time
        return copy
    }
}
