/// When repetitions are told.
package struct CountingSettings: Sendable, Hashable {
    /// Whether somebody has said which exercises there are: each repetition of theirs then counts at once. Otherwise it
    /// waits for others, for the motion to repeat itself, or for the recogniser to say the same.
    package var exercisesAreGiven = false
    /// The exercise that is done, where somebody has said so: whatever repeats itself is taken for it.
    package var onlyExercise: String?
    /// Whether motion that neither a rule nor the recogniser has a name for is counted.
    package var countsUnnamed = false
    /// How many alike ones open a set by motion alone.
    package var leastAlike = 3
    /// How many visits of a rule's phases, alike, open a set where their motion repeats itself; one does where motion
    /// alone would open a set.
    package var leastVisits = 2
    /// How many visits of a rule's phases open a set although its motion was not found to repeat itself.
    package var leastByRule = 4
    /// Actions of the recogniser that are exercises: repeated motion meanwhile is counted by their name, with a rule or
    /// without.
    package var exerciseActions: Set<String> = [
        "squat", "push_up", "sit_up", "jumping_jack", "lunge", "side_lunge", "leg_raise",
    ]
    /// Actions in which no exercise begins.
    package var otherActions: Set<String> = ["walk", "run", "jump", "wave", "clap", "kick", "punch", "fall", "get_up"]

    /// Quiet enough for cameras that see anything.
    package init() {}

    /// For where people work out: whatever repeats itself counts, from the second time.
    package static var workout: CountingSettings {
        var settings = CountingSettings()
        settings.countsUnnamed = true
        settings.leastAlike = 2
        settings.leastVisits = 1
        settings.leastByRule = 2
        return settings
    }

    /// For where these exercises are done and no others.
    ///
    /// - Parameters:
    ///   - exercises: those that are repeated.
    ///   - holds: those that are held.
    package static func given(_ exercises: [String], holds: [String] = []) -> CountingSettings {
        var settings = CountingSettings.workout
        settings.countsUnnamed = false
        settings.exercisesAreGiven = true
        settings.onlyExercise = exercises.count == 1 && holds.isEmpty ? exercises[0] : nil
        settings.exerciseActions.formIntersection(exercises)
        return settings
    }

    /// What a set is called that nobody has a name for.
    package static let unnamed = "unnamed"
}
