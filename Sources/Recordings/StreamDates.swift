package import Skeleton

/// Makes the times of a stream count from its first frame where they are dates, as microseconds since 1970. Then each frame
/// tells when it was taken.
package struct StreamDates: Sendable {
    private var origin: Duration?

    package init() {}

    /// Takes in the next frame.
    package mutating func count(_ frame: inout SkeletonFrame) {
        let time = frame.presentationTime
        let origin = self.origin ?? (KeypointTimes.isDate(time) ? time : .zero)
        self.origin = origin
        guard origin != .zero else { return }
        if KeypointTimes.isDate(time) { frame.captureTime = frame.captureTime ?? time }
        frame.presentationTime -= origin
    }
}
