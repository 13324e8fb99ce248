import Foundation
import Randomness

/// A hand of plain proportions that is bent at will and looked at from anywhere: examples of shapes nobody was asked to
/// make.
struct KinematicHand {
    /// How far each finger is bent, thumb first: 0 straight, 1 in the fist.
    var bends: [Float]
    /// Added to the spread of each finger, in radians.
    var spreads: [Float] = [0, 0, 0, 0, 0]

    /// Lengths from the wrist on, over the length of the palm.
    private static let lengths: [[Float]] = [
        [0.45, 0.4, 0.35, 0.28], [0.95, 0.45, 0.27, 0.22], [0.92, 0.5, 0.32, 0.23], [0.88, 0.46, 0.3, 0.23],
        [0.85, 0.36, 0.22, 0.2],
    ]
    /// Directions of the knuckles, and how far fingers stand apart, in radians.
    private static let knuckles: [Float] = [0, 0.32, 0.05, -0.2, -0.45]
    private static let apart: [Float] = [0, 0.2, 0.02, -0.12, -0.28]

    /// The joints of a right hand, fingers up along y, bent towards -z.
    func joints(using random: inout SplitMix64) -> [SIMD3<Float>] {
        var joints = [SIMD3<Float>](repeating: .zero, count: 21)
        let side = 0.95 + 0.2 * random.normal()
        let out = SIMD3(Self.sin(side), Self.cos(side) * 0.9, -0.25 + 0.1 * random.normal())
        let palm = SIMD3<Float>(-0.7, 0.55, -0.9)
        var place = SIMD3<Float>.zero
        for (joint, share) in ([0.1, 0.5, 0.95, 1.3] as [Float]).enumerated() {
            let bend = bends[0] * share
            var way = out * (1 - bend * 0.6) + palm * (bend * 0.8)
            way /= (way * way).sum().squareRoot()
            place += way * Self.lengths[0][joint]
            joints[1 + joint] = place
        }
        let width = random.uniform(0.5...1.4)
        for finger in 1..<5 {
            let knuckle = Self.knuckles[finger]
            place = SIMD3(Self.sin(knuckle), Self.cos(knuckle), 0) * Self.lengths[finger][0]
            joints[4 * finger + 1] = place
            let spread = knuckle * 0.4 + Self.apart[finger] * width + spreads[finger] + 0.05 * random.normal()
            var bend: Float = 0.05
            for (joint, most) in ([1.45, 1.75, 1.05] as [Float]).enumerated() {
                bend += bends[finger] * most * random.uniform(0.8...1.1)
                let reach = Self.cos(bend)
                place +=
                    SIMD3(Self.sin(spread) * reach, Self.cos(spread) * reach, -Self.sin(bend))
                    * Self.lengths[finger][joint + 1]
                joints[4 * finger + 2 + joint] = place
            }
        }
        return joints
    }

    /// The hand seen after turns about its long axis, the level axis and the line of sight, in radians; y down.
    static func view(_ joints: [SIMD3<Float>], roll: Float, tilt: Float, turn: Float) -> [SIMD2<Float>] {
        let (cr, sr, ct, st) = (cos(roll), sin(roll), cos(tilt), sin(tilt))
        let spin = PlaneTurn.turn(turn)
        return joints.map { joint in
            let (x, z) = (cr * joint.x + sr * joint.z, cr * joint.z - sr * joint.x)
            let seen = spin(SIMD2(x, ct * joint.y - st * z))
            return SIMD2(seen.x, -seen.y)
        }
    }

    private static func sin(_ angle: Float) -> Float { Float(Foundation.sin(Double(angle))) }
    private static func cos(_ angle: Float) -> Float { Float(Foundation.cos(Double(angle))) }
}
