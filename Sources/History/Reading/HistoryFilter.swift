package import Events
import Foundation

/// Which rows a question is about; what is nil does not matter.
///
/// Times mean presence: whatever went on at some moment between them is meant, also when it began before.
package struct HistoryFilter: Sendable, Hashable {
    /// Went on at this moment or later.
    package var since: UnixTime?
    /// Went on before this moment.
    package var until: UnixTime?
    /// Whether only what began between the two times is meant.
    package var isOfBeginnings: Bool
    package var camera: String?
    /// Of interactions either of the two.
    package var track: Int?
    package var label: String?
    /// Whether only actions of which somebody has said something are meant.
    package var isCorrected = false
    /// At most so many rows, the newest.
    package var limit: Int?
    /// The moment of asking, until which goes on what has not ended.
    package var now: UnixTime

    package init(
        since: UnixTime? = nil, until: UnixTime? = nil, isOfBeginnings: Bool = false, camera: String? = nil,
        track: Int? = nil, label: String? = nil, limit: Int? = nil, now: UnixTime = UnixTime(Date())
    ) {
        self.since = since
        self.until = until
        self.isOfBeginnings = isOfBeginnings
        self.camera = camera
        self.track = track
        self.label = label
        self.limit = limit
        self.now = now
    }
}
