/// How readily probabilities become events.
package struct ActionRecogniserSettings: Sendable, Equatable {
    /// Window models: time between two predictions for one person.
    package var hop: Duration = .milliseconds(200)
    /// Window models: time a person must have been seen before the first prediction. Stream models warm up by themselves.
    package var warmUp: Duration = .seconds(1)
    /// Window models: time constant of the smoothing of probabilities.
    package var smoothing: Duration = .milliseconds(500)
    /// A class may begin from this probability on, smoothed with window models.
    package var enter: Float = 0.5
    /// Window models: a segment ends below this smoothed probability.
    package var leave: Float = 0.3
    /// Window models: how long a class must lead before its segment begins.
    package var minimumDuration: Duration = .milliseconds(200)
    /// Window models: for so long another class must lead until it takes an open segment's place; one that is not sure anyway goes at
    /// once.
    package var takeover: Duration = .milliseconds(400)
    /// Window models: for so long after a begin was reported, a class that takes over corrects the segment's label; later it begins a
    /// segment of its own.
    package var correction: Duration = .seconds(1)
    /// How the predictions of stream models become segments.
    package var stream = Stream()
    /// Time between two updates of a segment that goes on.
    package var updateInterval: Duration = .seconds(1)
    /// A person unseen for longer starts anew.
    package var longestGap: Duration = .seconds(1)

    /// Evidence is summed up frame by frame, in nats.
    package struct Stream: Sendable, Equatable {
        /// How many frames a second count as witnesses of their own.
        package var evidence: Float = 3
        /// What it takes to believe that an action is over.
        package var ending: Float = 4
        /// What it takes to believe that another action has followed.
        package var change: Float = 10
        /// By how much another class must lead over the whole of a segment to become its label.
        package var correction: Float = 0.5

        package init() {}
    }

    package init() {}

    /// Settings under which a model gives at most so many false alarms an hour, by its operating table; a model without
    /// one, or without a limit, is taken at the usual thresholds of its kind.
    package init(for model: ActionModel, falseAlarmsPerHour: Double? = nil) {
        // A stream model is asked ten times a second, and has as many chances to be sure of what is not there.
        if model.description.sampling.span == .stream { setThreshold(0.8) }
        guard let falseAlarmsPerHour, let table = model.description.operatingTable else { return }
        setThreshold(table.threshold(falseAlarmsPerHour: falseAlarmsPerHour))
    }

    /// A class begins from this probability on, and ends well below it.
    package mutating func setThreshold(_ threshold: Float) {
        enter = threshold
        leave = min(0.3, 0.6 * threshold)
    }
}
