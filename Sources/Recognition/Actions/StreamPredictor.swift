import Skeleton

/// Steps everybody through a stream model at its cadence: samples that are due of several people go as one batch.
struct StreamPredictor: ActionPredictor {
    private let stepper: StreamStepper
    private var people: [TrackID: StreamPerson] = [:]
    private var due: [TrackID] = []

    init(model: ActionModel) { stepper = StreamStepper(model: model, batcher: model.batcher) }

    mutating func take(_ sample: MotionSample, of track: TrackID) {
        if people[track] == nil {
            people[track] = stepper.person(sample)
        } else {
            people[track]?.take(sample)
        }
        if people[track]?.isDue == true { due.append(track) }
    }

    mutating func predict(at now: Double, read: (TrackID, Double, [Float]) -> Void) {
        due.sort()
        // Where poses come slower than the model's samples, several are due of one person, one after another.
        while !due.isEmpty {
            stepper.step(count: due.count) { index, frame in
                guard let time = people[due[index]]?.next(into: frame), let person = people[due[index]] else {
                    preconditionFailure("who is due was taken")
                }
                return (time, person)
            } read: { index, time, probabilities in
                read(due[index], time, probabilities)
            }
            due.removeAll { people[$0]?.isDue != true }
        }
    }

    mutating func forget(_ track: TrackID) {
        if let person = people.removeValue(forKey: track) { stepper.release(person) }
        due.removeAll { $0 == track }
    }
}
