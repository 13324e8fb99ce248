package import Events
package import Skeleton

/// One clip of a history: whose skeletons, from when to when.
package struct ClipRecord: Sendable, Hashable {
    /// Its row.
    let id: Int64
    package let run: String
    package let camera: String
    package let track: TrackID
    package let start: UnixTime
    /// The time of its last sample.
    package let end: UnixTime
    /// When it was written, from which on its age counts.
    package let written: UnixTime
    /// In bytes.
    package let size: Int

    package var duration: Duration { .microseconds(end.microseconds &- start.microseconds) }
}
