/// How long somebody has been out of sight, as far as anybody looked: while pictures are dropped nobody does.
package struct Absence: Sendable, Equatable {
    /// Media time of the last detection.
    package private(set) var lastSeen: Duration
    /// How much of the time since was over before anybody looked again.
    package private(set) var unwatched: Duration = .zero

    /// Whoever is lost over a longer time of dropped pictures is lost because of it.
    private static let tolerance = Duration.milliseconds(300)

    package init(at time: Duration) { lastSeen = time }

    /// Somebody is in sight.
    package mutating func end(at time: Duration) {
        lastSeen = time
        unwatched = .zero
    }

    /// Somebody is not in a picture; before it pictures were dropped for `unwatched`, since the one at `previous`.
    package mutating func goOn(since previous: Duration?, unwatched gap: Duration) {
        if lastSeen == previous { unwatched = gap }
    }

    /// The time without a detection; what was not looked at right after the last one does not count.
    package func length(at time: Duration) -> Duration { time - lastSeen - unwatched }

    /// Whether dropped pictures are to blame.
    package var isStarved: Bool { unwatched > Self.tolerance }
}
