package import Events

/// How often and how long something happened on one day at one camera.
package struct StatisticsRecord: Sendable, Hashable {
    /// The day in the asker's time zone, such as `2026-11-21`.
    package var day: String
    package var camera: String
    package var kind: EventKind
    package var label: String
    package var count: Int
    /// Full repetitions in all, of sets.
    package var repetitions: Int?
    package var duration: Duration
}
