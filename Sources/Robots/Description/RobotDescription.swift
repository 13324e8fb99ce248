/// A robot as its URDF file describes it: a tree of links, each but the root held by one joint.
package struct RobotDescription: Sendable, Hashable {
    package var name: String
    package var links: [String]
    package var joints: [RobotJoint]
    /// What the links are made of, as far as hitting each other goes.
    package var bodies: [RobotBody]
    /// Pairs of links that a SRDF file says need no check against each other (they touch, or never can).
    package var ignoredPairs: Set<LinkPair>
    /// What the reader took but thinks odd, for people: `file:line: element: what`.
    package var warnings: [String]

    package init(
        name: String, links: [String], joints: [RobotJoint], bodies: [RobotBody] = [],
        ignoredPairs: Set<LinkPair> = [], warnings: [String] = []
    ) {
        self.name = name
        self.links = links
        self.joints = joints
        self.bodies = bodies
        self.ignoredPairs = ignoredPairs
        self.warnings = warnings
    }

    package func link(named name: String) -> Int? { links.firstIndex(of: name) }

    package func joint(named name: String) -> Int? { joints.firstIndex { $0.name == name } }

    /// The joint that holds a link; nil for the root.
    package func joint(holding link: Int) -> Int? { joints.firstIndex { $0.child == link } }

    /// Joints from the root to a link, the first at the root.
    package func path(to link: Int) -> [Int] {
        var path: [Int] = []
        var link = link
        while let joint = joint(holding: link), path.count <= joints.count {
            path.append(joint)
            link = joints[joint].parent
        }
        return path.reversed()
    }
}

/// Two links of a robot, in no order.
package struct LinkPair: Sendable, Hashable {
    package let first: String
    package let second: String

    package init(_ a: String, _ b: String) { (first, second) = a < b ? (a, b) : (b, a) }
}

/// What joins two links.
package struct RobotJoint: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case revolute, continuous, prismatic, fixed
    }

    /// What it can do: radians, or metres where it slides; seconds; N m or N.
    package struct Limits: Sendable, Hashable {
        package var lower: Double
        package var upper: Double
        package var velocity: Double
        package var effort: Double

        package init(lower: Double, upper: Double, velocity: Double, effort: Double = 0) {
            self.lower = lower
            self.upper = upper
            self.velocity = velocity
            self.effort = effort
        }
    }

    /// It follows another joint: `multiplier` times its position, and `offset`.
    package struct Mimic: Sendable, Hashable {
        package var joint: Int
        package var multiplier: Double
        package var offset: Double

        package init(joint: Int, multiplier: Double = 1, offset: Double = 0) {
            self.joint = joint
            self.multiplier = multiplier
            self.offset = offset
        }
    }

    package var name: String
    package var kind: Kind
    /// Index into the links.
    package var parent: Int
    package var child: Int
    /// Where the child's frame lies in the parent's at position nought.
    package var origin: RigidTransform
    /// Unit vector in the child's frame; meaningless where it is fixed.
    package var axis: Vector3
    /// Always there where it moves; of a continuous joint `lower` and `upper` are infinite.
    package var limits: Limits?
    package var mimic: Mimic?

    package init(
        name: String, kind: Kind, parent: Int, child: Int, origin: RigidTransform = .identity,
        axis: Vector3 = [1, 0, 0], limits: Limits? = nil, mimic: Mimic? = nil
    ) {
        self.name = name
        self.kind = kind
        self.parent = parent
        self.child = child
        self.origin = origin
        self.axis = axis
        self.limits = limits
        self.mimic = mimic
    }
}
