/// Something that a puppet does wrong on purpose through a set.
package enum PuppetFault: String, Sendable, Hashable, CaseIterable {
    case squatTooShallow = "squat.too_shallow"
    case squatKneesIn = "squat.knees_in"
    case squatLeaning = "squat.leaning_forward"
    case lungeKneeOverToe = "lunge.knee_over_toe"
    case lungeLeaning = "lunge.leaning_forward"
    case pushUpHips = "push_up.hips_out_of_line"
    case legRaiseKnees = "leg_raise.knees_bent"
    case jackArms = "jumping_jack.arms_low"
    case curlLeaning = "bicep_curl.leaning"
    case frontRaiseElbows = "front_raise.bent_arms"
    case lateralRaiseElbows = "lateral_raise.bent_arms"

    private var parts: [Substring] { rawValue.split(separator: ".") }

    package var exercise: PuppetExercise {
        guard let exercise = PuppetExercise(rawValue: String(parts[0])) else {
            preconditionFailure("\(rawValue) begins with the name of an exercise")
        }
        return exercise
    }

    /// The word for it in the exercise's rule.
    package var name: String { String(parts[1]) }

    /// Whether it is seen best from the front.
    package var isSideways: Bool { self == .squatKneesIn || exercise.isSideways }
}
