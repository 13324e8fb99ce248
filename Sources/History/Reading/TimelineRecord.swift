package import Events

/// One line of what happened, whatever its kind.
package struct TimelineRecord: Sendable, Hashable {
    package var start: UnixTime
    package var duration: Duration?
    package var camera: String
    package var kind: EventKind
    package var track: Int?
    package var label: String
    /// What else there is to say, such as `12` for a repetition's number.
    package var detail: String?

    package init(
        start: UnixTime, duration: Duration?, camera: String, kind: EventKind, track: Int?, label: String,
        detail: String?
    ) {
        self.start = start
        self.duration = duration
        self.camera = camera
        self.kind = kind
        self.track = track
        self.label = label
        self.detail = detail
    }
}
