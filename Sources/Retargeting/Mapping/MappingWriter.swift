package import Robots
import Skeleton

extension RobotMapping {
    /// The mapping as a commented file, which `MappingReader` takes back.
    package func yaml(for robot: RobotDescription) -> String {
        var text = """
            # How a person's arms move \(self.robot). Positions of joints are degrees (metres where they slide), speeds are
            # radians (metres) a second, as in URDF. Try it without a robot first:
            #   laban robot VIDEO --urdf FILE --mapping THIS_FILE --render look.mp4
            version: \(MappingReader.version)
            robot: \(self.robot)

            # true where the robot faces the person and is to move like a mirror.
            mirrored: \(isMirrored)

            # No joint goes faster than this, nor faster than its URDF says.
            bounds: {velocity: \(shown(bounds.velocity ?? 2)), acceleration: \(shown(bounds.acceleration ?? 10)), jerk: \(shown(bounds.jerk ?? 1_000))}

            # Bounds of single joints; positions inside those of the URDF.
            # joints:
            #   \(robot.joints.first { $0.limits != nil }?.name ?? "elbow"): {lower: -90, upper: 90, velocity: 1}

            arms:

            """
        for arm in arms { text += self.text(arm, robot) }
        text += """

            safety:
              # Seconds without a sight of the person after which it brakes, at most 0.1.
              silence: \(shown(safety.silence.inSeconds))
              # An arm seen worse than this, 0.5 to 1, is not followed.
              visibility: \(shown(safety.visibility))
              # Seconds until it follows fully again after it stood, at least 0.5.
              blend: \(shown(safety.blend.inSeconds))
              # Share of the velocity bounds that is used: begin with a little.
              speed: \(shown(safety.speed))
              # A box in the robot's root frame, metres, that elbow, wrist and tip never leave.
              # fence: {lowest: [-0.5, -0.5, 0.05], highest: [0.5, 0.5, 0.8]}
              # A gesture during which alone it moves, and one that stops it until `laban robot reset`.
              # dead_man: open_palm
              # stop_gesture: crossed_arms

            # Metres that links are kept apart.
            clearance: \(shown(clearance))
            # Bodies of links for that, where the URDF's do not do:
            # capsules:
            #   - {link: \(arms.first?.elbow ?? "elbow"), start: [0, 0, 0], end: [0, 0, 0.3], radius: 0.06}

            """
        return text
    }

    private func text(_ arm: Arm, _ robot: RobotDescription) -> String {
        var lines = [
            "- name: \(arm.name)",
            "  # The person's arm that it follows.",
            "  side: \(arm.side.rawValue)",
            "  # arm_directions: upper arm and forearm point as the person's do (seven joints).",
            "  # wrist_vector: the wrist is where the person's is, as far as the arm reaches (five or six joints).",
            "  mode: \(arm.mode.rawValue)",
            "  # Links whose origins are its shoulder, elbow and wrist; a guess, look at it in the rendered video.",
            "  shoulder: \(arm.shoulder)", "  elbow: \(arm.elbow)", "  wrist: \(arm.wrist)",
        ]
        if let tip = arm.tip { lines.append("  tip: \(tip)") }
        if let joints = arm.joints { lines.append("  joints: [\(joints.joined(separator: ", "))]") }
        lines += [
            "  # Turns the person's trunk (x forward, y to the left, z up) into the robot's root frame, degrees. All 0: it",
            "  # stands upright on a table and looks where the person looks. Hung from a wall on the person's left with its",
            "  # z away from the wall: {roll: -90, pitch: 0, yaw: 0}.",
            "  mount: {roll: 0, pitch: 0, yaw: 0}",
            "  # Posture it begins in; the middle of the range where not told.",
            "  rest: {\(rest(arm, robot))}",
        ]
        if let grip = arm.grip, let index = robot.joint(named: grip.joint) {
            let joint = robot.joints[index]
            lines += [
                "  # The gripper follows the hand (laban robot --hands); exchange open and closed if it is the other way.",
                "  grip: {joint: \(grip.joint), open: \(position(grip.open, joint)), closed: \(position(grip.closed, joint))}",
            ]
        }
        return lines.map { "  " + $0 + "\n" }.joined()
    }

    private func rest(_ arm: Arm, _ robot: RobotDescription) -> String {
        let names = arm.joints ?? arm.rest.keys.sorted()
        return names.compactMap { name -> String? in
            guard let index = robot.joint(named: name), let limits = robot.joints[index].limits else { return nil }
            let isBounded = limits.lower.isFinite && limits.upper.isFinite
            let middle = isBounded ? (limits.lower + limits.upper) / 2 : 0
            return "\(name): \(position(arm.rest[name] ?? middle, robot.joints[index]))"
        }.joined(separator: ", ")
    }

    private func position(_ position: Double, _ joint: RobotJoint) -> String {
        shown(joint.kind == .prismatic ? position : position * 180 / .pi)
    }

    private func shown(_ value: Double) -> String {
        let rounded = (value * 10_000).rounded() / 10_000
        return rounded == rounded.rounded() && abs(rounded) < 1e9 ? "\(Int(rounded))" : "\(rounded)"
    }
}
