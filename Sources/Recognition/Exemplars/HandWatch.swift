/// Tells from one person's strokes which gestures that were taught with hands alone were made: when the hands come to rest,
/// the one furthest under its threshold.
struct HandWatch {
    /// What was done until then belongs to a gesture that was told.
    private var earliest = -Double.infinity

    /// Takes the next stroke; the gesture it was, if it was one.
    mutating func take(_ stroke: HandStroke, in set: ExemplarSet) -> ExemplarSearch.Candidate? {
        let paths = stroke.paths.filter { $0.start >= earliest }
        let best = set.handCandidates(of: paths).min { set.share($0) < set.share($1) }
        guard let best, set.share(best) < 1 else { return nil }
        earliest = best.end
        return best
    }
}

extension ExemplarSet {
    /// The nearest performance of each gesture that was taught with hands alone, among these paths.
    func handCandidates(of paths: [HandPath]) -> [ExemplarSearch.Candidate] {
        var best: [Int: ExemplarSearch.Candidate] = [:]
        for path in paths {
            for exemplar in handExemplars {
                let cost = exemplar.cost(of: path)
                guard cost < best[exemplar.gesture]?.cost ?? .infinity else { continue }
                best[exemplar.gesture] = .init(
                    gesture: exemplar.gesture, cost: cost, start: path.start, end: path.end)
            }
        }
        return best.values.sorted { $0.gesture < $1.gesture }
    }
}
