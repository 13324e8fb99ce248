/// Keeps a training to so many clips of each class, of everybody as evenly as can be.
struct ClipLimit {
    private let clips: Int

    /// - Parameter clips: of a class; 0 for all.
    init(_ clips: Int) { self.clips = clips }

    /// By turns a clip of each person, in the order in which they are; those kept stay in their order.
    func motions(_ motions: [LabelledMotion]) -> [LabelledMotion] {
        guard clips > 0 else { return motions }
        var kept = Set<Int>()
        for members in Dictionary(grouping: motions.indices, by: { motions[$0].label }).values {
            var turns: [String?: Int] = [:]
            let ordered = members.map { index -> (turn: Int, index: Int) in
                let turn = turns[motions[index].subject, default: 0]
                turns[motions[index].subject] = turn + 1
                return (turn, index)
            }.sorted { ($0.turn, $0.index) < ($1.turn, $1.index) }
            kept.formUnion(ordered.prefix(clips).map(\.index))
        }
        return motions.indices.filter(kept.contains).map { motions[$0] }
    }
}

extension Recipe {
    /// The motions that are trained on of these, where the recipe limits how many there are of a class.
    package func limited(_ motions: [LabelledMotion]) -> [LabelledMotion] { ClipLimit(clipsPerClass).motions(motions) }
}
