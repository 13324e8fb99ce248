import Foundation
import Randomness
import Retargeting
import Robots

/// Arms of about a person's shape, told in code.
enum TestArms {
    /// Seven joints: three in the shoulder, one in the elbow, three in the wrist; it hangs along -z at nought.
    static let seven = robot([
        ("yaw", [0, 0, 1], [0, 0, 0.3], -2.9...2.9), ("lift", [0, 1, 0], [0, 0, 0], -1.9...1.9),
        ("turn", [0, 0, 1], [0, 0, 0], -2.9...2.9), ("elbow", [0, 1, 0], [0, 0, -0.3], -2.6...0.05),
        ("roll", [0, 0, 1], [0, 0, -0.25], -2.9...2.9), ("bend", [0, 1, 0], [0, 0, 0], -1.6...1.6),
        ("spin", [0, 0, 1], [0, 0, -0.08], -2.9...2.9),
    ])

    /// Five joints: pan, lift and elbow, and two in the wrist; it stands along z at nought.
    static let five = robot([
        ("pan", [0, 0, 1], [0, 0, 0.05], -1.9...1.9), ("lift", [0, 1, 0], [0, 0, 0.05], -1.9...1.9),
        ("elbow", [0, 1, 0], [0, 0, 0.12], -1.8...1.8), ("bend", [0, 1, 0], [0, 0, 0.12], -1.6...1.6),
        ("roll", [0, 0, 1], [0, 0, 0.05], -2.7...2.7),
    ])

    static let sevenArm = RobotMapping.Arm(
        name: "arm", side: .left, mode: .armDirections, shoulder: "link2", elbow: "link4", wrist: "link6", tip: "link7")
    static let fiveArm = RobotMapping.Arm(
        name: "arm", side: .right, mode: .wristVector, shoulder: "link2", elbow: "link3", wrist: "link4", tip: "link5")

    static let sevenMapping = RobotMapping(robot: "seven", arms: [sevenArm])
    static let fiveMapping = RobotMapping(robot: "five", arms: [fiveArm])

    private static func robot(
        _ joints: [(name: String, axis: Vector3, origin: Vector3, range: ClosedRange<Double>)]
    ) -> RobotDescription {
        RobotDescription(
            name: "arm of \(joints.count)", links: (0...joints.count).map { "link\($0)" },
            joints: joints.enumerated().map { index, joint in
                RobotJoint(
                    name: joint.name, kind: .revolute, parent: index, child: index + 1,
                    origin: RigidTransform(rotation: .identity, translation: joint.origin), axis: joint.axis,
                    limits: RobotJoint.Limits(
                        lower: joint.range.lowerBound, upper: joint.range.upperBound, velocity: 3, effort: 10))
            })
    }
}

extension SplitMix64 {
    mutating func double(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + Double(next() >> 11) * 0x1p-53 * (range.upperBound - range.lowerBound)
    }

    /// Evenly over the sphere.
    mutating func direction() -> Vector3 {
        let z = double(-1...1)
        let azimuth = double(-Double.pi...Double.pi)
        let radius = (1 - z * z).squareRoot()
        return [radius * cos(azimuth), radius * sin(azimuth), z]
    }
}

extension BoundsUse {
    /// - Parameter positions: of shape (ticks, joints).
    init(_ positions: [[Double]], _ bounds: [JointBounds], tick: Double) {
        self.init(bounds, tick: tick)
        for q in positions { add(q) }
    }

    /// Whether no bound is broken.
    var isKept: Bool { violations == 0 }
}
