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
    /// Another version of the model that judged took its place.
    case modelReplaced = "model_replaced"
    /// The camera or the pipeline failed.
    case failed
}

/// The begin, an update or the end of a labelled segment of one track: how recognisers report actions, gestures and
/// the presence of a person.
package struct SegmentChange: Sendable, Equatable {
    package var phase: Phase
    package var track: TrackID
    package var label: String
    /// Calibrated probability where the source has one, else a degree of membership, 0…1.
    package var confidence: Float
    /// The same number from begin to end; counts from 1 within the stage that reports.
    package var segment: Int
    /// Index of the frame that led to this report.
    package var frame: Int
    /// Media time of that frame.
    package var presentationTime: Duration
    /// Media time at which the segment is judged to have begun; at or before the begin's presentation time.
    package var start: Duration
    /// On `end`: media time at which the segment is judged to have ended; nil when that is the presentation time.
    package var end: Duration?
    /// Set on `end` only.
    package var reason: EndReason?
    /// Of a person's presence: the tracks that this one may have been exchanged with, for all that could be seen; nil
    /// when that can be excluded, empty when it may be with somebody who had no track.
    package var mayBeSwappedWith: [TrackID]?
    /// What the joints rested on from the start until now; nil when unknown.
    package var joints: JointShares?

    package init(
        phase: Phase, track: TrackID, label: String, confidence: Float, segment: Int, frame: Int,
        presentationTime: Duration, start: Duration, end: Duration? = nil, reason: EndReason? = nil,
        mayBeSwappedWith: [TrackID]? = nil, joints: JointShares? = nil
    ) {
        self.phase = phase
        self.track = track
        self.label = label
        self.confidence = confidence
        self.segment = segment
        self.frame = frame
        self.presentationTime = presentationTime
        self.start = start
        self.end = end
        self.reason = reason
        self.mayBeSwappedWith = mayBeSwappedWith
        self.joints = joints
    }
}
