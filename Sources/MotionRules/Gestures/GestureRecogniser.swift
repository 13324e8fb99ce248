package import Skeleton

/// Finds gestures by rule, for everyone in the picture.
package struct GestureRecogniser: Sendable {
    package let gestures: [Gesture]
    private let measures: [Measure]
    private var bodies: [TrackID: Body] = [:]
    private var segments = 0
    private let explains: Bool
    /// What was noted of tracks that have ended.
    private var ended: [GestureTrace] = []

    /// What is remembered of one track.
    private struct Body: Sendable {
        var measurer: Measurer
        /// One entry a variant of a gesture.
        var holds: [GestureHold]
        /// Nil where nobody asks for explanations.
        var trace: GestureTrace?
    }

    /// - Parameter explains: whether to note down what `explanations` tells; gestures are found the same either way.
    package init(gestures: [Gesture], explains: Bool = false) {
        self.gestures = gestures
        self.explains = explains
        measures = gestures.flatMap(\.measures).unique
    }

    /// The begins, updates and ends that this frame brings, in the order of people and gestures.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        var changes: [SegmentChange] = []
        for person in frame.people {
            var body = bodies.removeValue(forKey: person.track) ?? makeBody(of: person.track)
            body.measurer.update(person.pose, aspectRatio: frame.aspectRatio, at: frame.presentationTime)
            body.trace?.append(body.measurer, at: frame.presentationTime)
            for index in body.holds.indices {
                let phase = body.holds[index].update(body.measurer.values, at: frame.presentationTime)
                body.trace?.note(body.holds[index], at: index)
                guard let phase else { continue }
                if phase == .begin {
                    segments += 1
                    body.holds[index].segment = segments
                }
                changes.append(
                    body.holds[index].change(
                        phase, of: person.track, frame: frame.index, at: frame.presentationTime,
                        reason: phase == .end ? .completed : nil))
            }
            bodies[person.track] = body
        }
        return changes
    }

    /// Ends what a track was doing, and forgets the track.
    package mutating func end(
        _ track: TrackID, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        guard let body = bodies.removeValue(forKey: track) else { return [] }
        if let trace = body.trace { ended.append(trace) }
        return body.holds.filter(\.isUnderWay).map {
            $0.change(.end, of: track, frame: frame, at: time, reason: reason)
        }
    }

    /// Ends what everyone was doing, in the order of tracks.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        bodies.keys.sorted().flatMap { end($0, frame: frame, at: time, reason: reason) }
    }

    /// How everyone fared with every gesture so far, each side by itself; empty where nothing was noted down.
    package var explanations: [RuleExplanation] {
        let traces = ended + bodies.keys.sorted().compactMap { bodies[$0]?.trace }
        let variants = gestures.flatMap { gesture in gesture.variants.indices.map { (gesture, $0) } }
        return traces.flatMap { trace in
            variants.enumerated().map { index, way in
                GestureReview(trace, of: way.0, variant: way.1, at: index).explanation
            }
        }
    }

    private func makeBody(of track: TrackID) -> Body {
        Body(
            measurer: Measurer(measures: measures),
            holds: gestures.flatMap { gesture in
                gesture.variants.map { GestureHold(gesture, variant: $0, measures: measures) }
            },
            trace: explains
                ? GestureTrace(track, ways: gestures.map(\.variants.count).reduce(0, +), measures: measures) : nil)
    }
}
