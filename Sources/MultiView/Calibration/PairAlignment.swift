import Robots
import Skeleton

/// How a camera is turned against the first, from what both say of the person's joints in space.
struct PairAlignment {
    /// Seconds that its clock is ahead.
    let offset: Double
    /// How far the turned points lie apart on average, metres.
    let error: Double
    /// At how many moments both saw the person.
    let moments: Int
    private let rotation: Rotation

    init?(_ first: [RigView], _ other: [RigView], offset: Double, joints: [Int]) {
        self.offset = offset
        var (from, to): ([SIMD3<Float>], [SIMD3<Float>]) = ([], [])
        var moments = 0
        let stride = max(1, first.count / 300)
        for index in Swift.stride(from: 0, to: first.count, by: stride) {
            let a = first[index]
            guard let b = other.view(at: a.time + offset) else { continue }
            let shared = joints.filter { joint in
                a.world[joint] != nil && b.world[joint] != nil && min(a.confidences[joint], b.confidences[joint]) >= 0.5
            }
            guard shared.count >= 6 else { continue }
            moments += 1
            let centers = (Self.center(a, shared), Self.center(b, shared))
            for joint in shared {
                from.append(SIMD3<Float>(a.world[joint]! - centers.0))
                to.append(SIMD3<Float>(b.world[joint]! - centers.1))
            }
        }
        guard moments > 0 else { return nil }
        self.moments = moments
        let turn = Procrustes(from, onto: to)
        let rows = (Vector3(turn.rotation.0), Vector3(turn.rotation.1), Vector3(turn.rotation.2))
        rotation = Rotation(x: rows.0, y: rows.1, z: rows.2).inverse
        var sum = 0.0
        for (a, b) in zip(from, to) { sum += (rotation * Vector3(a) - Vector3(b)).length }
        error = sum / Double(from.count)
    }

    private static func center(_ view: RigView, _ joints: [Int]) -> Vector3 {
        joints.reduce(.zero) { $0 + view.world[$1]! } / Double(joints.count)
    }

    /// Places of the first camera's axes in the other's.
    func placement(
        _ first: [RigView], _ other: [RigView], joints: [Int], focalLengths: (Double, Double)
    ) -> RigidTransform {
        var moves: [Vector3] = []
        for a in first {
            guard let b = other.view(at: a.time + offset), let p = Self.origin(a, joints, focalLengths.0),
                let q = Self.origin(b, joints, focalLengths.1)
            else { continue }
            moves.append(q - rotation * p)
        }
        let middle = Vector3(
            RigCalibration.median(moves.map(\.x)) ?? 0, RigCalibration.median(moves.map(\.y)) ?? 0,
            RigCalibration.median(moves.map(\.z)) ?? 0)
        return RigidTransform(rotation: rotation, translation: middle)
    }

    /// Where the origin of a view's points in space is in the camera's axes, so that they look as they were seen.
    private static func origin(_ view: RigView, _ joints: [Int], _ focalLength: Double) -> Vector3? {
        var system = NormalEquations()
        for joint in joints where view.confidences[joint] >= 0.5 {
            guard let point = view.world[joint], let place = view.places[joint] else { continue }
            let weight = view.confidences[joint]
            system.add(
                Vector3(focalLength, 0, -place.x), place.x * point.z - focalLength * point.x, weight: weight)
            system.add(
                Vector3(0, focalLength, -place.y), place.y * point.z - focalLength * point.y, weight: weight)
        }
        guard let origin = system.solution, origin.z > 0.2, origin.z < 50 else { return nil }
        return origin
    }
}
