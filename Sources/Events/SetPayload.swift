package import Skeleton

/// Repetitions of one exercise without a long rest.
package struct SetPayload: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts from 1 per track and exercise.
    package var index: Int
    /// Repetitions so far.
    package var count: Int
    /// Media time of the first repetition's beginning.
    package var start: Duration

    package init(track: TrackID, exercise: String, index: Int, count: Int, start: Duration) {
        self.track = track
        self.exercise = exercise
        self.index = index
        self.count = count
        self.start = start
    }
}
