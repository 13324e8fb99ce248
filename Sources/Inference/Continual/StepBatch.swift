/// A person in the middle of a step.
struct StepPerson {
    /// What the layer at hand remembers of the person.
    var memory: UnsafeMutablePointer<Float>
    /// The number of the frame that the layer at hand gets, from 0.
    var time: Int
    /// Which of the people that were given.
    let index: Int
}

/// The people whose frames go through a layer together. A layer takes those out for whom nothing comes out of it.
struct StepBatch {
    let people: UnsafeMutablePointer<StepPerson>
    var count: Int

    /// Keeps those for whom `receptiveField` has an output at their time, which becomes their time.
    mutating func keepFinished(_ receptiveField: ReceptiveField) {
        var kept = 0
        for i in 0..<count {
            guard let output = receptiveField.output(at: people[i].time) else { continue }
            people[kept] = people[i]
            people[kept].time = output
            kept += 1
        }
        count = kept
    }

    /// Moves on to what the next layer remembers.
    func advanceMemory(by floats: Int) {
        for i in 0..<count { people[i].memory += floats }
    }
}
