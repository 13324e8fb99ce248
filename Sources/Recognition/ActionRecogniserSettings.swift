/// How readily probabilities become events. Ratios of likelihoods are in nats.
package struct ActionRecogniserSettings: Sendable, Equatable {
    /// A class may begin from this probability on.
    package var threshold: Float = 0.8
    /// How many frames a second count as independent of each other: receptive fields overlap far.
    package var independentRate: Float = 3
    /// The log-likelihood ratio at which an action is over.
    package var endThreshold: Float = 4
    /// The log-likelihood ratio at which another action has followed.
    package var changeThreshold: Float = 10
    /// By how much the log-likelihood of another class must lead over the whole of a segment to become its label.
    package var correctionThreshold: Float = 0.5

    /// Who is out of sight for longer starts anew.
    package static let longestGap = Duration.seconds(1)

    package init() {}

    /// False alarms an hour to put up with where nobody says how many.
    package static let usualFalseAlarmsPerHour = 1.0

    /// Settings under which a model gives at most so many false alarms an hour, by its operating table; those of any model
    /// for one without a table.
    package init(for model: ActionModel, falseAlarmsPerHour: Double? = nil) {
        guard let table = model.operatingTable else { return }
        threshold = table.threshold(falseAlarmsPerHour: falseAlarmsPerHour ?? Self.usualFalseAlarmsPerHour)
    }
}
