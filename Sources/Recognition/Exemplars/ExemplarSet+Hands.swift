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
