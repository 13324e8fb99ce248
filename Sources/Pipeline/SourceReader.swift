import Foundation
package import Recordings
package import Skeleton
import Synchronization
package import Video

/// One element of a source.
package enum SourceItem: Sendable {
    case picture(Frame)
    case skeletons(SkeletonFrame)

    var presentationTime: Duration {
        switch self {
        case .picture(let frame): frame.presentationTime
        case .skeletons(let frame): frame.presentationTime
        }
    }
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
    /// What was not in the source and had to be assumed or computed, one phrase each.
    package let derived: [String]
    /// Whether frames come when they happen: what comes too late is dropped.
    package var isLive: Bool { input.isLive }

    private let input: PipelineInput
    private let pace: Pace
    private let queue: BoundedQueue<Result<SourceItem, any Error>>
    // Touched by the reading thread only, once it has started.
    private var video: VideoFile?
    private var skeletons: (any SkeletonReading)?
    private let live: LiveSkeletons?
    private let outcome = Mutex(Outcome())

    /// What is known when reading has ended.
    private struct Outcome {
        var warning: String?
        var times = StageTimes()
    }

    /// Opens the source and starts reading.
    ///
    /// - Parameter options: what the user says of a source of skeletons.
    /// - Throws: `VideoError`, `RecordingsError` or `MessagingError` when it cannot be opened.
    package init(
        _ input: PipelineInput, pace: Pace = .consumer, options: SkeletonReadingOptions = .init()
    ) throws {
        self.input = input
        self.pace = pace
        var frameCount: Int?
        var live: LiveSkeletons?
        switch input {
        case .video(let path):
            let video = try VideoFile(path: path)
            self.video = video
            frameCount = video.estimatedFrameCount
        case .skeletons(let path):
            let reader = try SkeletonReader.open(path: path, options: options)
            skeletons = reader
            frameCount = reader.frameCount
        case .standardInput: skeletons = try SkeletonFileReader(path: "-")
        case .socket(let address): live = try LiveSkeletons(address: address)
        }
        self.live = live
        expectedFrameCount = frameCount
        width = video?.width
        height = video?.height
        frameRate = video?.frameRate
        derived = skeletons?.derived ?? []
        queue = BoundedQueue(capacity: 3, policy: pace == .realTime || input.isLive ? .dropOldest : .wait)
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

    /// What the source complained about although it could be read; for a file, known once `next()` has given nil.
    package var warning: String? { live?.warning ?? outcome.withLock { $0.warning } }

    /// Time spent on reading each frame; known once `next()` has given nil.
    package var times: StageTimes { outcome.withLock { $0.times } }

    private func read() {
        defer { queue.close() }
        var times = StageTimes()
        var start: ContinuousClock.Instant?
        do {
            while let item = try times.measure(.read, { try nextItem() }) {
                if pace == .realTime, !input.isLive {
                    // The first frame is due at once, whatever its time.
                    let begin = start ?? ContinuousClock.now - item.presentationTime
                    start = begin
                    waitUntilDue(item, since: begin)
                }
                guard queue.push(.success(item)) else { break }
            }
        } catch {
            queue.push(.failure(error))
        }
        outcome.withLock { $0 = Outcome(warning: video?.warning, times: times) }
    }

    private func nextItem() throws -> SourceItem? {
        if let video { return try video.next().map(SourceItem.picture) }
        if let live { return try live.next(until: { queue.isClosed }).map(SourceItem.skeletons) }
        return try skeletons?.next().map(SourceItem.skeletons)
    }

    private func waitUntilDue(_ item: SourceItem, since start: ContinuousClock.Instant) {
        let wait = start + item.presentationTime - ContinuousClock.now
        if wait > .zero { Thread.sleep(forTimeInterval: wait.inSeconds) }
    }
}
