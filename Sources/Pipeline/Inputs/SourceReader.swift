package import Events
import Foundation
package import Recordings
package import Skeleton
import Synchronization
package import Video

/// Reads a source on a thread of its own, a few frames ahead of whoever asks, so that reading and recognition overlap.
///
/// A file loses nothing: the reader waits for the consumer. A camera, or a file at real-time pace that stands for one,
/// never lags: the consumer gets the newest picture, and those it was too slow for are dropped at the source and counted.
package final class SourceReader: @unchecked Sendable {
    /// How fast the frames of a file come.
    package enum Pace: Sendable {
        /// As fast as the consumer takes them; nothing is dropped.
        case consumer
        /// As fast as their presentation times say; late frames are dropped.
        case realTime
    }

    /// What is known of the source beforehand.
    package let facts: SourceFacts
    /// Whether frames come when they happen, and the source tells when it is online: cameras and published skeletons.
    package var isLive: Bool { input.isLive }

    /// Whether frames come by the clock, from something live or a file that stands for it.
    var isPaced: Bool { input.isLive || pace == .realTime }

    private let input: PipelineInput
    private let pace: Pace
    private let speed: Double
    private let queue: BoundedQueue<Result<Arrived, any Error>>
    private let newest = Mutex<Duration?>(nil)
    /// What is known of the frame last taken; belongs to whoever calls `next()`.
    package private(set) var taken = FrameArrival()
    private let source: any FrameSource
    private let measured = Mutex(StageTimes())

    /// An element with what is known of its coming.
    private struct Arrived: Sendable {
        var item: SourceItem
        var arrival = FrameArrival()
    }

    /// Opens the source and starts reading; a camera is waited for by `next()`.
    ///
    /// - Parameters:
    ///   - options: what the user says of a source of skeletons, or of pictures without times.
    ///   - speed: how many times slower than life the source runs: its times are divided by this.
    ///   - settings: how a camera is connected to, and when a live source counts as stalled.
    /// - Throws: `VideoError`, `RecordingsError` or `MessagingError` when it cannot be opened.
    package init(
        _ input: PipelineInput, pace: Pace = .consumer, options: SkeletonReadingOptions = .init(), speed: Double = 1,
        live settings: LiveSettings = .init()
    ) throws {
        self.input = input
        self.pace = pace
        self.speed = speed
        source = try input.open(options: options, live: settings)
        var facts = source.facts
        facts.frameRate = facts.frameRate.map { $0 * speed }
        if speed != 1 {
            facts.derived.append("times divided by \(speed.formatted()), as stated: the source is slower than life")
        }
        self.facts = facts
        let isLive = input.isLive || pace == .realTime
        queue = BoundedQueue(
            capacity: isLive && input.isVideo ? 1 : 3, policy: isLive ? .dropOldest : .wait,
            keeping: { (try? $0.get())?.item.presentationTime == nil },
            inheriting: { dropped, next in
                guard let before = try? dropped.get(), case .success(var after) = next else { return }
                after.arrival.follow(dropped: before.arrival)
                next = .success(after)
            })
        let thread = Thread { [self] in read() }
        thread.name = "laban.read"
        thread.start()
    }

    /// The next frame, waiting for it; nil at the end of the source.
    ///
    /// - Throws: what went wrong while reading; the source has ended then.
    package func next() throws -> SourceItem? {
        guard let arrived = try queue.pop()?.get() else { return nil }
        if arrived.item.presentationTime != nil { taken = arrived.arrival }
        return arrived.item
    }

    /// Waits until `next()` need not; false when it still would after this time.
    package func waitForItem(within limit: Duration) -> Bool { queue.waitForElement(within: limit) }

    /// Stops reading; `next()` gives at most what was read already.
    package func stop() {
        source.stop()
        queue.close()
    }

    /// Media time now of a source that goes on by itself; nil for files, and before the first published skeletons.
    package var mediaTime: Duration? { source.mediaTime }

    /// Media time of the newest frame the source gave, whether it was taken or not; nil before the first.
    package var newestTime: Duration? { newest.withLock { $0 } }

    /// How capture times come about from this frame on, which was taken last: by what its line says, or when it came;
    /// nil where that changes nothing.
    package func timeBase(of frame: SkeletonFrame) -> EventStamper.TimeBase? {
        if let told = frame.captureTime {
            return .told(media: frame.presentationTime, at: UnixTime(microseconds: 0).adding(told))
        }
        guard case .socket = input, let arrival = taken.monotonicNanoseconds else { return nil }
        return .arrived(media: frame.presentationTime, at: arrival)
    }

    /// How capture times come about; nil where frames are captured when they arrive.
    ///
    /// - Parameter recordedAt: when a file was recorded, as somebody says; nil takes what the file says, else now.
    package func timeBase(recordedAt: UnixTime? = nil) -> EventStamper.TimeBase? {
        source.timeBase(recordedAt: recordedAt)
    }

    /// Frames dropped because they came too late.
    package var dropped: Int { queue.dropped }

    /// What the source complained about although it could be read; for a file, known once `next()` has given nil.
    package var warning: String? { source.warning }

    /// Time spent on reading each frame, where that is more than waiting; known once `next()` has given nil.
    package var times: StageTimes { measured.withLock { $0 } }

    private func read() {
        defer { queue.close() }
        var times = StageTimes()
        var start: ContinuousClock.Instant?
        do {
            while var item = try times.measure(.read, { try source.next(until: { queue.isClosed }) }) {
                if speed != 1 { item = item.faster(by: speed) }
                if pace == .realTime, !input.isLive, let time = item.presentationTime {
                    // The first frame is due at once, whatever its time.
                    let begin = start ?? ContinuousClock.now - time
                    start = begin
                    waitUntilDue(time, since: begin)
                }
                guard push(item) else { break }
            }
        } catch {
            queue.push(.failure(error))
        }
        if !input.isLive { measured.withLock { $0 = times } }
    }

    /// Hands an element on; false when nobody wants more.
    private func push(_ item: SourceItem) -> Bool {
        var arrived = Arrived(item: item)
        if let time = item.presentationTime {
            newest.withLock { newest in
                arrived.arrival.hole = newest.map { time - $0 } ?? .zero
                newest = time
            }
            arrived.arrival.monotonicNanoseconds = EventClock.system.monotonicNanoseconds()
        }
        return queue.push(.success(arrived))
    }

    private func waitUntilDue(_ time: Duration, since start: ContinuousClock.Instant) {
        let wait = start + time - ContinuousClock.now
        if wait > .zero { Thread.sleep(forTimeInterval: wait.inSeconds) }
    }
}
