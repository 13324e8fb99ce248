import Events
import Messaging
import Recordings
import Skeleton
import Synchronization
import Video

/// Skeletons of one camera as they are published over ZeroMQ, with times that only grow.
///
/// What cannot be used is passed over and counted: a stranger's message must not end the watching. `next` belongs to
/// one thread; the counts may be asked for from anywhere.
final class LiveSkeletons: FrameSource, Sendable {
    private let state: Mutex<State>
    private let clock = Mutex(Clock())
    private let counts = Mutex(Counts())

    private struct State {
        let subscriber: LineSubscriber
        var silence: StreamSilence
        var camera: String?
        /// What is added to the publisher's times, since it started anew.
        var shift = Duration.zero
        /// A frame whose coming had to be reported first.
        var upcoming: SkeletonFrame?
    }

    private struct Clock {
        let start = ContinuousClock.now
        /// Time of the last frame as it was given, and when that was.
        var last: (time: Duration, arrival: ContinuousClock.Instant)?
    }

    private struct Counts {
        var malformed = 0
        var firstFault = ""
        var outOfOrder = 0
        var otherCameras = 0
        var restarts = 0
    }

    /// A time that lies back farther than this is a publisher that started anew, not a frame that came late.
    private static let greatestDelay = Duration.seconds(1)
    /// A time that runs ahead of what has passed by more than this is a publisher whose clock has leapt.
    private static let greatestLead = Duration.seconds(60)
    /// How soon it is noticed that nobody wants frames any more.
    private static let attention = Duration.milliseconds(100)

    /// - Parameter limit: a stream without a frame for this long is silent.
    /// - Throws: `MessagingError` when the address is none to connect to.
    init(address: String, silenceLimit limit: Duration) throws {
        state = Mutex(
            State(
                subscriber: try LineSubscriber(endpoint: address),
                silence: StreamSilence(address: address, limit: limit)))
    }

    /// Media time now: that of the last frame and what has passed since it came; nil before the first.
    var mediaTime: Duration? {
        clock.withLock { clock in clock.last.map { $0.time + (.now - $0.arrival) } }
    }

    func timeBase(recordedAt: UnixTime?) -> EventStamper.TimeBase? { nil }

    /// The next frame of the camera heard first, or what there is to say about the stream, waiting for it; nil once
    /// `isOver` says so.
    func next(until isOver: () -> Bool) throws -> SourceItem? {
        if let frame = state.withLock({ $0.upcoming.take() }) { return .skeletons(frame) }
        while !isOver() {
            do {
                if let line = try state.withLock({ try $0.subscriber.receive(timeout: Self.attention) }) {
                    let frame = try SkeletonLine.decode(line, in: 0..<line.count, file: "message", number: 1)
                    if let frame = inOrder(frame) { return taken(frame) }
                }
            } catch let error as MessagingError where error.code == .malformedMessage {
                note(error.message)
            } catch let error as RecordingsError {
                note(error.message)
            }
            let elapsed = clock.withLock { .now - $0.start }
            if var report = state.withLock({ $0.silence.waited(until: elapsed) }) {
                report.time = mediaTime ?? .zero
                return .report(report)
            }
        }
        return nil
    }

    /// The frame, after word of its coming where that is news.
    private func taken(_ frame: SkeletonFrame) -> SourceItem {
        let elapsed = clock.withLock { .now - $0.start }
        return state.withLock { state in
            guard var report = state.silence.frameArrived(at: elapsed) else { return .skeletons(frame) }
            state.upcoming = frame
            report.time = frame.presentationTime
            return .report(report)
        }
    }

    /// What was passed over, for people to read; nil when nothing was.
    var warning: String? {
        let counts = counts.withLock { $0 }
        var parts: [String] = []
        if counts.malformed > 0 {
            parts.append("\(counts.malformed) messages were no skeletons (first: \(counts.firstFault))")
        }
        if counts.otherCameras > 0 { parts.append("\(counts.otherCameras) frames came from other cameras") }
        if counts.outOfOrder > 0 { parts.append("\(counts.outOfOrder) frames came out of order") }
        if counts.restarts > 0 { parts.append("the publisher's times began anew \(counts.restarts) times") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private func note(_ fault: String) {
        counts.withLock { counts in
            if counts.malformed == 0 { counts.firstFault = fault }
            counts.malformed += 1
        }
    }

    /// The frame with a time later than the last one's, or nil when it is none to give.
    private func inOrder(_ frame: SkeletonFrame) -> SkeletonFrame? {
        let now = ContinuousClock.now
        return state.withLock { state in
            let camera = state.camera ?? frame.camera
            state.camera = camera
            guard frame.camera == camera else {
                counts.withLock { $0.otherCameras += 1 }
                return nil
            }
            var frame = frame
            if let last = clock.withLock({ $0.last }) {
                let step = frame.presentationTime + state.shift - last.time
                let passed = now - last.arrival
                if step <= .zero, step >= .zero - Self.greatestDelay {
                    counts.withLock { $0.outOfOrder += 1 }
                    return nil
                }
                if step <= .zero || step > passed + Self.greatestLead {
                    counts.withLock { $0.restarts += 1 }
                    state.shift = last.time + max(passed, .milliseconds(1)) - frame.presentationTime
                }
            }
            frame.presentationTime += state.shift
            let time = frame.presentationTime
            clock.withLock { $0.last = (time, now) }
            return frame
        }
    }
}
