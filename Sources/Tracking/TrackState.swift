/// Where a track is in its life.
package enum TrackState: Sendable, Hashable {
    /// Seen, but not long enough to be reported.
    case tentative
    /// Confirmed and in sight.
    case tracked
    /// Confirmed and out of sight, for less than the tracker's patience.
    case lost
    /// Gone for good; its id is never given again.
    case removed
}
