import Foundation
import Randomness
import Retargeting
import Robots

/// An arm that reaches about, slowly to briskly: four angles, each the sum of three sines.
struct ReachingMotion {
    private let phases: [Vector3]
    private let speed: Double
    /// Hertz.
    private static let frequencies = Vector3(0.13, 0.29, 0.47)
    private static let shares = Vector3(1, 0.5, 0.25)
    /// Metres.
    static let lengths = (upperArm: 0.30, forearm: 0.26)

    /// - Parameter speed: 1 for peaks of some 180 degrees a second.
    init(seed: UInt64, speed: Double = 1) {
        var random = SplitMix64(seed: seed)
        phases = (0..<4).map { _ in
            Vector3(Double(random.unit()), Double(random.unit()), Double(random.unit())) * (2 * .pi)
        }
        self.speed = speed
    }

    /// Unit vectors of upper arm and forearm: z to the side, x forward, y down.
    func directions(at time: Double) -> [Vector3] {
        let sums = phases.map { phases in
            let angles = Self.frequencies * (2 * .pi * speed * time) + phases
            return (Vector3(sin(angles.x), sin(angles.y), sin(angles.z)) * Self.shares).sum()
        }
        let azimuth = Rotation(0.2 + 0.7 * sums[1], round: [0, 0, 1])
        let elevation = Rotation(0.9 + 0.45 * sums[0], round: [0, 1, 0])
        let arm = azimuth * elevation * Rotation(0.6 * sums[2], round: [0, 0, 1])
        let elbow = Rotation(max(1 + 0.5 * sums[3], 0.1), round: [0, 1, 0])
        return [arm.z, (arm * elbow).z]
    }

    /// Shoulder, elbow and wrist as a camera shows them, metres: each off by normally distributed `noise` an axis.
    func points(at time: Double, noise: Double, _ random: inout SplitMix64) -> [Vector3] {
        let directions = directions(at: time)
        let elbow = directions[0] * Self.lengths.upperArm
        return [.zero, elbow, elbow + directions[1] * Self.lengths.forearm].map { point in
            point + Vector3(Double(random.normal()), Double(random.normal()), Double(random.normal())) * noise
        }
    }
}

extension ArmSight {
    /// An arm whose shoulder, elbow and wrist were seen there.
    init(_ points: [Vector3]) {
        let (upper, fore) = (points[1] - points[0], points[2] - points[1])
        self.init(
            upperArm: upper.direction ?? [0, 0, 1], forearm: fore.direction ?? [0, 0, 1],
            lengths: ReachingMotion.lengths, visibility: 1)
    }
}
