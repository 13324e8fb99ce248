/// Where in its life something that lasts is: it begins once, may be updated, and always ends.
package enum Phase: String, Sendable, Hashable, CaseIterable {
    case begin, update, end
}

/// Why something that lasted ended.
package enum EndReason: String, Sendable, Hashable, CaseIterable {
    /// It ran its course.
    case completed
    /// The person was lost for longer than the tracker's patience.
    case trackEnded = "track_ended"
    /// The camera gave no picture for longer than the tracker's patience.
    case cameraLost = "camera_lost"
    /// The machine was too slow: so many pictures were dropped that the person could not be followed.
    case starved
    /// The file or stream came to its end.
    case sourceEnded = "source_ended"
    /// The user stopped Laban.
    case stopped
    /// Another version of the model took its place.
    case modelReplaced = "model_replaced"
    /// The gestures that are looked for changed.
    case rulesReplaced = "rules_replaced"
    /// The camera or the pipeline failed.
    case failed
}

/// The begin, an update or the end of a segment: how stages report actions, gestures, interactions and presence.
@dynamicMemberLookup
package struct SegmentChange: Sendable, Equatable {
    package var phase: Phase
    /// What begins, goes on or ends; its members are the change's own.
    package var content: Segment
    /// The same number from begin to end; counts from 1 within the stage that reports.
    package var segment: Int
    /// Index of the frame that led to this report.
    package var frame: Int
    /// Media time of that frame.
    package var presentationTime: Duration
    /// Set on `end` only.
    package var reason: EndReason?

    /// What goes on is reported anew after this time.
    package static let updateInterval = Duration.seconds(1)

    package init(
        _ phase: Phase, of content: Segment, segment: Int, frame: Int, presentationTime: Duration,
        reason: EndReason? = nil
    ) {
        self.phase = phase
        self.content = content
        self.segment = segment
        self.frame = frame
        self.presentationTime = presentationTime
        self.reason = reason
    }

    package init(
        phase: Phase, track: TrackID, label: String, confidence: Float, segment: Int, frame: Int,
        presentationTime: Duration, start: Duration, end: Duration? = nil, reason: EndReason? = nil,
        mayBeSwappedWith: [TrackID]? = nil, joints: JointShares? = nil
    ) {
        self.init(
            phase,
            of: Segment(
                track: track, label: label, confidence: confidence, start: start, end: end, joints: joints,
                mayBeSwappedWith: mayBeSwappedWith),
            segment: segment, frame: frame, presentationTime: presentationTime, reason: reason)
    }

    package subscript<Value>(dynamicMember member: WritableKeyPath<Segment, Value>) -> Value {
        get { content[keyPath: member] }
        set { content[keyPath: member] = newValue }
    }
}
