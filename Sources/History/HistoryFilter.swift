package import Events

/// Which rows a question is about; what is nil does not matter.
package struct HistoryFilter: Sendable, Hashable {
    /// Began at or after this moment.
    package var since: UnixTime?
    /// Began before this moment.
    package var until: UnixTime?
    package var camera: String?
    /// Of interactions either of the two.
    package var track: Int?
    package var label: String?
    /// At most so many rows, the newest.
    package var limit: Int?

    package init(
        since: UnixTime? = nil, until: UnixTime? = nil, camera: String? = nil, track: Int? = nil, label: String? = nil,
        limit: Int? = nil
    ) {
        self.since = since
        self.until = until
        self.camera = camera
        self.track = track
        self.label = label
        self.limit = limit
    }
}
