package import Events
package import Skeleton

/// Who was in a camera's picture at a moment: what they do lasts at least until then.
package struct PresenceNote: Sendable, Hashable {
    package var camera: String
    package var tracks: [TrackID]
    package var time: UnixTime
    /// Media time of the picture.
    package var presentationTime: Duration

    package init(camera: String, tracks: [TrackID], time: UnixTime, presentationTime: Duration) {
        self.camera = camera
        self.tracks = tracks
        self.time = time
        self.presentationTime = presentationTime
    }
}
