package import Skeleton

/// Finds taught gestures in a stream of skeletons, for everyone in the picture.
package struct ExemplarRecogniser {
    /// One person: what their body does, and what their hands do whether or not a body is seen.
    private struct Body {
        var trail: MotionDescriber.Trail?
        var watch: ExemplarWatch
        var strokes: HandStrokes?
        var hands = HandWatch()
        /// Of the newest sample.
        var time = -Double.infinity

        init(_ set: ExemplarSet) { watch = ExemplarWatch(set) }
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

    package var isEmpty: Bool { self.set.exemplars.isEmpty && self.set.handExemplars.isEmpty }

    /// The gestures that this frame makes known, each as a begin and an end, in the order of people.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        guard !isEmpty else { return [] }
        var changes: [SegmentChange] = []
        for person in frame.people {
            let sampler = samplers[person.pose.topology] ?? MotionSampler(topology: person.pose.topology)
            samplers[person.pose.topology] = sampler
            let sample = sampler.sampleWithHands(
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
        return finish(&body).flatMap { segment($0, of: track, frame: frame, at: time) }
    }

    /// The same for everyone, in the order of tracks.
    package mutating func finish(frame: Int, at time: Duration) -> [SegmentChange] {
        bodies.keys.sorted().flatMap { end($0, frame: frame, at: time) }
    }

    private mutating func take(_ sample: MotionSample, of track: TrackID) -> [ExemplarSearch.Candidate] {
        var body = bodies.removeValue(forKey: track) ?? Body(set)
        defer { bodies[track] = body }
        // Who is in a frame twice counts once.
        guard sample.time > body.time else { return [] }
        var told: [ExemplarSearch.Candidate] = []
        if sample.time - body.time > Self.longestGap {
            told = finish(&body)
            body = Body(set)
        }
        body.time = sample.time
        if !set.exemplars.isEmpty, !sample.seesHandsAlone {
            var trail = body.trail ?? describer.trail(from: sample)
            body.trail = nil
            trail.take(sample)
            while let moment = describer.next(of: &trail) {
                if let gesture = body.watch.take(moment, in: set) { told.append(gesture) }
            }
            body.trail = trail
        }
        if !set.handExemplars.isEmpty {
            if body.strokes == nil { body.strokes = HandStrokes(from: sample) } else { body.strokes?.take(sample) }
            while let stroke = body.strokes?.next() {
                if let gesture = body.hands.take(stroke, in: set) { told.append(gesture) }
            }
        }
        return told
    }

    /// What somebody was doing when nothing more is seen of them.
    private func finish(_ body: inout Body) -> [ExemplarSearch.Candidate] {
        if let trail = body.trail { describer.release(trail) }
        body.trail = nil
        let stroke = body.strokes?.finish()
        return [body.watch.finish(), stroke.flatMap { body.hands.take($0, in: set) }].compactMap { $0 }
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
