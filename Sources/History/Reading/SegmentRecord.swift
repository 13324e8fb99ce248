package import Events

/// One action, gesture, track, interaction or set, from begin to end.
package struct SegmentRecord: Sendable, Hashable {
    package var kind: SegmentKind
    package var eventID: String
    package var run: String
    package var camera: String
    package var track: Int
    /// What it is held to be: what it was told as, unless somebody said that it was something else.
    package var label: String
    /// The greatest that was reported, 0…1.
    package var confidence: Double?
    package var start: UnixTime
    /// When it ended, or was last heard of.
    package var end: UnixTime
    /// Media times.
    package var startPresentation: Duration?
    package var endPresentation: Duration?
    package var isOpen: Bool
    package var reason: String?
    package var model: String?
    /// The other person of an interaction.
    package var otherTrack: Int?
    /// Whether both do it, of an interaction; nil of those stored before that was asked.
    package var isMutual: Bool?
    /// Of an action: the probability from which on one was told, 0…1; nil of those stored before that was noted.
    package var threshold: Double?
    /// Of an action: the highest threshold at which it would have been told, 0…1; nil where that was not noted.
    package var peak: Double?
    /// Of a set: how many full repetitions.
    package var count: Int?
    /// Of a set: how long it was held, of an exercise that is; nil of those stored before that was noted, and where it cannot
    /// be right.
    package var held: Duration?
    /// Of a set: whether it is of an exercise that is held, for how long ever.
    package var isHeld = false
    /// What somebody said of an action afterwards.
    package var correction: Correction?

    /// What somebody said of an action that had been told.
    package struct Correction: Sendable, Hashable {
        /// The label it was told with; the record's own where it was right.
        package var told: String
        /// When it was said.
        package var time: UnixTime
        package var author: String?
        package var note: String?
    }

    package var duration: Duration { .microseconds(end.microseconds &- start.microseconds) }
}
