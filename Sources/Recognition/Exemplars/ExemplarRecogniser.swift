package import Skeleton

/// Finds taught gestures in a stream of skeletons, for everyone in the picture.
package struct ExemplarRecogniser {
    /// One person.
    private struct Body {
        var trail: MotionDescriber.Trail
        var watch: ExemplarWatch
    }

    private let set: ExemplarSet
    private let describer: MotionDescriber
    private var samplers: [SkeletonTopology: MotionSampler] = [:]
    private var bodies: [TrackID: Body] = [:]
    private var segments = 0

    /// Who was out of sight for longer starts anew.
    private static let longestGap = 1.0

    package init(_ set: ExemplarSet) {
        self.set = set
        describer = MotionDescriber(model: set.model)
    }

    package var isEmpty: Bool { self.set.exemplars.isEmpty }

    /// The gestures that this frame makes known, each as a begin and an end, in the order of people.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        guard !isEmpty else { return [] }
        var changes: [SegmentChange] = []
        for person in frame.people {
            let sampler = samplers[person.pose.topology] ?? MotionSampler(topology: person.pose.topology)
            samplers[person.pose.topology] = sampler
            let sample = sampler.sample(
                person.pose, at: frame.presentationTime.inSeconds, aspectRatio: frame.aspectRatio)
            guard sample.seen != 0 else { continue }
            for told in take(sample, of: person.track) {
                changes += segment(told, of: person.track, frame: frame.index, at: frame.presentationTime)
            }
        }
        return changes
    }

    /// What a track was doing and is over; forgets the track.
    package mutating func end(_ track: TrackID, frame: Int, at time: Duration) -> [SegmentChange] {
        guard var body = bodies.removeValue(forKey: track) else { return [] }
        describer.release(body.trail)
        return body.watch.finish().map { segment($0, of: track, frame: frame, at: time) } ?? []
    }

    /// The same for everyone, in the order of tracks.
    package mutating func finish(frame: Int, at time: Duration) -> [SegmentChange] {
        bodies.keys.sorted().flatMap { end($0, frame: frame, at: time) }
    }

    private mutating func take(_ sample: MotionSample, of track: TrackID) -> [ExemplarSearch.Candidate] {
        guard var body = bodies.removeValue(forKey: track) else {
            bodies[track] = Body(trail: describer.trail(from: sample), watch: ExemplarWatch(set))
            return []
        }
        defer { bodies[track] = body }
        // Who is in a frame twice counts once.
        guard sample.time > body.trail.newest.time else { return [] }
        if sample.time - body.trail.newest.time > Self.longestGap {
            describer.release(body.trail)
            let last = body.watch.finish()
            body = Body(trail: describer.trail(from: sample), watch: ExemplarWatch(set))
            return [last].compactMap { $0 }
        }
        body.trail.take(sample)
        var told: [ExemplarSearch.Candidate] = []
        while let moment = describer.next(of: &body.trail) {
            if let gesture = body.watch.take(moment, in: set) { told.append(gesture) }
        }
        return told
    }

    private mutating func segment(
        _ told: ExemplarSearch.Candidate, of track: TrackID, frame: Int, at time: Duration
    ) -> [SegmentChange] {
        segments += 1
        let confidence = 1 - 0.5 * set.share(told)
        return [Phase.begin, .end].map { phase in
            SegmentChange(
                phase: phase, track: track, label: set.gestures[told.gesture].name, confidence: confidence,
                segment: segments, frame: frame, presentationTime: time, start: Duration(clampingSeconds: told.start),
                end: phase == .end ? Duration(clampingSeconds: told.end) : nil,
                reason: phase == .end ? .completed : nil)
        }
    }
}
