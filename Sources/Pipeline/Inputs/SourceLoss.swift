package import Skeleton
import Tracking

/// That nobody can be followed any more: for too long the source gave no frames, or none of those it gave was worked on.
package struct SourceLoss {
    package let reason: EndReason
    /// How long after the last frame worked on everybody is given up.
    package let after: Duration

    /// How long people may be out of sight and still be the same.
    package static let patience = TrackerSettings().patience
    /// How long people are held while frames come and none is worked on.
    package static let starvedPatience = Duration.seconds(10)

    /// - Parameters:
    ///   - silence: the longest time for which the source itself gave none.
    ///   - idleness: the time since a frame was worked on.
    package init?(silence: Duration, idleness: Duration) {
        if silence > Self.patience {
            (reason, after) = (.cameraLost, Self.patience)
        } else if idleness > Self.starvedPatience {
            (reason, after) = (.starved, Self.starvedPatience)
        } else {
            return nil
        }
    }
}
