package import Skeleton

/// One counted repetition of an exercise.
package struct RepetitionPayload: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts from 1 per track and exercise.
    package var index: Int
    /// 0…1.
    package var confidence: Float
    /// Media time of its beginning; the event's presentation time is its end.
    package var start: Duration
    /// Media time of the turning point.
    package var turningPoint: Duration?
    /// Range of motion of the exercise's leading angle, in degrees.
    package var rangeOfMotion: Float?
    /// How long the way to the turning point took.
    package var down: Duration?
    /// How long the way back took.
    package var up: Duration?
    /// What the joints rested on during the repetition.
    package var joints: JointShares?

    package init(
        track: TrackID, exercise: String, index: Int, confidence: Float = 1, start: Duration,
        turningPoint: Duration? = nil, rangeOfMotion: Float? = nil, down: Duration? = nil, up: Duration? = nil,
        joints: JointShares? = nil
    ) {
        self.track = track
        self.exercise = exercise
        self.index = index
        self.confidence = confidence
        self.start = start
        self.turningPoint = turningPoint
        self.rangeOfMotion = rangeOfMotion
        self.down = down
        self.up = up
        self.joints = joints
    }
}
