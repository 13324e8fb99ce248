import Events
import Pipeline
import Waiting

/// Which cameras of a server are at work, so that one that cannot go on is known to be the last.
package final class CameraRoll: @unchecked Sendable {
    /// What became of a camera.
    package enum State: Equatable {
        case working
        /// Its source came to its end.
        case ended
        /// It could not go on, for this reason.
        case failed(String)
    }

    // `condition` protects the states.
    private let condition = MonotonicCondition()
    private var states: [String: State]

    package init(_ cameras: [String]) {
        states = Dictionary(uniqueKeysWithValues: cameras.map { ($0, State.working) })
    }

    package func set(_ state: State, _ camera: String) {
        condition.withLock {
            states[camera] = state
            condition.broadcast()
        }
    }

    /// Whether no camera is at work and one has failed: nothing would ever be watched again.
    package var isOver: Bool { condition.withLock { isOverNow } }

    /// Why nothing is watched; nil when something is, or all sources came to their end.
    package var failure: OutputError? {
        condition.withLock {
            guard isOverNow else { return nil }
            let reasons = states.sorted { $0.key < $1.key }.compactMap { camera, state in
                if case .failed(let reason) = state { "\(camera): \(reason)" } else { nil }
            }
            return OutputError(file: "cameras", message: "none can go on: " + reasons.joined(separator: "; "))
        }
    }

    /// Waits before a failed camera is tried again; false when it is not to be, since none is at work any more or
    /// somebody asks to stop.
    package func wait(_ pause: Duration, until shouldStop: () -> Bool) -> Bool {
        let end = ContinuousClock.now + pause
        return condition.withLock {
            while .now < end {
                if isOverNow || shouldStop() { return false }
                _ = condition.wait(within: min(end - .now, .milliseconds(200))) { isOverNow }
            }
            return !isOverNow && !shouldStop()
        }
    }

    private var isOverNow: Bool {
        !states.values.contains(.working) && states.values.contains { $0 != .ended }
    }
}
