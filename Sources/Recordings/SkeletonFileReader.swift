package import Skeleton

/// Reads a file of `laban.skeleton` lines frame by frame; the file may be larger than memory.
///
/// One owner at a time. After an error the next call goes on with the line after the bad one.
package final class SkeletonFileReader: SkeletonReading {
    private let lines: LineReader
    private var times = GrowingTime()

    /// Opens `path`; `-` is standard input.
    package init(path: String) throws(RecordingsError) {
        lines = try LineReader(path: path)
    }

    package var derived: [String] { [] }
    package var recordedAt: Duration? { nil }
    package var frameCount: Int? { nil }

    /// The next frame, or nil at the end of the file. Empty lines are passed over; a time that is not later than the
    /// one before is an error.
    package func next() throws(RecordingsError) -> SkeletonFrame? {
        while let range = try lines.next() {
            if lines.buffer[range].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            let frame = try SkeletonLine.decode(lines.buffer, in: range, file: lines.file, number: lines.number)
            try times.check(frame.presentationTime, file: lines.file, line: lines.number)
            return frame
        }
        return nil
    }

    /// Every frame of a file that fits in memory.
    package static func frames(of path: String) throws(RecordingsError) -> [SkeletonFrame] {
        let reader = try SkeletonFileReader(path: path)
        var frames: [SkeletonFrame] = []
        while let frame = try reader.next() { frames.append(frame) }
        return frames
    }
}
