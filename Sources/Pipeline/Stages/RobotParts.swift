package import Retargeting
package import Robots
import Synchronization

/// The robot that somebody in a camera's picture leads.
package struct RobotParts: Sendable {
    package var mapping: RobotMapping
    package var robot: RobotDescription
    /// Bodies of its links, which are kept apart.
    package var capsules: [LinkCapsule]
    package var person: OperatorChoice
    /// Whether programs may move a robot by what is told; without it everything is a dry run.
    package var isLive: Bool
    /// Stops the robot from anywhere; it outlives whatever source the camera has.
    package let stopSwitch: RobotSwitch

    package init(
        mapping: RobotMapping, robot: RobotDescription, capsules: [LinkCapsule] = [],
        person: OperatorChoice = .largest, isLive: Bool = false, stopSwitch: RobotSwitch = .init()
    ) {
        self.mapping = mapping
        self.robot = robot
        self.capsules = capsules
        self.person = person
        self.isLive = isLive
        self.stopSwitch = stopSwitch
    }
}

/// The emergency stop of one robot: pulled it stays so until it is released, whatever becomes of the camera meanwhile.
package final class RobotSwitch: Sendable {
    private struct State {
        var reason: String?
        var statuses: [String: String] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Why the robot is stopped; nil where it is not.
    package var reason: String? { state.withLock { $0.reason } }

    /// Stops the robot with its next command; the first reason stays.
    package func stop(_ reason: String) { state.withLock { $0.reason = $0.reason ?? reason } }

    /// Lets the robot follow again. False where it was not stopped.
    @discardableResult
    package func release() -> Bool {
        state.withLock { state in
            defer { state.reason = nil }
            return state.reason != nil
        }
    }

    /// What each arm's latest command said of how it goes.
    package var statuses: [String: String] { state.withLock { $0.statuses } }

    func note(_ status: String, of arm: String) { state.withLock { $0.statuses[arm] = status } }
}
