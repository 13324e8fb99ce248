/// How readily probabilities become events.
package struct ActionRecogniserSettings: Sendable, Equatable {
    /// Time between two predictions for one person.
    package var hop: Duration = .milliseconds(200)
    /// Time a person must have been seen before the first prediction.
    package var warmUp: Duration = .seconds(1)
    /// Time constant of the smoothing of probabilities.
    package var smoothing: Duration = .milliseconds(250)
    /// A class may begin from this smoothed probability on.
    package var enter: Float = 0.5
    /// A segment ends below this smoothed probability.
    package var leave: Float = 0.3
    /// How long a class must lead before its segment begins.
    package var minimumDuration: Duration = .milliseconds(200)
    /// For so long another class must lead until it takes an open segment's place; one that is not sure anyway goes at
    /// once.
    package var takeover: Duration = .milliseconds(400)
    /// Time between two updates of a segment that goes on.
    package var updateInterval: Duration = .seconds(1)
    /// A person unseen for longer starts anew.
    package var longestGap: Duration = .seconds(1)

    package init() {}
}
