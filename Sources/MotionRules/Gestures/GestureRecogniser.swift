package import Shapes
package import Skeleton

/// Finds gestures by rule, for everyone in the picture.
package struct GestureRecogniser: Sendable {
    package let gestures: [Gesture]
    private let measures: [Measure]
    private var bodies: [TrackID: Body] = [:]
    private var segments = 0
    private let explains: Bool
    /// Of somebody new.
    private let newcomer: Body
    /// Who is in control, where a gesture that takes control was made.
    package private(set) var controller: TrackID?
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

    /// - Parameters:
    ///   - shapes: networks that gestures by hand shape and posture ask; without them those are never found.
    ///   - explains: whether to note down what `explanations` tells; gestures are found the same either way.
    ///   - isPhotograph: whether there is one picture only, in which nothing can be held: what is there begins at once.
    package init(
        gestures: [Gesture], shapes: ShapeModels = .init(), explains: Bool = false, isPhotograph: Bool = false
    ) {
        self.gestures = gestures
        self.explains = explains
        let measures = gestures.flatMap(\.measures).unique
        self.measures = measures
        newcomer = Body(
            measurer: Measurer(measures: measures, shapes: shapes),
            holds: gestures.flatMap { gesture in
                gesture.variants.indices.map {
                    GestureHold(gesture, variant: $0, measures: measures, waits: !isPhotograph)
                }
            })
    }

    /// The begins, updates and ends that this frame brings, in the order of people and gestures.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        var changes: [SegmentChange] = []
        for person in frame.people {
            var body = bodies.removeValue(forKey: person.track) ?? makeBody(of: person.track)
            body.measurer.update(person.pose, aspectRatio: frame.aspectRatio, at: frame.presentationTime)
            body.trace?.append(body.measurer, at: frame.presentationTime)
            for index in body.holds.indices {
                let control = body.holds[index].gesture.control
                let phase = body.holds[index].update(
                    body.measurer.values, at: frame.presentationTime, isAllowed: allows(control, of: person.track))
                body.trace?.note(body.holds[index], at: index)
                guard let phase else { continue }
                if phase == .begin {
                    segments += 1
                    pass(control, of: person.track)
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
        if controller == track { controller = nil }
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

    private func allows(_ control: Gesture.Control?, of track: TrackID) -> Bool {
        switch control {
        case nil: true
        case .takes: controller == nil || controller == track
        case .gives, .needs: controller == track
        }
    }

    /// Control goes where the gesture that has just begun puts it.
    private mutating func pass(_ control: Gesture.Control?, of track: TrackID) {
        if control == .takes { controller = track }
        if control == .gives { controller = nil }
    }

    private func makeBody(of track: TrackID) -> Body {
        var body = newcomer
        if explains { body.trace = GestureTrace(track, ways: newcomer.holds.count, measures: measures) }
        return body
    }
}
