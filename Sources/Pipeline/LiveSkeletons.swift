import Messaging
import Recordings
import Skeleton
import Synchronization

/// Skeletons of one camera as they are published over ZeroMQ, with times that only grow.
///
/// What cannot be used is passed over and counted: a stranger's message must not end the watching. `next` belongs to
/// one thread; the counts may be asked for from anywhere.
final class LiveSkeletons: Sendable {
    private let state: Mutex<State>
    private let counts = Mutex(Counts())

    private struct State {
        let subscriber: LineSubscriber
        var camera: String?
        /// Time of the last frame as it was given, and when that was.
        var last: (time: Duration, arrival: ContinuousClock.Instant)?
        /// What is added to the publisher's times, since it started anew.
        var shift = Duration.zero
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
    /// How soon it is noticed that nobody wants frames any more.
    private static let attention = Duration.milliseconds(100)

    /// - Throws: `MessagingError` when the address is none to connect to.
    init(address: String) throws { state = Mutex(State(subscriber: try LineSubscriber(endpoint: address))) }

    /// The next frame of the camera heard first, waiting for it; nil once `isOver` says so.
    func next(until isOver: () -> Bool) throws -> SkeletonFrame? {
        while !isOver() {
            do {
                let line = try state.withLock { try $0.subscriber.receive(timeout: Self.attention) }
                guard let line else { continue }
                let frame = try SkeletonLine.decode(line, in: 0..<line.count, file: "message", number: 1)
                if let frame = inOrder(frame) { return frame }
            } catch let error as MessagingError where error.code == .malformedMessage {
                note(error.message)
            } catch let error as RecordingsError {
                note(error.message)
            }
        }
        return nil
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
            if let last = state.last, frame.presentationTime + state.shift <= last.time {
                guard last.time - frame.presentationTime - state.shift > Self.greatestDelay else {
                    counts.withLock { $0.outOfOrder += 1 }
                    return nil
                }
                counts.withLock { $0.restarts += 1 }
                let pause = max(now - last.arrival, .milliseconds(1))
                state.shift = last.time + pause - frame.presentationTime
            }
            frame.presentationTime += state.shift
            state.last = (frame.presentationTime, now)
            return frame
        }
    }
}
