package import Robots

extension RobotMapping {
    /// A guess at how a person's arms may move a robot's: chains of four moving joints and more that end in one hand.
    ///
    /// With seven joints shoulder, elbow and wrist are where the second, fourth and sixth of them turn, and the arm
    /// follows directions; with fewer they are where the second, third and fourth turn, and the wrist follows. Empty arms
    /// where the robot has no such chain.
    package static func proposal(for robot: RobotDescription) -> RobotMapping {
        var mapping = RobotMapping(robot: plainName(robot.name), arms: [])
        let chains = armChains(robot)
        for (index, joints) in chains.enumerated() {
            let isLong = joints.count >= 7
            let turns = isLong ? [1, 3, 5] : [1, 2, 3]
            let links = turns.map { robot.links[robot.joints[joints[$0]].child] }
            let tip = robot.joints[joints[joints.count - 1]].child
            let side = side(of: joints, index, chains.count, robot)
            var arm = Arm(
                name: side.rawValue, side: side, mode: isLong ? .armDirections : .wristVector, shoulder: links[0],
                elbow: links[1], wrist: links[2], joints: joints.map { robot.joints[$0].name }, tip: robot.links[tip])
            arm.grip = gripper(at: tip, robot)
            mapping.arms.append(arm)
        }
        return mapping
    }

    /// Joints of each arm from its base, without those of hands.
    private static func armChains(_ robot: RobotDescription) -> [[Int]] {
        let parents = Set(robot.joints.map(\.parent))
        var chains: [[Int]] = []
        for leaf in robot.links.indices where !parents.contains(leaf) {
            var joints = robot.path(to: leaf).filter { isMoving(robot.joints[$0]) }
            // What the parts of a hand have in common is the arm.
            while let last = joints.last, isHand(robot.joints[last]) { joints.removeLast() }
            guard joints.count >= 4, !chains.contains(where: { $0.starts(with: joints) }) else { continue }
            chains.removeAll { joints.starts(with: $0) }
            chains.append(joints)
        }
        // Two arms on one trunk share its joints; an arm has its own.
        guard chains.count > 1 else { return chains }
        let shared = Set(chains.dropFirst().reduce(Set(chains[0])) { $0.intersection($1) })
        return chains.map { $0.filter { !shared.contains($0) } }.filter { $0.count >= 4 }.prefix(2).map { $0 }
    }

    private static func isMoving(_ joint: RobotJoint) -> Bool { joint.kind != .fixed && joint.mimic == nil }

    private static func isHand(_ joint: RobotJoint) -> Bool {
        let name = joint.name.lowercased()
        return joint.kind == .prismatic
            || ["finger", "gripper", "jaw", "knuckle", "thumb"].contains { name.contains($0) }
    }

    private static func side(of joints: [Int], _ index: Int, _ count: Int, _ robot: RobotDescription) -> Side {
        let name = robot.joints[joints[0]].name.lowercased()
        if name.contains("left") { return .left }
        if name.contains("right") { return .right }
        return count > 1 && index == 0 ? .left : .right
    }

    /// The first joint of a hand below a link.
    private static func gripper(at tip: Int, _ robot: RobotDescription) -> Grip? {
        var open = [tip]
        while !open.isEmpty {
            let link = open.removeFirst()
            for joint in robot.joints where joint.parent == link {
                if isMoving(joint), let limits = joint.limits, limits.upper.isFinite, limits.lower < limits.upper {
                    return Grip(joint: joint.name, open: limits.upper, closed: limits.lower)
                }
                open.append(joint.child)
            }
        }
        return nil
    }

    /// Letters, digits and underscores.
    private static func plainName(_ name: String) -> String {
        let plain = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return plain.isEmpty ? "robot" : plain
    }
}
