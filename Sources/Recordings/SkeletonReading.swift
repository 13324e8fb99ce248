package import Skeleton

/// Gives the frames of one file or folder of skeletons in order, without holding more than a few of them.
///
/// One owner at a time. After an error the next call goes on behind the bad place, or ends.
package protocol SkeletonReading: AnyObject {
    /// What was not in the source and had to be assumed or computed, one phrase each; empty when nothing was.
    var derived: [String] { get }
    /// Frames in all, where it is known beforehand.
    var frameCount: Int? { get }
    /// When the first frame was recorded, since 1970; nil where the source does not tell.
    var recordedAt: Duration? { get }
    /// The next frame, later than the one before; nil at the end.
    func next() throws(RecordingsError) -> SkeletonFrame?
}

/// Makes sure that times grow.
struct GrowingTime {
    private var last: Duration?

    /// Takes in the time of the next frame.
    ///
    /// - Throws: when it is not later than the last one; that one stays what the next is compared with.
    mutating func check(_ time: Duration, file: String, line: Int?) throws(RecordingsError) {
        if let last, time <= last {
            throw RecordingsError(
                file: file, line: line,
                message: "expected a time later than \(last.inMicroseconds) µs, found \(time.inMicroseconds) µs")
        }
        last = time
    }
}
