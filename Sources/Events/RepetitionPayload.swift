package import Skeleton

/// One counted repetition of an exercise.
package struct RepetitionPayload: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts full ones from 1 per track and exercise; of a partial one, how many full ones there were before.
    package var index: Int
    /// 0…1.
    package var confidence: Float
    /// Media time of its beginning.
    package var start: Duration
    /// Media time of its end; nil where that is the event's presentation time.
    package var end: Duration?
    /// Media time of the turning point.
    package var turningPoint: Duration?
    /// Range of motion of the exercise's leading angle, in degrees.
    package var rangeOfMotion: Float?
    /// How long the way to the turning point took.
    package var down: Duration?
    /// How long the way back took.
    package var up: Duration?
    /// What was wrong with its form.
    package var faults: [Fault] = []
    /// Names of faults that the view does not tell of.
    package var unjudged: [String] = []
    /// Number of its set, from 1 per track; nil when unknown.
    package var set: Int?
    /// Whether it went clearly less far than the others of its set, and is not counted.
    package var isPartial = false
    /// What told it: `rule` or `motion`; nil when unknown.
    package var basis: String?
    /// What the joints rested on during the repetition.
    package var joints: JointShares?

    /// Something wrong with the form, and what shows it.
    package struct Fault: Sendable, Hashable {
        package var name: String
        /// What is wrong, in words.
        package var words: String
        /// Where on the body; nil where it is the whole.
        package var joint: String?
        /// The measure that shows it and its value, in `unit`.
        package var measure: String
        package var value: Double
        package var unit: String
        /// Media time of that value.
        package var time: Duration

        package init(
            name: String, words: String, joint: String?, measure: String, value: Double, unit: String, time: Duration
        ) {
            self.name = name
            self.words = words
            self.joint = joint
            self.measure = measure
            self.value = value
            self.unit = unit
            self.time = time
        }
    }

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
