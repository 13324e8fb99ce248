/// The moving joints from a robot's root to one of its links, with all that does not move folded into them.
///
/// Joints of the way that are not to be moved stand still where they are told to. A joint that mimics another
/// stands still too.
package struct KinematicChain: Sendable {
    /// A moving joint of the chain.
    package struct Joint: Sendable {
        package let name: String
        package let limits: RobotJoint.Limits
        package let isPrismatic: Bool
        /// Where its frame lies in that of the moving joint before (in the robot's root, for the first), at nought.
        let origin: RigidTransform
        /// Unit vector in its own frame.
        let axis: Vector3
    }

    /// A place fixed to the chain.
    package struct Point: Sendable {
        /// How many joints of the chain move it.
        package let joints: Int
        /// Where it lies in the frame of the last of these; in the root's where there is none.
        let offset: Vector3
    }

    package let joints: [Joint]
    private let root: RigidTransform
    /// For each link on the way to the tip: how many joints move it, and where it lies in the frame of the last.
    private let frames: [Int: (joints: Int, frame: RigidTransform)]

    /// - Parameters:
    ///   - tip: a link.
    ///   - moving: names of joints that move; nil for all of the way that can and mimic none.
    ///   - standing: positions of joints that stand still, by name; nought, or the nearest allowed, where not told.
    package init(of robot: RobotDescription, to tip: Int, moving: [String]? = nil, standing: [String: Double] = [:]) {
        var joints: [Joint] = []
        var frames: [Int: (joints: Int, frame: RigidTransform)] = [:]
        // The place of the link at hand in the frame of the last moving joint.
        var frame = RigidTransform.identity
        let path = robot.path(to: tip)
        if let first = path.first { frames[robot.joints[first].parent] = (0, frame) }
        for index in path {
            let joint = robot.joints[index]
            frame = frame * joint.origin
            let moves =
                joint.kind != .fixed && joint.mimic == nil && (moving.map { $0.contains(joint.name) } ?? true)
            if moves, let limits = joint.limits {
                joints.append(
                    Joint(
                        name: joint.name, limits: limits, isPrismatic: joint.kind == .prismatic, origin: frame,
                        axis: joint.axis))
                frame = .identity
            } else if joint.kind != .fixed {
                frame = frame * Self.motion(of: joint, by: Self.position(of: joint, standing))
            }
            frames[joint.child] = (joints.count, frame)
        }
        self.joints = joints
        self.frames = frames
        root = .identity
    }

    private static func position(of joint: RobotJoint, _ standing: [String: Double]) -> Double {
        if let told = standing[joint.name] { return told }
        guard let limits = joint.limits else { return 0 }
        return min(max(0, limits.lower), limits.upper)
    }

    private static func motion(of joint: RobotJoint, by position: Double) -> RigidTransform {
        joint.kind == .prismatic
            ? RigidTransform(rotation: .identity, translation: joint.axis * position)
            : RigidTransform(rotation: Rotation(position, round: joint.axis), translation: .zero)
    }

    /// The origin of a link's frame, moved by `offset` in it; nil where the link is not on the way to the tip.
    package func point(of link: Int, offset: Vector3 = .zero) -> Point? {
        frames[link].map { Point(joints: $0.joints, offset: $0.frame * offset) }
    }

    /// Where the joints' frames lie in the root's, at positions of shape (joints).
    package func placements(at positions: [Double]) -> [RigidTransform] {
        var placements = [RigidTransform](repeating: .identity, count: joints.count)
        place(at: positions, into: &placements)
        return placements
    }

    /// Writes where the joints' frames lie in the root's, at positions of shape (joints), into as many placements.
    package func place(at positions: [Double], into placements: inout [RigidTransform]) {
        precondition(positions.count == joints.count && placements.count == joints.count, "one position a joint")
        var placement = root
        for index in joints.indices {
            let joint = joints[index]
            placement = placement * joint.origin
            if joint.isPrismatic {
                placement.translation = placement * (joint.axis * positions[index])
            } else {
                placement.rotation = placement.rotation * Rotation(positions[index], round: joint.axis)
            }
            placements[index] = placement
        }
    }

    /// Where a point is in the root's frame.
    package func place(of point: Point, _ placements: [RigidTransform]) -> Vector3 {
        point.joints == 0 ? root * point.offset : placements[point.joints - 1] * point.offset
    }

    /// The axis of a joint in the root's frame, a unit vector.
    package func axis(of joint: Int, _ placements: [RigidTransform]) -> Vector3 {
        placements[joint].rotation * joints[joint].axis
    }

    /// How fast a place fixed to a joint's link moves with that joint, metres a radian (or a metre).
    package func motion(of place: Vector3, with joint: Int, _ placements: [RigidTransform]) -> Vector3 {
        let axis = axis(of: joint, placements)
        return joints[joint].isPrismatic ? axis : cross(axis, place - placements[joint].translation)
    }

    /// How a place fixed to the first `count` joints moves with each of them: shape (joints), metres a radian (or a metre).
    package func jacobian(of place: Vector3, movedBy count: Int, _ placements: [RigidTransform]) -> [Vector3] {
        joints.indices.map { $0 < count ? motion(of: place, with: $0, placements) : .zero }
    }

    /// For each joint, metres that places fixed to the chain move at most for a radian of it (or a metre).
    ///
    /// - Parameter farthest: how many joints move a place, and how far it is from the last of them.
    func levers(farthest: [(joints: Int, distance: Double)]) -> [Double] {
        joints.indices.map { joint in
            if joints[joint].isPrismatic { return 1 }
            var (way, longest) = (0.0, 0.0)
            for next in joint..<joints.count {
                if next > joint {
                    way += joints[next].origin.translation.length
                    // What slides makes the way longer.
                    if joints[next].isPrismatic {
                        way += max(abs(joints[next].limits.lower), abs(joints[next].limits.upper))
                    }
                }
                for place in farthest where place.joints == next + 1 { longest = max(longest, way + place.distance) }
            }
            return longest
        }
    }
}
