import Skeleton

/// Steps everybody through a stream model at its cadence: samples that are due of several people go as one batch.
struct StreamPredictor: ActionPredictor {
    private let watch: StreamWatch
    private var people: [TrackID: StreamPerson] = [:]
    private var due: [TrackID] = []

    init(model: ActionModel) { watch = StreamWatch(model: model, batcher: model.batcher) }

    mutating func take(_ sample: MotionSample, of track: TrackID) {
        if people[track] == nil {
            people[track] = watch.person(sample)
        } else {
            people[track]?.take(sample)
        }
        if people[track]?.isDue == true { due.append(track) }
    }

    mutating func predict(at now: Double, read: (TrackID, Double, [Float]) -> Void) {
        due.sort()
        // Where poses come slower than the model's samples, several are due of one person, one after another.
        while !due.isEmpty {
            watch.step(count: due.count) { index, frame in
                guard var person = people[due[index]] else { preconditionFailure("who is due was taken") }
                let time = person.next(into: frame)
                people[due[index]] = person
                return (time, person.memory)
            } read: { index, time, probabilities in
                read(due[index], time, probabilities)
            }
            due.removeAll { people[$0]?.isDue != true }
        }
    }

    mutating func forget(_ track: TrackID) {
        if let person = people.removeValue(forKey: track) { watch.release(person) }
        due.removeAll { $0 == track }
    }
}
