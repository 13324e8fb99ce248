package import MarkedYAML
package import Robots

/// Reads how a person's arms move a robot's from a mapping file, and checks it against the robot. All that is wrong is
/// told at once.
///
/// Positions of joints are degrees (metres where they slide), as people write them; speeds are radians or metres a second,
/// as URDF has them.
package struct MappingReader {
    private let robot: RobotDescription
    private var faults: [YAMLFileError] = []
    private var warnings: [String] = []

    package static let version = 1

    /// - Throws: `YAMLFileError` with every fault and its line.
    package static func read(
        _ path: String, for robot: RobotDescription
    ) throws(YAMLFileError) -> (mapping: RobotMapping, warnings: [String]) {
        try read(try YAMLNode(contentsOf: path), robot)
    }

    /// Reads text; `file` is what errors call it.
    package static func read(
        yaml: String, file: String, for robot: RobotDescription
    ) throws(YAMLFileError) -> (mapping: RobotMapping, warnings: [String]) {
        try read(try YAMLNode(yaml: yaml, file: file), robot)
    }

    private static func read(
        _ node: YAMLNode, _ robot: RobotDescription
    ) throws(YAMLFileError) -> (mapping: RobotMapping, warnings: [String]) {
        var reader = MappingReader(robot: robot)
        let mapping = reader.mapping(node)
        if let error = YAMLFileError(reader.faults) { throw error }
        return (mapping, reader.warnings)
    }

    /// What `body` gives; a fault is noted, and nil given.
    @discardableResult
    private mutating func noting<T>(_ body: (inout MappingReader) throws(YAMLFileError) -> T) -> T? {
        do throws(YAMLFileError) { return try body(&self) } catch {
            faults.append(error)
            return nil
        }
    }

    private mutating func mapping(_ node: YAMLNode) -> RobotMapping {
        var mapping = RobotMapping(robot: robot.name, arms: [])
        noting { (_) throws(YAMLFileError) in
            try node.expectKeys([
                "version", "robot", "mirrored", "arms", "bounds", "joints", "safety", "clearance", "capsules",
            ])
        }
        noting { (_) throws(YAMLFileError) in
            let version = try node.required("version")
            guard try version.string() == "\(Self.version)" else {
                throw version.error("expected version \(Self.version), found \(version.found)")
            }
        }
        if let name = noting({ (_) throws(YAMLFileError) in try node.value("robot")?.filled() }) ?? nil {
            mapping.robot = name
        }
        if let flag = noting({ (_) throws(YAMLFileError) in try node.value("mirrored")?.flag() }) ?? nil {
            mapping.isMirrored = flag
        }
        noting { (reader) throws(YAMLFileError) in
            if let clearance = try node.value("clearance") {
                mapping.clearance = try reader.number(clearance, 0...0.5, "metres")
            }
        }
        noting { (reader) throws(YAMLFileError) in
            if let bounds = try node.value("bounds") {
                try bounds.expectKeys(["velocity", "acceleration", "jerk"])
                mapping.bounds = try reader.rates(bounds, mapping.bounds)
                try reader.warnOfSpeed(bounds)
            }
        }
        readJoints(node, &mapping)
        readSafety(node, &mapping)
        readCapsules(node, &mapping)
        readArms(node, &mapping)
        return mapping
    }

    // MARK: Parts

    private mutating func readJoints(_ node: YAMLNode, _ mapping: inout RobotMapping) {
        let pairs = noting { (_) throws(YAMLFileError) in try node.value("joints")?.pairs() ?? [] } ?? []
        for (name, node) in pairs {
            noting { (reader) throws(YAMLFileError) in
                let joint = try reader.joint(named: name, at: node)
                try node.expectKeys(["lower", "upper", "velocity", "acceleration", "jerk"])
                var bounds = try reader.rates(node, RobotMapping.Bounds())
                bounds.lower = try reader.position(node.value("lower"), joint)
                bounds.upper = try reader.position(node.value("upper"), joint)
                try reader.check(bounds, joint, node)
                if joint.kind != .prismatic { try reader.warnOfSpeed(node) }
                mapping.jointBounds[name] = bounds
            }
        }
    }

    private mutating func warnOfSpeed(_ bounds: YAMLNode) throws(YAMLFileError) {
        guard let node = try bounds.value("velocity"), let velocity = Double(try node.string()),
            velocity > URDFReader.fastestTurn
        else { return }
        let place = node.error("\(velocity) rad/s is more than \(URDFReader.fastestTurn), which few arms do")
        warnings.append("line \(place.line ?? 1): \(place.message)")
    }

    private func check(_ bounds: RobotMapping.Bounds, _ joint: RobotJoint, _ node: YAMLNode) throws(YAMLFileError) {
        let limits = joint.limits!
        let (lower, upper) = (bounds.lower ?? limits.lower, bounds.upper ?? limits.upper)
        // Degrees do not tell the last digit of radians.
        guard lower >= limits.lower - 1e-4, upper <= limits.upper + 1e-4 else {
            throw node.error(
                "expected \(joint.name) inside its limits of the URDF, \(shown(limits.lower, joint)) to "
                    + "\(shown(limits.upper, joint)), found \(shown(lower, joint)) to \(shown(upper, joint))")
        }
        guard lower < upper else {
            throw node.error(
                "expected lower below upper of \(joint.name), found \(shown(lower, joint)) and \(shown(upper, joint))")
        }
        if let velocity = bounds.velocity, velocity > limits.velocity {
            throw node.error(
                "expected \(joint.name) no faster than its limit of the URDF, \(limits.velocity), found \(velocity)")
        }
    }

    private mutating func readSafety(_ node: YAMLNode, _ mapping: inout RobotMapping) {
        guard let safety = noting({ (_) throws(YAMLFileError) in try node.value("safety") }) ?? nil else { return }
        noting { (_) throws(YAMLFileError) in
            try safety.expectKeys([
                "silence", "visibility", "blend", "speed", "fence", "dead_man", "stop_gesture",
            ])
        }
        noting { (reader) throws(YAMLFileError) in
            if let node = try safety.value("silence") {
                mapping.safety.silence = .seconds(try reader.number(node, 0.02...0.1, "seconds"))
            }
        }
        noting { (reader) throws(YAMLFileError) in
            if let node = try safety.value("visibility") {
                mapping.safety.visibility = try reader.number(node, 0.5...1, "")
            }
        }
        noting { (reader) throws(YAMLFileError) in
            if let node = try safety.value("blend") {
                mapping.safety.blend = .seconds(try reader.number(node, 0.5...10, "seconds"))
            }
        }
        noting { (reader) throws(YAMLFileError) in
            if let node = try safety.value("speed") { mapping.safety.speed = try reader.number(node, 0.01...1, "") }
        }
        noting { (reader) throws(YAMLFileError) in
            guard let node = try safety.value("fence") else { return }
            try node.expectKeys(["lowest", "highest"])
            let lowest = try reader.vector(node.required("lowest"))
            let highest = try reader.vector(node.required("highest"))
            guard all(highest .> lowest + 0.02) else {
                throw node.error("expected a fence with room in it, found lowest not below highest")
            }
            mapping.safety.fence = RobotMapping.Fence(lowest: lowest, highest: highest)
        }
        noting { (_) throws(YAMLFileError) in
            mapping.safety.deadMan = try safety.value("dead_man")?.name()
            mapping.safety.stopGesture = try safety.value("stop_gesture")?.name()
        }
    }

    private mutating func readCapsules(_ node: YAMLNode, _ mapping: inout RobotMapping) {
        let list = noting { (_) throws(YAMLFileError) in try node.value("capsules")?.list() ?? [] } ?? []
        for node in list {
            noting { (reader) throws(YAMLFileError) in
                try node.expectKeys(["link", "start", "end", "radius"])
                mapping.capsules.append(
                    RobotMapping.Capsule(
                        link: try reader.link(node.required("link")), start: try reader.vector(node.required("start")),
                        end: try reader.vector(node.required("end")),
                        radius: try reader.number(node.required("radius"), 0.001...2, "metres")))
            }
        }
    }

    private mutating func readArms(_ node: YAMLNode, _ mapping: inout RobotMapping) {
        guard let list = noting({ (_) throws(YAMLFileError) in try node.required("arms").list() }) else { return }
        var owners: [String: String] = [:]
        for node in list {
            let arm = noting { (reader) throws(YAMLFileError) in try reader.arm(node, mapping.jointBounds) }
            guard let arm else { continue }
            if mapping.arms.contains(where: { $0.name == arm.name }) {
                faults.append(node.error("expected each arm's name once, found \(arm.name) again"))
            }
            let geometry = noting { (reader) throws(YAMLFileError) in try reader.geometry(arm, node, mapping) }
            for joint in geometry?.chain.joints.map(\.name) ?? [] {
                if let other = owners[joint] {
                    faults.append(
                        node.error("expected each joint in one arm, found \(joint) in \(other) and \(arm.name)"))
                }
                owners[joint] = arm.name
            }
            mapping.arms.append(arm)
        }
    }

    // MARK: An arm

    private mutating func arm(
        _ node: YAMLNode, _ bounds: [String: RobotMapping.Bounds]
    ) throws(YAMLFileError) -> RobotMapping.Arm {
        try node.expectKeys([
            "name", "side", "mode", "shoulder", "elbow", "wrist", "tip", "joints", "mount", "rest", "grip",
        ])
        let side: RobotMapping.Side = try choice(node.required("side"))
        var arm = RobotMapping.Arm(
            name: try node.value("name")?.name() ?? side.rawValue, side: side, mode: try choice(node.required("mode")),
            shoulder: try link(node.required("shoulder")), elbow: try link(node.required("elbow")),
            wrist: try link(node.required("wrist")))
        if let tip = try node.value("tip") { arm.tip = try link(tip) }
        if let joints = try node.value("joints") {
            var names: [String] = []
            for entry in try joints.list() { names.append(try joint(named: entry.filled(), at: entry).name) }
            arm.joints = names
        }
        if let mount = try node.value("mount") {
            try mount.expectKeys(["roll", "pitch", "yaw"])
            var angles = Vector3.zero
            for (axis, key) in ["roll", "pitch", "yaw"].enumerated() {
                if let value = try mount.value(key) {
                    angles[axis] = try number(value, -360...360, "degrees") * .pi / 180
                }
            }
            arm.mount = Rotation(roll: angles.x, pitch: angles.y, yaw: angles.z)
        }
        for (name, value) in try node.value("rest")?.pairs() ?? [] {
            let joint = try joint(named: name, at: value)
            arm.rest[name] = try allowed(value, joint, bounds[name], "at rest")
        }
        if let grip = try node.value("grip") {
            try grip.expectKeys(["joint", "open", "closed"])
            let name = try grip.required("joint")
            let joint = try joint(named: name.filled(), at: name)
            arm.grip = RobotMapping.Grip(
                joint: joint.name, open: try allowed(grip.required("open"), joint, bounds[joint.name], "open"),
                closed: try allowed(grip.required("closed"), joint, bounds[joint.name], "closed"))
        }
        return arm
    }

    /// Whether shoulder, elbow and wrist lie on one way, with joints enough between them.
    private func geometry(
        _ arm: RobotMapping.Arm, _ node: YAMLNode, _ mapping: RobotMapping
    ) throws(YAMLFileError) -> ArmGeometry {
        let geometry: ArmGeometry
        do throws(RetargetingError) { geometry = try ArmGeometry(arm, of: robot) } catch {
            throw node.error("expected an arm, found \(error.description)")
        }
        let counts = geometry.points.map(\.joints)
        guard counts[0] < counts[1], counts[1] < counts[2] else {
            throw node.error(
                "expected shoulder, elbow and wrist in this order from the base, moving joints between them, found \(arm.shoulder), \(arm.elbow), "
                    + "\(arm.wrist)")
        }
        let needed = arm.mode == .armDirections ? 4 : 3
        guard counts[2] >= needed, counts[1] >= 1 else {
            throw node.error(
                "expected \(needed) moving joints before the wrist for \(arm.mode.rawValue), found \(counts[2])"
                    + (arm.mode == .armDirections ? "; wrist_vector needs three" : ""))
        }
        return geometry
    }

    // MARK: Values

    private func choice<T: RawRepresentable<String> & CaseIterable>(_ node: YAMLNode) throws(YAMLFileError) -> T {
        guard let value = T(rawValue: try node.string()) else {
            throw node.error(
                "expected \(T.allCases.map(\.rawValue).joined(separator: " or ")), found \(node.found)")
        }
        return value
    }

    private func number(
        _ node: YAMLNode, _ range: ClosedRange<Double>, _ unit: String
    ) throws(YAMLFileError) -> Double {
        guard let value = Double(try node.string()), range.contains(value) else {
            let words = ["expected \(range.lowerBound) to \(range.upperBound)", unit].filter { !$0.isEmpty }
            throw node.error(words.joined(separator: " ") + ", found \(node.found)")
        }
        return value
    }

    private func vector(_ node: YAMLNode) throws(YAMLFileError) -> Vector3 {
        let list = try node.list()
        guard list.count == 3 else { throw node.error("expected three numbers, found \(list.count)") }
        return [
            try number(list[0], -100...100, "metres"), try number(list[1], -100...100, "metres"),
            try number(list[2], -100...100, "metres"),
        ]
    }

    private func rates(
        _ node: YAMLNode, _ before: RobotMapping.Bounds
    ) throws(YAMLFileError) -> RobotMapping.Bounds {
        var bounds = before
        if let value = try node.value("velocity") { bounds.velocity = try number(value, 0.01...20, "rad/s") }
        if let value = try node.value("acceleration") {
            bounds.acceleration = try number(value, 0.1...200, "rad/s2")
        }
        if let value = try node.value("jerk") { bounds.jerk = try number(value, 1...20_000, "rad/s3") }
        return bounds
    }

    private func link(_ node: YAMLNode) throws(YAMLFileError) -> String {
        let name = try node.filled()
        guard robot.link(named: name) != nil else {
            throw node.error(
                "expected a link of \(robot.name), found \(node.found); nearest: "
                    + NearestNames.list(to: name, among: robot.links))
        }
        return name
    }

    private func joint(named name: String, at node: YAMLNode) throws(YAMLFileError) -> RobotJoint {
        guard let index = robot.joint(named: name), robot.joints[index].limits != nil else {
            let moving = robot.joints.filter { $0.limits != nil && $0.mimic == nil }.map(\.name)
            throw node.error(
                "expected a moving joint of \(robot.name), found '\(name.prefix(40))'; nearest: "
                    + NearestNames.list(to: name, among: moving))
        }
        guard robot.joints[index].mimic == nil else {
            throw node.error("expected a joint that follows no other, found \(name)")
        }
        return robot.joints[index]
    }

    /// A position inside a joint's limits and bounds.
    private func allowed(
        _ node: YAMLNode, _ joint: RobotJoint, _ bounds: RobotMapping.Bounds?, _ when: String
    ) throws(YAMLFileError) -> Double {
        let position = try position(node, joint)!
        let lower = max(joint.limits!.lower, bounds?.lower ?? -.infinity)
        let upper = min(joint.limits!.upper, bounds?.upper ?? .infinity)
        // Degrees do not tell the last digit of radians.
        guard position >= lower - 1e-4, position <= upper + 1e-4 else {
            throw node.error(
                "expected \(joint.name) \(when) inside its limits, \(shown(lower, joint)) to \(shown(upper, joint)), "
                    + "found \(shown(position, joint))")
        }
        return min(max(position, lower), upper)
    }

    /// Degrees as radians; metres as they are.
    private func position(_ node: YAMLNode?, _ joint: RobotJoint) throws(YAMLFileError) -> Double? {
        guard let node else { return nil }
        return joint.kind == .prismatic
            ? try number(node, -10...10, "metres") : try number(node, -3600...3600, "degrees") * .pi / 180
    }

    private func shown(_ position: Double, _ joint: RobotJoint) -> String {
        joint.kind == .prismatic ? "\(rounded(position, 1000)) m" : "\(rounded(position * 180 / .pi, 10)) degrees"
    }

    private func rounded(_ value: Double, _ steps: Double) -> Double { (value * steps).rounded() / steps }
}
