/// Motions to train on, and some that are kept back.
struct MotionSplit {
    let kept: [LabelledMotion]
    let taken: [LabelledMotion]

    /// Takes evenly spaced clips out of each class; every class keeps at least one.
    init(clipsOf motions: [LabelledMotion], share: Float) {
        var taken = Set<Int>()
        for label in share > 0 ? Set(motions.map(\.label)).sorted() : [] {
            let members = motions.indices.filter { motions[$0].label == label }
            for (place, index) in members.enumerated() {
                let isDue = Int(Float(place + 1) * share) > Int(Float(place) * share)
                if isDue, place > 0 { taken.insert(index) }
            }
        }
        self.init(motions, taken)
    }

    /// Takes all clips of the last people, at least of one, where there are at least four and every class is shown by
    /// somebody else too; evenly spaced clips of each class otherwise.
    init(peopleOf motions: [LabelledMotion], share: Float) {
        let people = Set(motions.compactMap(\.subject)).sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
        let leaving = Set(people.suffix(max(1, Int((share * Float(people.count)).rounded()))))
        let taken = Set(motions.indices.filter { motions[$0].subject.map(leaving.contains) ?? false })
        let labels = Set(motions.indices.filter { !taken.contains($0) }.map { motions[$0].label })
        guard share > 0, people.count >= 4, motions.allSatisfy({ $0.subject != nil && labels.contains($0.label) })
        else {
            self.init(clipsOf: motions, share: share)
            return
        }
        self.init(motions, taken)
    }

    private init(_ motions: [LabelledMotion], _ taken: Set<Int>) {
        kept = motions.indices.filter { !taken.contains($0) }.map { motions[$0] }
        self.taken = taken.sorted().map { motions[$0] }
    }
}
