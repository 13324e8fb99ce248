package import Skeleton

/// The ground truth about something one person of a scene does to another.
package struct PuppetInteraction: Sendable, Hashable {
    package var label: String
    package var track: TrackID
    package var other: TrackID
    /// Whether the other does the same; it may then be told either way round.
    package var isMutual: Bool
    package var start: Duration
    package var end: Duration

    package init(
        label: String, track: TrackID, other: TrackID, isMutual: Bool, start: Duration, end: Duration
    ) {
        self.label = label
        self.track = track
        self.other = other
        self.isMutual = isMutual
        self.start = start
        self.end = end
    }

    /// The columns of the file of ground truth.
    package static let columns = "start_us,end_us,track,other_track,label,mutual"

    package var line: String {
        "\(start.inMicroseconds),\(end.inMicroseconds),\(track),\(other),\(label),\(isMutual ? 1 : 0)"
    }
}
