package import JSONLines
package import Messaging

/// What can be asked about the robots of a running Laban: `hello`, `robot.stop`, `robot.reset`, `robot.status`.
package struct RobotControl: Sendable {
    /// One robot, and what stops it. The closures are called from the thread that answers and must not wait.
    package struct Robot: Sendable {
        package let name: String
        package let camera: String
        /// Whether programs may move it by what is told.
        package let isLive: Bool
        let stop: @Sendable (String) -> Void
        let reset: @Sendable () -> Bool
        let state: @Sendable () -> State

        /// - Parameters:
        ///   - stop: brakes it, and keeps it so until it is reset; takes the reason.
        ///   - reset: lets it follow again; false where it was not stopped.
        ///   - state: how it fares.
        package init(
            name: String, camera: String, isLive: Bool, stop: @escaping @Sendable (String) -> Void,
            reset: @escaping @Sendable () -> Bool, state: @escaping @Sendable () -> State
        ) {
            self.name = name
            self.camera = camera
            self.isLive = isLive
            self.stop = stop
            self.reset = reset
            self.state = state
        }
    }

    /// How a robot fares.
    package struct State: Sendable {
        /// Why it is stopped; nil where it is not.
        package var reason: String?
        /// The status of each arm's latest command.
        package var arms: [String: String]

        package init(reason: String?, arms: [String: String]) {
            self.reason = reason
            self.arms = arms
        }
    }

    private static let ops = ["hello", "robot.stop", "robot.reset", "robot.status"]
    /// Longer reasons are cut.
    private static let longestReason = 200

    private let robots: [Robot]

    package init(_ robots: [Robot]) { self.robots = robots }

    /// The answer to a request.
    package func answer(_ request: ControlRequest) throws(ControlFault) -> JSONValue {
        switch request.op {
        case "hello":
            try request.expectArguments()
            return .object(["ops": .list(Self.ops.map { .text($0) }), "robots": names(robots)])
        case "robot.stop":
            try request.expectArguments("robot", "reason")
            let reason = try request.text("reason") ?? "somebody said stop"
            let robots = try asked(request)
            for robot in robots { robot.stop(String(reason.prefix(Self.longestReason))) }
            return .object(["stopped": names(robots)])
        case "robot.reset":
            try request.expectArguments("robot")
            let robots = try asked(request).filter { $0.reset() }
            return .object(["reset": names(robots)])
        case "robot.status":
            try request.expectArguments()
            return .object(["robots": .list(robots.map(status))])
        default:
            throw ControlFault(
                .unknownOp, "expected a known op, found \"\(request.op.prefix(40))\"",
                hint: "known are " + Self.ops.joined(separator: ", "))
        }
    }

    /// The robot that is asked for, or all of them.
    private func asked(_ request: ControlRequest) throws(ControlFault) -> [Robot] {
        guard let name = try request.text("robot") else { return robots }
        let found = robots.filter { $0.name == name }
        guard !found.isEmpty else {
            throw ControlFault(
                .notFound, "expected a robot that is led here, found \"\(name.prefix(40))\"",
                hint: "led are " + robots.map(\.name).joined(separator: ", "))
        }
        return found
    }

    private func names(_ robots: [Robot]) -> JSONValue { .list(robots.map { .text($0.name) }) }

    private func status(_ robot: Robot) -> JSONValue {
        let state = robot.state()
        return .object([
            "robot": .text(robot.name), "camera": .text(robot.camera), "live": .flag(robot.isLive),
            "stopped": .flag(state.reason != nil), "reason": state.reason.map { .text($0) } ?? .null,
            "arms": .object(state.arms.mapValues { .text($0) }),
        ])
    }
}
