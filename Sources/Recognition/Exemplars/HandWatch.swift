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
