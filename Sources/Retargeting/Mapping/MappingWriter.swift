import Foundation
package import Robots
import Skeleton

extension RobotMapping {
    /// The mapping as a commented file, which `MappingReader` takes back; angles are rounded to a millionth of a degree.
    package func yaml(for robot: RobotDescription) -> String {
        var lines = [
            "# How a person's arms move \(robot.name.filter(\.isLetter).isEmpty ? "a robot" : Self.plain(robot.name)). Positions of joints are degrees (metres where they slide), speeds are",
            "# radians (metres) a second, as in URDF. Try it without a robot first:",
            "#   laban robot VIDEO --urdf FILE --mapping THIS_FILE --render look.mp4",
            "version: \(MappingReader.version)",
            "robot: \(Self.quoted(self.robot))",
            "",
            "# true where the robot faces the person and is to move like a mirror.",
            "mirrored: \(isMirrored)",
            "",
            "# No joint goes faster than this, nor faster than its URDF says.",
            "bounds: \(text(bounds, nil))",
            "",
            "# Bounds of single joints; positions inside those of the URDF.",
        ]
        if jointBounds.isEmpty {
            let name = robot.joints.first { $0.limits != nil }?.name ?? "elbow"
            lines += ["# joints:", "#   \(Self.plain(name)): {lower: -90, upper: 90, velocity: 1}"]
        } else {
            lines.append("joints:")
        }
        for (name, bounds) in jointBounds.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(Self.quoted(name)): \(text(bounds, robot.joint(named: name).map { robot.joints[$0] }))")
        }
        lines += ["", "arms:"]
        for arm in arms { lines += text(arm, robot).map { "  " + $0 } }
        lines += safetyLines + ["", "# Metres that links are kept apart.", "clearance: \(Self.shown(clearance))"]
        lines += ["# Bodies of links for that, where the URDF's do not do:"]
        if capsules.isEmpty {
            lines += [
                "# capsules:",
                "#   - {link: \(Self.plain(arms.first?.elbow ?? "elbow")), start: [0, 0, 0], end: [0, 0, 0.3], radius: 0.06}",
            ]
        } else {
            lines.append("capsules:")
        }
        for capsule in capsules {
            lines.append(
                "  - {link: \(Self.quoted(capsule.link)), start: \(Self.shown(capsule.start)), "
                    + "end: \(Self.shown(capsule.end)), radius: \(Self.shown(capsule.radius))}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(_ arm: Arm, _ robot: RobotDescription) -> [String] {
        var lines = [
            "- name: \(Self.quoted(arm.name))",
            "  # The person's arm that it follows.",
            "  side: \(arm.side.rawValue)",
            "  # arm_directions: upper arm and forearm point as the person's do (seven joints).",
            "  # wrist_vector: the wrist is where the person's is, as far as the arm reaches (five or six joints).",
            "  mode: \(arm.mode.rawValue)",
            "  # Links whose origins are its shoulder, elbow and wrist; a guess, look at it in the rendered video.",
            "  shoulder: \(Self.quoted(arm.shoulder))", "  elbow: \(Self.quoted(arm.elbow))",
            "  wrist: \(Self.quoted(arm.wrist))",
        ]
        if let tip = arm.tip { lines.append("  tip: \(Self.quoted(tip))") }
        if let joints = arm.joints { lines.append("  joints: [\(joints.map(Self.quoted).joined(separator: ", "))]") }
        let (roll, pitch, yaw) = Self.angles(of: arm.mount)
        lines += [
            "  # Turns the person's trunk (x forward, y to the left, z up) into the robot's root frame, degrees, round x, then",
            "  # y, then z. All 0: it stands upright on a table and looks where the person looks.",
            "  # It looks to the person's left: {yaw: -90}. On a wall, its z pointing forward: {pitch: -90}.",
            "  # Its z pointing to the person's left, as from a left shoulder: {roll: 90}; to the right: {roll: -90}.",
            "  mount: {roll: \(Self.degrees(roll)), pitch: \(Self.degrees(pitch)), yaw: \(Self.degrees(yaw))}",
            "  # Posture it begins in; the middle of the range where not told.",
            "  rest: {\(rest(arm, robot))}",
        ]
        if let grip = arm.grip, let index = robot.joint(named: grip.joint) {
            let joint = robot.joints[index]
            lines += [
                "  # The gripper follows the hand (laban robot --hands); exchange open and closed if it is the other way.",
                "  grip: {joint: \(Self.quoted(grip.joint)), open: \(position(grip.open, joint)), "
                    + "closed: \(position(grip.closed, joint))}",
            ]
        }
        return lines
    }

    private var safetyLines: [String] {
        var lines = [
            "",
            "safety:",
            "  # Seconds without a sight of the person after which it brakes, at most 0.1.",
            "  silence: \(Self.shown(safety.silence.inSeconds))",
            "  # An arm seen worse than this, 0.5 to 1, is not followed.",
            "  visibility: \(Self.shown(safety.visibility))",
            "  # Seconds until it follows fully again after it stood, at least 0.5.",
            "  blend: \(Self.shown(safety.blend.inSeconds))",
            "  # Share of the velocity bounds that is used: begin with a little.",
            "  speed: \(Self.shown(safety.speed))",
            "  # A box in the robot's root frame, metres, that elbow, wrist and tip never leave.",
        ]
        lines.append(
            safety.fence.map { "  fence: {lowest: \(Self.shown($0.lowest)), highest: \(Self.shown($0.highest))}" }
                ?? "  # fence: {lowest: [-0.5, -0.5, 0.05], highest: [0.5, 0.5, 0.8]}")
        lines.append("  # A gesture during which alone it moves, and one that stops it until `laban robot reset`.")
        lines.append(safety.deadMan.map { "  dead_man: \(Self.quoted($0))" } ?? "  # dead_man: open_palm")
        lines.append(
            safety.stopGesture.map { "  stop_gesture: \(Self.quoted($0))" } ?? "  # stop_gesture: crossed_arms")
        return lines
    }

    private func rest(_ arm: Arm, _ robot: RobotDescription) -> String {
        let names = arm.joints ?? arm.rest.keys.sorted()
        return names.compactMap { name -> String? in
            guard let index = robot.joint(named: name), let limits = robot.joints[index].limits else { return nil }
            let isBounded = limits.lower.isFinite && limits.upper.isFinite
            let middle = isBounded ? (limits.lower + limits.upper) / 2 : 0
            return "\(Self.quoted(name)): \(position(arm.rest[name] ?? middle, robot.joints[index]))"
        }.joined(separator: ", ")
    }

    /// Bounds of a joint, or of all.
    private func text(_ bounds: Bounds, _ joint: RobotJoint?) -> String {
        let positions = [("lower", bounds.lower), ("upper", bounds.upper)].compactMap { key, value in
            value.flatMap { value in joint.map { "\(key): \(position(value, $0))" } }
        }
        let rates = [("velocity", bounds.velocity), ("acceleration", bounds.acceleration), ("jerk", bounds.jerk)]
        return
            "{\((positions + rates.compactMap { key, value in value.map { "\(key): \(Self.shown($0))" } }).joined(separator: ", "))}"
    }

    private func position(_ position: Double, _ joint: RobotJoint) -> String {
        joint.kind == .prismatic ? Self.shown(position) : Self.degrees(position)
    }

    private static func degrees(_ angle: Double) -> String { shown(angle * 180 / .pi) }

    private static func shown(_ place: Vector3) -> String {
        "[\(shown(place.x)), \(shown(place.y)), \(shown(place.z))]"
    }

    /// With at most six decimal places, whatever the locale.
    private static func shown(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6
        return rounded == rounded.rounded() && abs(rounded) < 1e9 ? "\(Int(rounded))" : "\(rounded)"
    }

    /// Roll, pitch and yaw in radians as URDF has them; with the pitch at a right angle the roll is nought.
    private static func angles(of turn: Rotation) -> (roll: Double, pitch: Double, yaw: Double) {
        let level = (turn.x.x * turn.x.x + turn.x.y * turn.x.y).squareRoot()
        let pitch = atan2(-turn.x.z, level)
        guard level > 1e-9 else { return (0, pitch, atan2(-turn.y.x, turn.y.y)) }
        return (atan2(turn.y.z, turn.z.z), pitch, atan2(turn.x.y, turn.x.x))
    }

    /// A name for a comment.
    private static func plain(_ name: String) -> String {
        String(name.prefix(60).filter { $0.isLetter || $0.isNumber || $0 == "_" })
    }

    /// A word that YAML takes back as it is, whatever is in it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy {
            (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
        }
        if isPlain, let first = word.utf8.first, !(48...57).contains(first) { return word }
        let escaped = word.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case " "..."~": String(scalar)
            default:
                "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count)
                    + String(scalar.value, radix: 16)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
