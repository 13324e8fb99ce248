import Events
import Skeleton

/// A clip ready to be written.
struct PackedClip: Sendable {
    let run: EventID
    let camera: String
    let track: TrackID
    let start: UnixTime
    /// The time of its last sample.
    let end: UnixTime
    let startPresentation: Duration
    let topology: String
    let bytes: [UInt8]

    /// Nil where nothing is in it, or there is no memory to pack it.
    init?(_ cut: ClipRecorder.Cut) {
        guard let last = cut.content.offsets.last, let bytes = cut.content.wire() else { return nil }
        (run, camera, track, start) = (cut.run, cut.camera, cut.track, cut.start)
        end = cut.start.adding(.microseconds(last))
        startPresentation = cut.startPresentation
        topology = cut.content.topology.name
        self.bytes = bytes
    }
}
