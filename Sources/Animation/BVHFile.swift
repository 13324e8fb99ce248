import Foundation

/// A motion as a Biovision hierarchy: the bones at rest as a T, then a line of numbers a frame.
///
/// Lengths are centimetres, y is up, the character looks along z. Turns are written as angles about z, x and y in degrees, in
/// this order, without jumps of a whole turn.
package struct BVHFile: Sendable {
    package let text: String

    package init(_ motion: CharacterMotion) {
        var text = "HIERARCHY\n"
        Self.add(.hips, depth: 0, lengths: motion.lengths, to: &text)
        text += "MOTION\nFrames: \(motion.poses.count)\n"
        text += String(format: "Frame Time: %.8f\n", 1 / motion.frameRate)
        var last = [SIMD3<Float>](repeating: .zero, count: Bone.allCases.count)
        for pose in motion.poses {
            var numbers = [pose.root.x, pose.root.y, pose.root.z].map { String(format: "%.4f", $0 * 100) }
            for bone in Self.order {
                let angles = Self.angles(of: pose.localTurn(of: bone), near: last[bone.rawValue])
                last[bone.rawValue] = angles
                for angle in [angles.x, angles.y, angles.z] {
                    numbers.append(String(format: "%.4f", angle * 180 / .pi))
                }
            }
            text += numbers.joined(separator: " ") + "\n"
        }
        self.text = text
    }

    /// The bones in the order of the file: each before its children.
    private static let order: [Bone] = {
        func with(_ bone: Bone) -> [Bone] { [bone] + bone.children.flatMap(with) }
        return with(.hips)
    }()

    private static func add(_ bone: Bone, depth: Int, lengths: BoneLengths, to text: inout String) {
        let margin = String(repeating: "\t", count: depth)
        func offset(_ v: SIMD3<Float>) -> String {
            String(format: "OFFSET %.4f %.4f %.4f\n", v.x * 100, v.y * 100, v.z * 100)
        }
        let channels =
            bone == .hips
            ? "6 Xposition Yposition Zposition Zrotation Xrotation Yrotation" : "3 Zrotation Xrotation Yrotation"
        text += "\(margin)\(bone == .hips ? "ROOT" : "JOINT") \(bone.nameInBVH)\n\(margin){\n"
        text += "\(margin)\t\(offset(lengths.offset(of: bone)))\(margin)\tCHANNELS \(channels)\n"
        for child in bone.children { add(child, depth: depth + 1, lengths: lengths, to: &text) }
        if let end = lengths.end(of: bone) {
            text += "\(margin)\tEnd Site\n\(margin)\t{\n\(margin)\t\t\(offset(end))\(margin)\t}\n"
        }
        text += "\(margin)}\n"
    }

    /// Angles about z, x and y, in radians, whose turns one after the other, y first, are the turn; of all such angles those
    /// nearest to others.
    static func angles(of turn: Quaternion, near last: SIMD3<Float>) -> SIMD3<Float> {
        let (x, y, z) = (turn * SIMD3<Float>(1, 0, 0), turn * SIMD3<Float>(0, 1, 0), turn * SIMD3<Float>(0, 0, 1))
        let sine = max(-1, min(1, y.z))
        var one: SIMD3<Float>
        if abs(sine) > 0.999_999_5 {
            // z and y turn about the same axis: y keeps the angle it had.
            let about = atan2(x.y, x.x)
            one = [about - (sine > 0 ? last.z : -last.z), asin(sine), last.z]
        } else {
            one = [atan2(-y.x, y.y), asin(sine), atan2(-x.z, z.z)]
        }
        var other = SIMD3<Float>(one.x + .pi, .pi - one.y, one.z + .pi)
        for index in 0..<3 {
            one[index] -= ((one[index] - last[index]) / (2 * .pi)).rounded() * 2 * .pi
            other[index] -= ((other[index] - last[index]) / (2 * .pi)).rounded() * 2 * .pi
        }
        let (a, b) = (one - last, other - last)
        return dot(a, a) <= dot(b, b) ? one : other
    }
}
