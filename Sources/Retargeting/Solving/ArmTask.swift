import Foundation
package import Robots

/// What an arm is to do at one moment: one or two vectors in the robot's root frame, each of length one or less.
///
/// `armDirections`: the unit vectors of upper arm and forearm. `wristVector`: from shoulder to wrist as a share of the
/// arm's reach.
package struct ArmTarget: Sendable, Hashable {
    package var vectors: [Vector3]
    /// How fast they change, a second.
    package var rates: [Vector3]

    package init(vectors: [Vector3], rates: [Vector3]) {
        self.vectors = vectors
        self.rates = rates
    }
}

/// How an arm's vectors follow from its posture, with their Jacobian.
///
/// All storage is made once; `update` allocates nothing.
package struct ArmTask: Sendable {
    package let chain: KinematicChain
    package let mode: RobotMapping.Mode
    /// Metres from shoulder to wrist at most: the lengths of the segments.
    package let reach: Double
    /// Placements of the joints at the last posture, shape (joints).
    package private(set) var placements: [RigidTransform]
    /// Shape (vectors).
    package private(set) var vectors: [Vector3]
    /// Shape (vectors, joints): how the vectors change with the joints, a radian.
    package private(set) var jacobian: [Vector3]
    private let points: [KinematicChain.Point]

    /// - Parameter points: shoulder, elbow and wrist.
    package init(
        chain: KinematicChain, mode: RobotMapping.Mode, points: [KinematicChain.Point], samplePosture: [Double]
    ) {
        precondition(points.count == 3, "shoulder, elbow and wrist")
        self.chain = chain
        self.mode = mode
        self.points = points
        placements = chain.placements(at: samplePosture)
        let count = mode == .armDirections ? 2 : 1
        vectors = Array(repeating: .zero, count: count)
        jacobian = Array(repeating: .zero, count: count * chain.joints.count)
        let places = points.map { [placements] in chain.place(of: $0, placements) }
        reach = (places[1] - places[0]).length + (places[2] - places[1]).length
        update(samplePosture)
    }

    /// How many vectors there are.
    package var count: Int { vectors.count }

    /// Where shoulder, elbow and wrist are at the last posture, metres in the root's frame.
    package var places: [Vector3] { points.map { chain.place(of: $0, placements) } }

    /// Computes vectors and Jacobian at a posture of shape (joints).
    package mutating func update(_ posture: [Double]) {
        chain.place(at: posture, into: &placements)
        switch mode {
        case .armDirections:
            setDirection(0, from: points[0], to: points[1])
            setDirection(1, from: points[1], to: points[2])
        case .wristVector:
            setVector(0, from: points[0], to: points[2], scale: 1 / reach)
        }
    }

    private mutating func setVector(
        _ index: Int, from start: KinematicChain.Point, to end: KinematicChain.Point, scale: Double
    ) {
        let (a, b) = (chain.place(of: start, placements), chain.place(of: end, placements))
        vectors[index] = (b - a) * scale
        for joint in chain.joints.indices {
            var change = Vector3.zero
            if joint < end.joints { change += chain.motion(of: b, with: joint, placements) }
            if joint < start.joints { change -= chain.motion(of: a, with: joint, placements) }
            jacobian[index * chain.joints.count + joint] = change * scale
        }
    }

    private mutating func setDirection(
        _ index: Int, from start: KinematicChain.Point, to end: KinematicChain.Point
    ) {
        let length = (chain.place(of: end, placements) - chain.place(of: start, placements)).length
        setVector(index, from: start, to: end, scale: 1 / max(length, 1e-6))
        let direction = vectors[index]
        for joint in chain.joints.indices {
            let k = index * chain.joints.count + joint
            jacobian[k] -= direction * dot(direction, jacobian[k])
        }
    }

    /// How far a vector is from where it should be: radians between directions, share of the reach for a wrist.
    package func error(_ index: Int, from target: Vector3) -> Double {
        mode == .wristVector ? (target - vectors[index]).length : angle(vectors[index], target)
    }

    /// The larger error, where there are two.
    package func worstError(from target: ArmTarget) -> Double {
        var worst = 0.0
        for index in vectors.indices { worst = max(worst, error(index, from: target.vectors[index])) }
        return worst
    }
}

/// The angle between two directions, radians; exact for small ones too.
func angle(_ a: Vector3, _ b: Vector3) -> Double { Foundation.atan2(cross(a, b).length, dot(a, b)) }
