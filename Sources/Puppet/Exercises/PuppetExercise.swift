/// An exercise that puppets do in sets; raw values are the names of its rule.
package enum PuppetExercise: String, Sendable, Hashable, CaseIterable {
    case squat, lunge, deadlift
    case pushUp = "push_up"
    case sitUp = "sit_up"
    case legRaise = "leg_raise"
    case jumpingJack = "jumping_jack"
    case bicepCurl = "bicep_curl"
    case frontRaise = "front_raise"
    case lateralRaise = "lateral_raise"

    /// Whether it goes sideways, and is seen best from the front; the others go forward and are seen best from the side.
    package var isSideways: Bool { self == .jumpingJack || self == .lateralRaise }
}
