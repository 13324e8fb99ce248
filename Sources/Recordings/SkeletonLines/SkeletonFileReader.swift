import Foundation
package import Skeleton

/// Reads a file of `laban.skeleton` lines frame by frame; the file may be larger than memory.
///
/// One owner at a time. After an error the next call goes on with the line after the bad one.
package final class SkeletonFileReader: SkeletonReading {
    private let lines: LineReader
    private var times = GrowingTime()
    /// The first frame, where it was looked at before anybody asked, or what is wrong with it.
    private var first: Result<SkeletonFrame?, RecordingsError>?
    private var streamDates: StreamDates?

    package let derived: [String]
    package let recordedAt: Duration?

    /// What becomes of times that are dates, as microseconds since 1970.
    package enum Dates: Sendable {
        case kept
        /// Times count from the first frame, which is looked at at once.
        case counted
        /// The same for what comes bit by bit: each frame tells when it was taken.
        case told
    }

    /// Opens `path`; `-` is standard input.
    package init(path: String, dates handling: Dates = .kept) throws(RecordingsError) {
        lines = try LineReader(path: path)
        streamDates = handling == .told ? StreamDates() : nil
        guard handling == .counted else {
            (derived, recordedAt) = ([], nil)
            return
        }
        let lines = lines
        let first = Result { () throws(RecordingsError) in try Self.frame(lines) }
        if case .success(nil) = first {
            throw RecordingsError(file: path, message: "expected lines of skeletons, found an empty file")
        }
        self.first = first
        let time = (try? first.get())?.presentationTime
        let dates = KeypointTimes([Double(time?.inMicroseconds ?? 0)], unit: .microseconds, field: "pts_us")
        recordedAt = dates.recordedAt
        derived = recordedAt == nil ? [] : dates.notes
    }

    package var frameCount: Int? { nil }

    /// The next frame, or nil at the end of the file. Empty lines are passed over; a time that is not later than the
    /// one before is an error.
    package func next() throws(RecordingsError) -> SkeletonFrame? {
        let looked = first
        first = nil
        guard var frame = if let looked { try looked.get() } else { try Self.frame(lines) } else { return nil }
        try times.check(frame.presentationTime, file: lines.file, line: lines.number)
        if let recordedAt { frame.presentationTime -= recordedAt }
        streamDates?.count(&frame)
        return frame
    }

    private static func frame(_ lines: LineReader) throws(RecordingsError) -> SkeletonFrame? {
        while let range = try lines.next() {
            if lines.buffer[range].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            return try SkeletonLine.decode(lines.buffer, in: range, file: lines.file, number: lines.number)
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
