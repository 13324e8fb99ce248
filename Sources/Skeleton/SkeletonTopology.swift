/// The joints of a kind of skeleton: their names, which joint each hangs from, and the joint all hang from.
///
/// Joints are numbered from 0 in the order of `jointNames`. Left and right are the person's own.
package struct SkeletonTopology: Sendable, Hashable {
    /// The word for it in files and events, such as `blazepose33`.
    package let name: String
    /// One camel-case name a joint, such as `leftWrist`.
    package let jointNames: [String]
    /// (child, parent) pairs, towards the centre.
    package let inwardEdges: [Edge]
    /// The joint nearest the middle of the body.
    package let center: Int
    /// For each joint the joint on the other side of the body; itself for joints in the middle.
    package let mirrored: [Int]

    package struct Edge: Sendable, Hashable {
        package let child: Int
        package let parent: Int

        package init(_ child: Int, _ parent: Int) {
            self.child = child
            self.parent = parent
        }
    }

    /// Number of joints, V.
    package var count: Int { jointNames.count }

    /// Makes a topology; `edges` are (child, parent) indices.
    package init(name: String, jointNames: [String], edges: [(Int, Int)], center: Int) {
        let indices = Dictionary(uniqueKeysWithValues: zip(jointNames, jointNames.indices))
        self.name = name
        self.jointNames = jointNames
        self.inwardEdges = edges.map { Edge($0.0, $0.1) }
        self.center = center
        self.mirrored = jointNames.enumerated().map { index, joint in
            Self.otherSide(of: joint).flatMap { indices[$0] } ?? index
        }
        precondition(
            inwardEdges.allSatisfy { jointNames.indices.contains($0.child) && jointNames.indices.contains($0.parent) },
            "an edge of \(name) names a joint that does not exist")
    }

    /// The index of a joint by name, or nil if this topology lacks it.
    package func index(of joint: String) -> Int? { jointNames.firstIndex(of: joint) }

    /// The known topology of that name, or nil.
    package static func named(_ name: String) -> SkeletonTopology? { known.first { $0.name == name } }

    package static func == (a: Self, b: Self) -> Bool { a.name == b.name && a.jointNames == b.jointNames }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    private static func otherSide(of joint: String) -> String? {
        if joint.hasPrefix("left") { return "right" + joint.dropFirst(4) }
        if joint.hasPrefix("right") { return "left" + joint.dropFirst(5) }
        if joint.hasSuffix("Left") { return joint.dropLast(4) + "Right" }
        if joint.hasSuffix("Right") { return joint.dropLast(5) + "Left" }
        return nil
    }
}
