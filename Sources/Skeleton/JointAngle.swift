import Foundation

/// An angle of the body between two bones that meet at a joint.
///
/// A straight limb measures π, a fully folded one 0.
package enum JointAngle: String, Sendable, Hashable, CaseIterable {
    case leftElbow, rightElbow, leftShoulder, rightShoulder, leftHip, rightHip, leftKnee, rightKnee

    /// The joints whose angle it is; the middle one is the vertex.
    package var joints: (String, String, String) {
        switch self {
        case .leftElbow: ("leftShoulder", "leftElbow", "leftWrist")
        case .rightElbow: ("rightShoulder", "rightElbow", "rightWrist")
        case .leftShoulder: ("leftHip", "leftShoulder", "leftElbow")
        case .rightShoulder: ("rightHip", "rightShoulder", "rightElbow")
        case .leftHip: ("leftShoulder", "leftHip", "leftKnee")
        case .rightHip: ("rightShoulder", "rightHip", "rightKnee")
        case .leftKnee: ("leftHip", "leftKnee", "leftAnkle")
        case .rightKnee: ("rightHip", "rightKnee", "rightAnkle")
        }
    }

    /// The angle in radians, 0…π, between the directions from `vertex` to `a` and to `b`; nil if either has no length.
    package static func between(_ a: SIMD3<Float>, _ b: SIMD3<Float>, at vertex: SIMD3<Float>) -> Float? {
        angle(a - vertex, b - vertex)
    }

    /// The angle in radians, 0…π, from upright down: 0 when `direction` points down the picture, π when it points up;
    /// nil if it has no length.
    package static func fromDown(_ direction: SIMD3<Float>) -> Float? { angle(direction, SIMD3(0, 1, 0)) }

    private static func angle(_ u: SIMD3<Float>, _ v: SIMD3<Float>) -> Float? {
        let lengths = ((u * u).sum() * (v * v).sum()).squareRoot()
        guard lengths > 0, lengths.isFinite else { return nil }
        return acos(min(1, max(-1, (u * v).sum() / lengths)))
    }
}
