import Foundation
import Randomness
import Recognition
import Skeleton

extension MotionSample {
    /// For each joint the one on the other side; itself in the middle.
    static let mirroredJoints = SkeletonTopology.common16.mirrored
    /// Child and parent of each bone, parents first.
    static let bones = SkeletonTopology.common16.inwardEdges

    /// How unsteady cameras see each joint, compared with the elbows.
    static let restlessness: [Float] = [
        0.5, 0.5, 0.6, 0.7, 0.7, 1, 1.4, 0.7, 1, 1.4, 0.5, 1.1, 1.5, 0.5, 1.1, 1.5,
    ]

    /// Takes one joint for the other.
    mutating func exchange(_ first: Int, _ second: Int) {
        let before = self
        points[first] = before.points[second]
        points[second] = before.points[first]
        seen &= ~(1 << UInt16(first) | 1 << UInt16(second))
        seen |= (before.isSeen(second) ? 1 << UInt16(first) : 0) | (before.isSeen(first) ? 1 << UInt16(second) : 0)
    }

    /// Makes a joint count as not seen.
    mutating func hide(_ joint: Int) { seen &= ~(1 << UInt16(joint)) }
}

/// What is done to one person's motion as a whole. Angles in radians.
extension Array where Element == MotionSample {
    /// The mean length from pelvis to neck, in the points' own unit; half a unit where it was never seen.
    var torso: Float {
        var sum: Float = 0
        var count: Float = 0
        for sample in self where sample.isSeen(Element.Joint.pelvis) && sample.isSeen(Element.Joint.neck) {
            let torso = sample.points[Element.Joint.neck] - sample.points[Element.Joint.pelvis]
            sum += (torso * torso).sum().squareRoot()
            count += 1
        }
        return count > 0 && sum > 0 ? sum / count : 0.5
    }

    /// Exchanges left and right.
    mutating func mirror() {
        for index in indices {
            let before = self[index]
            var seen: UInt16 = 0
            for joint in 0..<Element.jointCount {
                let other = Element.mirroredJoints[joint]
                self[index].points[joint] = before.points[other] * SIMD3(-1, 1, 1)
                if before.isSeen(other) { seen |= 1 << UInt16(joint) }
            }
            self[index].seen = seen
            self[index].root =
                switch before.root {
                case .unknown: .unknown
                case .world(let point): .world(point * SIMD3(-1, 1, 1))
                case .image(let point, let perMetre): .image(point * SIMD2(-1, 1), perMetre: perMetre)
                }
        }
    }

    /// Turns everything about the vertical, then as a camera does that looks down, stretches depth, and turns the picture.
    ///
    /// A root in the picture stays where it is: how far it is away is not known.
    mutating func turn(yaw: Float = 0, pitch: Float = 0, roll: Float = 0, depth: Float = 1) {
        let (cy, sy) = (cos(yaw), sin(yaw))
        let (cp, sp) = (cos(pitch), sin(pitch))
        let (cr, sr) = (cos(roll), sin(roll))
        func turned(_ p: SIMD3<Float>) -> SIMD3<Float> {
            let a = SIMD3(cy * p.x + sy * p.z, p.y, cy * p.z - sy * p.x)
            let b = SIMD3(a.x, cp * a.y - sp * a.z, (sp * a.y + cp * a.z) * depth)
            return SIMD3(cr * b.x - sr * b.y, sr * b.x + cr * b.y, b.z)
        }
        for index in indices {
            for joint in 0..<Element.jointCount { self[index].points[joint] = turned(self[index].points[joint]) }
            if case .world(let point) = self[index].root { self[index].root = .world(turned(point)) }
        }
    }

    /// Takes all depth away.
    mutating func flatten() {
        for index in indices {
            for joint in 0..<Element.jointCount { self[index].points[joint].z = 0 }
            if case .world(let point) = self[index].root {
                self[index].root = .world(SIMD3(point.x, point.y, 0))
            }
        }
    }

    /// Makes bones longer or shorter where both ends are seen; what hangs from them goes along.
    ///
    /// - Parameter factors: for each joint that of the bone to its parent.
    mutating func scaleBones(by factors: [Float]) {
        for index in indices {
            let before = self[index].points
            for edge in Element.bones {
                let bone = before[edge.child] - before[edge.parent]
                guard self[index].isSeen(edge.child), self[index].isSeen(edge.parent) else { continue }
                self[index].points[edge.child] = self[index].points[edge.parent] + bone * factors[edge.child]
            }
        }
    }

    /// Makes every joint unsteady by its `restlessness`, half as much again in depth.
    ///
    /// - Parameters:
    ///   - deviation: of the elbows from where they are, in the points' own unit.
    ///   - bias: each joint's constant error, in that unit.
    mutating func shake(
        by deviation: Float, bias: [SIMD3<Float>] = [SIMD3<Float>](repeating: .zero, count: MotionSample.jointCount),
        using stream: inout SplitMix64
    ) {
        // What is left of an error in the next frame is 0.6 of it.
        var unrest = [SIMD3<Float>](repeating: .zero, count: Element.jointCount)
        for index in indices {
            for joint in 0..<Element.jointCount {
                let fresh = SIMD3(stream.uniform(-1...1), stream.uniform(-1...1), 1.5 * stream.uniform(-1...1))
                unrest[joint] = 0.6 * unrest[joint] + fresh * (1.4 * deviation * Element.restlessness[joint])
                self[index].points[joint] += bias[joint] + unrest[joint]
            }
        }
    }
}
