/// What kind of place repetitions are counted in.
package enum CountingPlace: String, CaseIterable, Sendable, Hashable {
    /// Anything may be done here, so few false repetitions matter most.
    case everyday
    /// People come here to exercise.
    case workout

    package var settings: CountingSettings {
        switch self {
        case .everyday: CountingSettings()
        case .workout: .workout
        }
    }
}
