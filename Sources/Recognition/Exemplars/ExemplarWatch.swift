/// Tells from one person's moments which taught gestures were made: each once its performance has ended, when the cost of
/// the best alignment is under the gesture's threshold and has stopped falling. Of gestures that end together the one
/// furthest under its threshold is told.
struct ExemplarWatch {
    private var search: ExemplarSearch
    /// Under its threshold, and perhaps not at its lowest yet.
    private var pending: ExemplarSearch.Candidate?

    init(_ set: ExemplarSet) { search = ExemplarSearch(set) }

    /// Takes the next moment; the gesture that has ended, if one has.
    mutating func take(_ moment: MotionMoment, in set: ExemplarSet) -> ExemplarSearch.Candidate? {
        var best: ExemplarSearch.Candidate?
        search.take(moment, in: set) { candidate in
            guard set.share(candidate) < 1 else { return }
            if best.map({ set.share(candidate) < set.share($0) }) ?? true { best = candidate }
        }
        guard let before = pending else {
            pending = best
            return nil
        }
        if let best, set.share(best) < set.share(before) {
            pending = best
            return nil
        }
        pending = nil
        search.forget(until: before.end)
        return before
    }

    /// What may have ended when there are no more moments.
    mutating func finish() -> ExemplarSearch.Candidate? {
        defer { pending = nil }
        return pending
    }
}

extension ExemplarSet {
    /// How far under its threshold a candidate is: 1 at it, 0 for the example itself.
    func share(_ candidate: ExemplarSearch.Candidate) -> Float {
        candidate.cost / gestures[candidate.gesture].threshold
    }
}
