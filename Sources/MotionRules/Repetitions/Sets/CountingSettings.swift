/// When repetitions are told.
package struct CountingSettings: Sendable, Hashable {
    /// Whether somebody has said which exercises there are: each repetition of theirs then counts at once. Otherwise it
    /// waits for a second one, for the motion to repeat itself, or for the recogniser to say the same.
    package var exercisesAreGiven = false
    /// Whether motion that no rule knows is counted.
    package var countsUnnamed = true
    /// How many alike ones open a set that no rule knows.
    package var leastUnnamed = 2

    package init() {}

    /// What a set is called that nobody has a name for.
    package static let unnamed = "unnamed"
}
