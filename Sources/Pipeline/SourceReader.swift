import Foundation
package import Recordings
package import Skeleton
package import Video

/// One element of a source.
package enum SourceItem: Sendable {
    case picture(Frame)
    case skeletons(SkeletonFrame)
}

/// Reads a source on a thread of its own, a few frames ahead of whoever asks, so that reading and judging overlap.
///
/// A file loses nothing: the reader waits for the consumer. At real-time pace, where the source stands for a camera,
/// pictures that come too late for the consumer are dropped at the source and counted.
package final class SourceReader: @unchecked Sendable {
    /// How fast the frames of a file come.
    package enum Pace: Sendable {
        /// As fast as the consumer takes them; nothing is dropped.
        case consumer
        /// As fast as their presentation times say; late frames are dropped.
        case realTime
    }

    /// What is known of the source beforehand.
    package let expectedFrameCount: Int?
    package let width: Int?
    package let height: Int?
    package let frameRate: Double?

    private let input: PipelineInput
    private let pace: Pace
    private let queue: BoundedQueue<Result<SourceItem, any Error>>
    // Touched by the reading thread only once it has started.
    private var video: VideoFile?
    private var skeletons: SkeletonFileReader?
    // Written by the reading thread before it closes the queue, read after the queue is seen closed.
    private var finalWarning: String?
    private var finalReadTimes = StageTimes()

    /// Opens the source and starts reading.
    ///
    /// - Throws: `VideoError` or `RecordingsError` when it cannot be opened.
    package init(_ input: PipelineInput, pace: Pace = .consumer) throws {
        self.input = input
        self.pace = pace
        switch input {
        case .video(let path):
            let video = try VideoFile(path: path)
            self.video = video
            expectedFrameCount = video.estimatedFrameCount
            width = video.width
            height = video.height
            frameRate = video.frameRate
        case .skeletons, .standardInput:
            if case .skeletons(let path) = input {
                skeletons = try SkeletonFileReader(path: path)
            } else {
                skeletons = try SkeletonFileReader(path: "-")
            }
            expectedFrameCount = nil
            width = nil
            height = nil
            frameRate = nil
        }
        queue = BoundedQueue(capacity: 3, policy: pace == .realTime ? .dropOldest : .wait)
        let thread = Thread { [self] in read() }
        thread.name = "laban.read"
        thread.start()
    }

    /// The next frame, waiting for it; nil at the end of the source.
    ///
    /// - Throws: what went wrong while reading; the source has ended then.
    package func next() throws -> SourceItem? { try queue.pop()?.get() }

    /// Stops reading; `next()` gives at most what was read already.
    package func stop() { queue.close() }

    /// Frames dropped because they came too late.
    package var dropped: Int { queue.dropped }

    /// What the source complained about although it could be read, once `next()` has given nil.
    package var warning: String? { finalWarning }

    /// Time spent on reading each frame, once `next()` has given nil.
    package var times: StageTimes { finalReadTimes }

    private func read() {
        defer { queue.close() }
        let start = ContinuousClock.now
        do {
            while let item = try finalReadTimes.measure(.read, { try nextItem() }) {
                if pace == .realTime { waitUntilDue(item, since: start) }
                guard queue.push(.success(item)) else { break }
            }
            finalWarning = video?.warning
        } catch {
            queue.push(.failure(error))
        }
    }

    private func nextItem() throws -> SourceItem? {
        if let video { return try video.next().map(SourceItem.picture) }
        return try skeletons?.next().map(SourceItem.skeletons)
    }

    private func waitUntilDue(_ item: SourceItem, since start: ContinuousClock.Instant) {
        let due =
            switch item {
            case .picture(let frame): start + frame.presentationTime
            case .skeletons(let frame): start + frame.presentationTime
            }
        let wait = due - ContinuousClock.now
        if wait > .zero { Thread.sleep(forTimeInterval: wait.inSeconds) }
    }
}
