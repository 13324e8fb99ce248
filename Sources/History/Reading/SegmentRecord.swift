package import Events

/// One action, gesture, track, or interaction, from begin to end.
package struct SegmentRecord: Sendable, Hashable {
    package var kind: SegmentKind
    package var eventID: String
    package var run: String
    package var camera: String
    package var track: Int
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

    package var duration: Duration { .microseconds(end.microseconds &- start.microseconds) }
}
