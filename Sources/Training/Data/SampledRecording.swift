package import Recognition
package import Recordings
package import Skeleton

/// A recording as a model's input sees it, frame by frame: what classifies clips and what watches cameras both go on from here.
package struct SampledRecording: Sendable {
    /// One frame; of a person who is not seen there are no samples.
    package struct Frame: Sendable {
        package var index: Int
        package var time: Duration
        /// The person's body, or each of their hands.
        package var samples: [(side: HandPose.Side?, sample: ActionSample)]
    }

    package var frames: [Frame]

    package init(_ recording: Recording, input: ActionInput) {
        var sampler = ActionSampler(input)
        frames = recording.frames().map { frame in
            let time = frame.presentationTime
            let samples = frame.people.flatMap {
                sampler.samples(of: $0.pose, at: time.inSeconds, aspectRatio: frame.aspectRatio)
            }
            return Frame(index: frame.index, time: time, samples: samples)
        }
    }

    /// What there is of each subject; samples grow in time.
    package var subjects: [(side: HandPose.Side?, samples: [ActionSample])] {
        var found: [HandPose.Side?: [ActionSample]] = [:]
        for (side, sample) in frames.lazy.flatMap(\.samples) {
            guard found[side]?.last.map({ $0.time < sample.time }) ?? true else { continue }
            found[side, default: []].append(sample)
        }
        return found.sorted { ($0.key?.rawValue ?? "") < ($1.key?.rawValue ?? "") }.map { ($0.key, $0.value) }
    }

    /// From the first to the last sample, in seconds; nil without any.
    var seconds: ClosedRange<Double>? {
        let times = frames.lazy.flatMap(\.samples).map(\.sample.time)
        guard let first = times.min(), let last = times.max() else { return nil }
        return first...last
    }

    /// Whether some subject is seen in two frames or more.
    var isSeenTwice: Bool { subjects.contains { $0.samples.count > 1 } }

    /// Edits the person's motion as a whole. Who is not seen afterwards has no sample.
    ///
    /// - Parameter edit: keeps the number of samples.
    mutating func editMotion(_ edit: (inout [MotionSample]) -> Void) {
        var places: [Int] = []
        var motion: [MotionSample] = []
        for (place, frame) in frames.enumerated() {
            guard case .motion(let sample)? = frame.samples.first?.sample else { continue }
            places.append(place)
            motion.append(sample)
        }
        edit(&motion)
        precondition(motion.count == places.count, "an edit keeps the number of samples")
        for (place, sample) in zip(places, motion) {
            frames[place].samples = sample.seen == 0 ? [] : [(nil, .motion(sample))]
        }
    }
}
