import MarkedYAML

/// Reads a robot from its URDF file, and refuses what a robot should not be moved by.
package struct URDFReader {
    private let file: String
    private var links: [String: Int] = [:]
    private var robot = RobotDescription(name: "", links: [], joints: [])

    /// From this velocity on a limit looks like nobody's: radians a second, metres a second.
    package static let fastestTurn = 4.0
    package static let fastestSlide = 2.0
    /// Velocity of a continuous joint that says none.
    private static let continuousVelocity = 2.0

    private init(file: String) { self.file = file }

    /// Reads a file of at most 16 MiB.
    ///
    /// - Throws: `RobotsError` with line and element where the file is no URDF, a number is none, links hang together
    ///   badly, or a moving joint lacks limits.
    package static func read(_ path: String) throws(RobotsError) -> RobotDescription {
        try read(try MarkedElementReader(file: path).read(), path)
    }

    /// Reads bytes; `file` is what errors call them.
    package static func read(_ bytes: [UInt8], file: String) throws(RobotsError) -> RobotDescription {
        try read(try MarkedElementReader(file: file).read(bytes), file)
    }

    private static func read(_ root: MarkedElement, _ file: String) throws(RobotsError) -> RobotDescription {
        var reader = URDFReader(file: file)
        guard root.name == "robot" else {
            throw reader.error(root, "expected the root element robot, found \(root.name)")
        }
        reader.robot.name = root.attributes["name"] ?? "robot"
        for element in root.children(named: "link") { try reader.addLink(element) }
        guard !reader.links.isEmpty else { throw reader.error(root, "expected links, found none") }
        for element in root.children(named: "joint") { try reader.addJoint(element) }
        try reader.addMimics(root.children(named: "joint"))
        try reader.checkTree(root)
        for element in root.children(named: "link") { try reader.addCollisions(element) }
        return reader.robot
    }

    private func error(_ element: MarkedElement, _ message: String) -> RobotsError {
        RobotsError(file: file, line: element.line, column: element.column, place: element.words, message: message)
    }

    private mutating func warn(_ element: MarkedElement, _ message: String) {
        robot.warnings.append("\(file):\(element.line): \(element.words): \(message)")
    }

    private func name(_ element: MarkedElement) throws(RobotsError) -> String {
        guard let name = element.attributes["name"], !name.isEmpty else {
            throw error(element, "expected a name, found none")
        }
        return name
    }

    private mutating func addLink(_ element: MarkedElement) throws(RobotsError) {
        let name = try name(element)
        guard links[name] == nil else { throw error(element, "expected each link once, found \(name) again") }
        links[name] = robot.links.count
        robot.links.append(name)
    }

    private mutating func addJoint(_ element: MarkedElement) throws(RobotsError) {
        let name = try name(element)
        guard robot.joint(named: name) == nil else {
            throw error(element, "expected each joint once, found \(name) again")
        }
        let type = element.attributes["type"] ?? "nothing"
        guard let kind = RobotJoint.Kind(rawValue: type) else {
            let kinds = RobotJoint.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(element, "expected a type of \(kinds), found \(type.prefix(40))")
        }
        let parent = try link(element, "parent")
        let child = try link(element, "child")
        guard parent != child else { throw error(element, "expected two links, found \(robot.links[child]) twice") }
        if let other = robot.joint(holding: child) {
            throw error(
                element,
                "expected one joint that holds \(robot.links[child]), found \(robot.joints[other].name) before it")
        }
        for key in ["origin", "axis", "limit", "mimic"] where element.children(named: key).count > 1 {
            throw error(element.children(named: key)[1], "expected one \(key) of \(element.words), found another")
        }
        let axis = try axis(element, kind)
        robot.joints.append(
            RobotJoint(
                name: name, kind: kind, parent: parent, child: child, origin: try origin(element), axis: axis,
                limits: try limits(element, kind)))
    }

    private func link(_ element: MarkedElement, _ role: String) throws(RobotsError) -> Int {
        guard let end = element.child(named: role) else { throw error(element, "expected a \(role), found none") }
        guard let name = end.attributes["link"] else {
            throw error(end, "expected a link of \(element.words), found none")
        }
        guard let index = links[name] else {
            throw error(
                end,
                "expected a link of the robot as \(role) of \(element.words), found \(name.prefix(60)); nearest: "
                    + NearestNames.list(to: name, among: robot.links))
        }
        return index
    }

    private func axis(_ element: MarkedElement, _ kind: RobotJoint.Kind) throws(RobotsError) -> Vector3 {
        guard kind != .fixed, let child = element.child(named: "axis") else { return [1, 0, 0] }
        let axis = try vector(child, "xyz") ?? [1, 0, 0]
        guard let direction = axis.direction else {
            throw error(child, "expected a direction as axis of \(element.words), found 0 0 0")
        }
        return direction
    }

    private func origin(_ element: MarkedElement) throws(RobotsError) -> RigidTransform {
        guard let child = element.child(named: "origin") else { return .identity }
        let angles = try vector(child, "rpy") ?? .zero
        return RigidTransform(
            rotation: Rotation(roll: angles.x, pitch: angles.y, yaw: angles.z),
            translation: try vector(child, "xyz") ?? .zero)
    }

    private mutating func limits(
        _ element: MarkedElement, _ kind: RobotJoint.Kind
    ) throws(RobotsError) -> RobotJoint.Limits? {
        guard kind != .fixed else { return nil }
        guard let child = element.child(named: "limit") else {
            guard kind == .continuous else { throw error(element, "expected limits, found none") }
            warn(element, "has no limits; taken as \(Self.continuousVelocity) rad/s at most")
            return RobotJoint.Limits(lower: -.infinity, upper: .infinity, velocity: Self.continuousVelocity)
        }
        guard let velocity = try number(child, "velocity") else {
            throw error(child, "expected a velocity of \(element.words), found none")
        }
        guard velocity > 0 else {
            throw error(child, "expected a velocity of \(element.words) above 0, found \(velocity)")
        }
        let effort = try number(child, "effort") ?? 0
        guard effort >= 0 else {
            throw error(child, "expected an effort of \(element.words) of 0 or more, found \(effort)")
        }
        if effort == 0 { warn(child, "\(element.words) has an effort of 0") }
        let fastest = kind == .prismatic ? Self.fastestSlide : Self.fastestTurn
        if velocity > fastest {
            let unit = kind == .prismatic ? "m/s" : "rad/s"
            warn(
                child,
                "\(element.words) is said to go \(velocity) \(unit), which few arms do; say in the mapping how fast it may go"
            )
        }
        guard kind != .continuous else {
            return RobotJoint.Limits(lower: -.infinity, upper: .infinity, velocity: velocity, effort: effort)
        }
        let lower = try number(child, "lower") ?? 0
        let upper = try number(child, "upper") ?? 0
        guard lower <= upper else {
            throw error(
                child, "expected a lower limit of \(element.words) below the upper, found \(lower) above \(upper)")
        }
        if lower == upper { warn(child, "\(element.words) cannot move: both limits are \(lower)") }
        return RobotJoint.Limits(lower: lower, upper: upper, velocity: velocity, effort: effort)
    }

    private mutating func addMimics(_ elements: [MarkedElement]) throws(RobotsError) {
        for (index, element) in elements.enumerated() {
            guard let child = element.child(named: "mimic") else { continue }
            let name = child.attributes["joint"] ?? "nothing"
            guard let joint = robot.joint(named: name), joint != index else {
                throw error(
                    child,
                    "expected another joint for \(element.words) to follow, found \(name.prefix(60)); nearest: "
                        + NearestNames.list(
                            to: name, among: robot.joints.map(\.name).filter { $0 != robot.joints[index].name }))
            }
            robot.joints[index].mimic = RobotJoint.Mimic(
                joint: joint, multiplier: try number(child, "multiplier") ?? 1, offset: try number(child, "offset") ?? 0
            )
        }
        for (index, element) in elements.enumerated() {
            if let leader = robot.joints[index].mimic?.joint, robot.joints[leader].mimic != nil {
                throw error(element, "expected a joint to follow that follows none, found \(robot.joints[leader].name)")
            }
        }
    }

    /// One root, and every link reached from it.
    private func checkTree(_ root: MarkedElement) throws(RobotsError) {
        let held = Set(robot.joints.map(\.child))
        let roots = robot.links.indices.filter { !held.contains($0) }
        guard roots.count <= 1 else {
            let names = roots.map { robot.links[$0] }.prefix(6).joined(separator: ", ")
            throw error(root, "expected one link that no joint holds, found \(roots.count): \(names)")
        }
        var reached = Set(roots)
        var open = roots
        while let link = open.popLast() {
            for joint in robot.joints where joint.parent == link && reached.insert(joint.child).inserted {
                open.append(joint.child)
            }
        }
        guard reached.count == robot.links.count else {
            let lost = robot.joints.firstIndex { !reached.contains($0.child) }!
            let element = root.children(named: "joint")[lost]
            throw error(element, "expected a tree, found a loop through \(robot.links[robot.joints[lost].child])")
        }
    }

    // MARK: Bodies

    private mutating func addCollisions(_ element: MarkedElement) throws(RobotsError) {
        let link = links[try name(element)]!
        for collision in element.children(named: "collision") {
            guard let geometry = collision.child(named: "geometry"), let shape = geometry.children.first else {
                throw error(collision, "expected a geometry of \(element.words), found none")
            }
            let body: RobotBody.Shape
            switch shape.name {
            case "box":
                let size = try vector(shape, "size") ?? .zero
                guard all(size .> .zero) else { throw error(shape, "expected a size above 0 of \(element.words)") }
                body = .box(size)
            case "cylinder", "capsule":
                body = .cylinder(
                    radius: try positive(shape, "radius", element), length: try positive(shape, "length", element))
            case "sphere": body = .sphere(radius: try positive(shape, "radius", element))
            case "mesh":
                guard let name = shape.attributes["filename"], !name.isEmpty else {
                    throw error(shape, "expected a filename of \(element.words), found none")
                }
                body = .mesh(name, scale: try vector(shape, "scale") ?? [1, 1, 1])
            default:
                warn(shape, "\(element.words) has a shape that is not known; it is not kept clear of others")
                continue
            }
            robot.bodies.append(RobotBody(link: link, origin: try origin(collision), shape: body, line: shape.line))
        }
    }

    // MARK: Numbers

    private func positive(
        _ element: MarkedElement, _ key: String, _ owner: MarkedElement
    ) throws(RobotsError) -> Double {
        let value = try number(element, key) ?? 0
        guard value > 0 else { throw error(element, "expected a \(key) above 0 of \(owner.words), found \(value)") }
        return value
    }

    private func number(_ element: MarkedElement, _ key: String) throws(RobotsError) -> Double? {
        guard let text = element.attributes[key] else { return nil }
        return try number(text, element, key)
    }

    private func number(_ text: String, _ element: MarkedElement, _ key: String) throws(RobotsError) -> Double {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].utf8.count <= 40, !words[0].lowercased().contains("x"),
            let value = Double(words[0]), value.isFinite, abs(value) <= 1e6
        else {
            let found = text.isEmpty ? "nothing" : "'\(text.prefix(40))'"
            throw error(element, "expected a number within a million as \(key), found \(found)")
        }
        return value
    }

    private func vector(_ element: MarkedElement, _ key: String) throws(RobotsError) -> Vector3? {
        guard let text = element.attributes[key] else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 3 else {
            throw error(element, "expected three numbers as \(key), found '\(text.prefix(60))'")
        }
        var vector = Vector3.zero
        for axis in 0..<3 { vector[axis] = try number(String(words[axis]), element, key) }
        return vector
    }
}
