import Skeleton

/// A person made of straight bones, upright and facing the camera unless told otherwise: y down, the person's left at
/// positive x, away from the camera positive z.
struct StickFigure {
    /// Degrees from hanging straight down, sideways.
    var leftArm: Float = 5
    var rightArm: Float = 5
    /// Degrees the elbow is bent, inwards.
    var leftElbow: Float = 0
    var rightElbow: Float = 0
    /// Degrees the thighs come forward, with the knees bent so that the shanks stay upright.
    var leftThigh: Float = 0
    var rightThigh: Float = 0
    /// Half the distance between the ankles.
    var stance: Float = 0.1

    var points: [String: SIMD3<Float>] {
        var points: [String: SIMD3<Float>] = ["nose": SIMD3(0, -0.7, -0.1)]
        for (side, sign, arm, elbow, thigh) in [
            ("left", Float(1), leftArm, leftElbow, leftThigh), ("right", -1, rightArm, rightElbow, rightThigh),
        ] {
            let shoulder = SIMD3<Float>(sign * 0.18, -0.5, 0)
            let hip = SIMD3<Float>(sign * 0.1, 0, 0)
            let upper = Self.turned(arm) * SIMD3(sign, 1, 1)
            let lower = Self.turned(arm + elbow) * SIMD3(sign, 1, 1)
            points[side + "Shoulder"] = shoulder
            points[side + "Elbow"] = shoulder + 0.28 * upper
            points[side + "Wrist"] = shoulder + 0.28 * upper + 0.25 * lower
            let forward = Self.turned(thigh)
            let knee = hip + 0.42 * SIMD3(0, forward.y, -forward.x)
            points[side + "Hip"] = hip
            points[side + "Knee"] = knee
            points[side + "Ankle"] = knee + SIMD3(sign * (stance - 0.1), 0.4, 0)
        }
        return points
    }

    /// The direction at an angle from down towards positive x.
    private static func turned(_ degrees: Float) -> SIMD3<Float> {
        let half = SIMD2<Float>(Float.sine(degrees), Float.sine(degrees + 90))
        return SIMD3(half.x, half.y, 0)
    }

    /// World points in a topology; joints it lacks are nil.
    func pose(_ topology: SkeletonTopology = .blazePose33, visibility: Float = 1) -> Pose {
        let points = points
        let world = topology.jointNames.map { points[$0] }
        return Pose(
            topology: topology,
            keypoints: world.map { $0.map { Keypoint(x: 0.5 + $0.x / 3, y: 0.5 + $0.y / 3, visibility: visibility) } },
            worldPoints: world)
    }
}

extension Float {
    /// The sine of an angle in degrees.
    static func sine(_ degrees: Float) -> Float {
        var x = degrees.truncatingRemainder(dividingBy: 360)
        if x > 180 { x -= 360 }
        if x < -180 { x += 360 }
        if x > 90 { x = 180 - x }
        if x < -90 { x = -180 - x }
        let r = x * .pi / 180
        return r * (1 - r * r / 6 * (1 - r * r / 20 * (1 - r * r / 42 * (1 - r * r / 72))))
    }
}

extension Pose {
    /// The same pose in a mirror: left and right exchanged, x turned round.
    var mirroredPose: Pose {
        var other = self
        for joint in topology.mirrored.indices {
            let source = topology.mirrored[joint]
            if !keypoints.isEmpty {
                other.keypoints[joint] = keypoints[source]
                other.keypoints[joint]?.x = 1 - (keypoints[source]?.x ?? 0)
            }
            if !worldPoints.isEmpty { other.worldPoints[joint] = worldPoints[source].map { $0 * SIMD3(-1, 1, 1) } }
        }
        return other
    }
}
