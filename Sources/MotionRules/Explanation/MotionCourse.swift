package import Skeleton

/// What one person repeated, as one number over time.
package struct MotionCourse: Sendable {
    package var track: TrackID
    /// Fifteen moments a second, rising.
    package var times: [Duration]
    /// How far all joints were along the direction in which they moved most during a set, in trunk lengths, from 0; not a
    /// number between sets.
    package var values: [Float]
    /// In the order in which they were told, partial ones among them.
    package var repetitions: [Repetition]
    package var sets: [ExerciseSet]
}
