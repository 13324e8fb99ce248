import Events
import Foundation
import Skeleton
import Synchronization
import Waiting

/// Leads a robot beside a camera's session, and publishes its commands.
///
/// From a file commands come by its media time, as fast as it is read. With a live source they come by the monotonic
/// clock on a thread of their own, also while no frame does: that is the watchdog. A frame's own command goes out as
/// soon as the frame was worked on, ahead of its time, so that it waits for no clock.
final class RobotDriver: Sendable {
    private struct State {
        var stage: RobotStage
        /// When the place 0 of the grid is due, on the monotonic clock; nil before the first frame.
        var origin: ContinuousClock.Instant?
        /// What is added to a source's times to have those of the grid.
        var shift = Duration.zero
        var failure: (any Error)?
        var isOver = false
    }

    private let bus: EventBus
    private let isLive: Bool
    private let state: Mutex<State>
    private let isRunning = Mutex(false)
    private let hasEnded = Mutex(false)
    private let ended = MonotonicCondition()

    init(camera: String, parts: RobotParts, bus: EventBus, isLive: Bool) throws {
        self.bus = bus
        self.isLive = isLive
        state = Mutex(State(stage: try RobotStage(camera: camera, parts: parts)))
    }

    /// Publishes the commands of the time before a frame; to be called before what is found in it is published.
    func advance(to time: Duration) throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            guard !isLive else { return }
            try bus.publish(state.stage.commands(before: time))
        }
    }

    /// Takes what a frame shows.
    func see(_ step: PipelineStep) throws {
        let isFirst = try state.withLock { state in
            if let failure = state.failure { throw failure }
            guard isLive else {
                state.stage.see(step)
                return false
            }
            let isFirst = state.origin == nil
            let time = step.skeletons.presentationTime
            if isFirst { state.origin = .now - time }
            let now = ContinuousClock.now - state.origin!
            // Frames are never of the future; where they are long of the past, the source has begun anew.
            state.shift = min(state.shift + .microseconds(200), now - time)
            if time + state.shift < now - .seconds(1) { state.shift = now - time }
            state.stage.see(step, at: time + state.shift)
            if let next = state.stage.nextTime, next <= now + RobotStage.tick {
                try bus.publish(state.stage.tickOnce())
            }
            return isFirst
        }
        if isFirst { start() }
    }

    /// Brakes, tells the end, and comes back when nothing moves any more.
    func finish(reason: EndReason) throws {
        // Who finishes again, because a sink failed, has nobody to wait for.
        let wasRunning = isRunning.withLock { isRunning in
            defer { isRunning = false }
            return isRunning
        }
        let drafts = state.withLock { state in
            state.isOver = true
            return state.stage.finish(reason: reason)
        }
        if wasRunning { ended.withLock { ended.wait { hasEnded.withLock { $0 } } } }
        for draft in drafts {
            try bus.publish([draft])
            // Braking takes its time for those who watch.
            if isLive, draft.payload.robot?.arm == drafts.last?.payload.robot?.arm {
                Thread.sleep(forTimeInterval: RobotStage.tick.inSeconds)
            }
        }
    }

    private func start() {
        let thread = Thread { [self] in
            while beat() {}
            ended.withLock {
                hasEnded.withLock { $0 = true }
                ended.broadcast()
            }
        }
        thread.name = "laban.robot"
        thread.qualityOfService = .userInteractive
        isRunning.withLock { $0 = true }
        thread.start()
    }

    /// Publishes what is due, and waits until the next command is; false when it is over.
    private func beat() -> Bool {
        let wait: Duration? = state.withLock { state in
            guard !state.isOver, state.failure == nil, let origin = state.origin else { return nil }
            do { try bus.publish(state.stage.commands(before: .now - origin)) } catch { state.failure = error }
            return (state.stage.nextTime ?? .zero) - (.now - origin)
        }
        guard let wait else { return false }
        if wait > .zero { Thread.sleep(forTimeInterval: wait.inSeconds) }
        return true
    }
}
