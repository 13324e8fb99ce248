import Foundation
import Skeleton

/// One person at one moment: where the joints are, for all that the source tells.
///
/// Axes are the camera's: x right, y down, z away.
struct PlacedBody {
    /// Places in `SkeletonTopology.common16`.
    enum Joint {
        static let pelvis = 0
        static let neck = 2
        static let left = (shoulder: 4, elbow: 5, wrist: 6, hip: 10, ankle: 12)
        static let right = (shoulder: 7, elbow: 8, wrist: 9, hip: 13, ankle: 15)
    }

    /// What the numbers in `joints` are.
    enum Space: Equatable {
        /// Metres in the room.
        case room
        /// x and y in picture heights from the picture's middle, z in metres from the pelvis.
        case picture
    }

    var space: Space
    var joints: [SIMD3<Float>?]
    /// Metres from the camera as far as the size in the picture tells, taking the lens for an ordinary one; 0 in a room.
    var depth: Float
    /// Where the lower foot is in the picture, picture heights below its middle; nil when none is seen, and in a room.
    var floor: Float? {
        guard space == .picture else { return nil }
        let (left, right) = (joints[Joint.left.ankle]?.y, joints[Joint.right.ankle]?.y)
        return left.map { left in right.map { max(left, $0) } ?? left } ?? right
    }

    /// How surely left and right wrist were seen, 0…1.
    var wristsSeen: SIMD2<Float>
    /// Where to the front is, seen from above: a unit vector in x and z; nil when it cannot be told.
    var forward: SIMD3<Float>?

    /// Focal length of an ordinary lens in picture heights.
    static let focalLength: Float = 1.2

    /// A joint's place in metres, the pelvis taken to be `depth` from the camera.
    func place(_ joint: Int, atDepth depth: Float) -> SIMD3<Float>? {
        guard let point = joints[joint] else { return nil }
        switch space {
        case .room: return point
        case .picture:
            let scale = depth / Self.focalLength
            return SIMD3(point.x * scale, point.y * scale, depth + point.z)
        }
    }
}

/// Makes placed bodies of one track's poses: steadies what the size in the picture tells.
struct BodyPlacer {
    private let mapping: CommonJointMapping
    /// Picture heights a metre spans where the person is.
    private var scales = RunningMedian(capacity: 9)
    private var steadyScale: Float?
    private var lastTime: Duration?

    /// Time constant in seconds by which the scale follows its median: people take steps, bones do not change.
    private static let scaleTime: Float = 0.25
    /// A pelvis farther from the origin than this is placed in a room, in metres.
    private static let roomRadius: Float = 0.3
    /// A joint outside the picture by more than this share of it is the network's guess.
    private static let margin: Float = 0.04

    private let wrists: (Int?, Int?)

    init(topology: SkeletonTopology) {
        mapping = CommonJointMapping(from: topology)
        wrists = (topology.index(of: "leftWrist"), topology.index(of: "rightWrist"))
    }

    var topology: SkeletonTopology { mapping.source }

    /// Nil where neither the room nor the picture tells where the person is.
    ///
    /// - Parameter knowsRoom: whether world points without image points are places in a room even near its origin; set
    ///   when they are found to be.
    mutating func place(
        _ pose: Pose, aspectRatio: Float?, at time: Duration, knowsRoom: inout Bool
    ) -> PlacedBody? {
        let world =
            pose.worldPoints.isEmpty ? nil : Self.centered(mapping.points { Self.finite(pose.worldPoints[$0]) })
        if let world, let pelvis = world[PlacedBody.Joint.pelvis] {
            let isFar = (pelvis * pelvis).sum() > Self.roomRadius * Self.roomRadius
            if isFar { knowsRoom = true }
            if isFar || (knowsRoom && pose.keypoints.isEmpty) {
                return PlacedBody(space: .room, joints: world, depth: 0, wristsSeen: .one, forward: Self.forward(world))
            }
        }
        guard !pose.keypoints.isEmpty else { return nil }
        let aspect = aspectRatio ?? 1
        let image = Self.centered(
            mapping.points { joint in
                guard let keypoint = pose.keypoints[joint], Self.isInside(keypoint) else { return nil }
                return SIMD3((keypoint.x - 0.5) * aspect, keypoint.y - 0.5, 0)
            })
        guard image[PlacedBody.Joint.pelvis] != nil,
            let scale = Self.scale(of: image, world), let steady = steady(scale, at: time)
        else { return nil }
        let pelvisDepth = world?[PlacedBody.Joint.pelvis]?.z ?? 0
        let joints = image.indices.map { joint in
            image[joint].map { SIMD3($0.x, $0.y, (world?[joint]?.z ?? pelvisDepth) - pelvisDepth) }
        }
        return PlacedBody(
            space: .picture, joints: joints, depth: PlacedBody.focalLength / steady,
            wristsSeen: SIMD2(seen(wrists.0, in: pose), seen(wrists.1, in: pose)),
            forward: world.flatMap(Self.forward))
    }

    private mutating func steady(_ scale: Float, at time: Duration) -> Float? {
        scales.add(scale)
        guard let median = scales.value else { return nil }
        let elapsed = Float((time - (lastTime ?? time)).inSeconds)
        lastTime = time
        guard let before = steadyScale, elapsed < 1 else {
            steadyScale = median
            return median
        }
        let steady = before + (median - before) * (elapsed / (elapsed + Self.scaleTime))
        steadyScale = steady
        return steady
    }

    /// Pelvis and neck in the middle of hips and shoulders, since sources do not agree where they are.
    private static func centered(_ joints: consuming [SIMD3<Float>?]) -> [SIMD3<Float>?] {
        typealias Joint = PlacedBody.Joint
        if let left = joints[Joint.left.hip], let right = joints[Joint.right.hip] {
            joints[Joint.pelvis] = (left + right) / 2
        }
        if let left = joints[Joint.left.shoulder], let right = joints[Joint.right.shoulder] {
            joints[Joint.neck] = (left + right) / 2
        }
        return joints
    }

    private func seen(_ joint: Int?, in pose: Pose) -> Float {
        joint.flatMap { pose.keypoints[$0] }.map { $0.confidence } ?? 0
    }

    private static func finite(_ point: SIMD3<Float>?) -> SIMD3<Float>? {
        point.flatMap { ($0 * 0).sum() == 0 ? $0 : nil }
    }

    private static func isInside(_ keypoint: Keypoint) -> Bool {
        -margin...1 + margin ~= keypoint.x && -margin...1 + margin ~= keypoint.y
    }

    /// Picture heights a metre spans: how large the bones are in the picture against what they measure in the world, or,
    /// without world points, against an adult's.
    private static func scale(of image: [SIMD3<Float>?], _ world: [SIMD3<Float>?]?) -> Float? {
        guard let world else { return adultScale(of: image) }
        var (onImage, inWorld): (Float, Float) = (0, 0)
        for edge in SkeletonTopology.common16.inwardEdges {
            guard let a = world[edge.child], let b = world[edge.parent], let c = image[edge.child],
                let d = image[edge.parent]
            else { continue }
            let (bone, drawn) = (a - b, c - d)
            inWorld += bone.x * bone.x + bone.y * bone.y
            onImage += drawn.x * drawn.x + drawn.y * drawn.y
        }
        guard inWorld > 0.05, onImage > 1e-6 else { return nil }
        return (onImage / inWorld).squareRoot()
    }

    /// Bones of an adult of 1.72 m in metres (Drillis and Contini 1966): trunk, thighs and shanks.
    private static let adultBones: [(Int, Int, Float)] = [
        (0, 2, 0.5), (10, 11, 0.42), (11, 12, 0.41), (13, 14, 0.42), (14, 15, 0.41),
    ]

    /// A bone never looks longer than it is, so the one that looks longest tells.
    private static func adultScale(of image: [SIMD3<Float>?]) -> Float? {
        var greatest: Float = 0
        for (start, end, length) in adultBones {
            guard let a = image[start], let b = image[end] else { continue }
            greatest = max(greatest, ((a - b) * (a - b)).sum().squareRoot() / length)
        }
        return greatest > 1e-3 ? greatest : nil
    }

    /// At right angles to shoulders and hips, level.
    private static func forward(_ joints: [SIMD3<Float>?]) -> SIMD3<Float>? {
        typealias Joint = PlacedBody.Joint
        var right = SIMD3<Float>.zero
        for (a, b) in [(Joint.left.shoulder, Joint.right.shoulder), (Joint.left.hip, Joint.right.hip)] {
            guard let left = joints[a], let other = joints[b] else { continue }
            right += other - left
        }
        let length = (right.x * right.x + right.z * right.z).squareRoot()
        return length > 0.05 ? SIMD3(-right.z, 0, right.x) / length : nil
    }
}
