import Foundation

/// A direction, place or offset in metres, in double precision: a robot's joints are held to the microradian.
package typealias Vector3 = SIMD3<Double>

package func dot(_ a: Vector3, _ b: Vector3) -> Double { (a * b).sum() }

package func cross(_ a: Vector3, _ b: Vector3) -> Vector3 {
    Vector3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

extension SIMD3<Double> {
    package var length: Double { dot(self, self).squareRoot() }

    /// The direction it points in; nil where it is too short to have one.
    package var direction: Vector3? {
        let length = length
        return length > 1e-9 && length.isFinite ? self / length : nil
    }
}

/// A turn in space, kept as the directions that the axes x, y and z turn to.
package struct Rotation: Sendable, Hashable {
    package var x: Vector3
    package var y: Vector3
    package var z: Vector3

    package static let identity = Rotation(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1])

    package init(x: Vector3, y: Vector3, z: Vector3) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// A turn by `angle` radians round a unit axis, by the right-hand rule (Rodrigues 1840).
    package init(_ angle: Double, round axis: Vector3) {
        let (s, c) = (sin(angle), cos(angle))
        let a = axis * (1 - c)
        x = Vector3(a.x * axis.x + c, a.x * axis.y + s * axis.z, a.x * axis.z - s * axis.y)
        y = Vector3(a.y * axis.x - s * axis.z, a.y * axis.y + c, a.y * axis.z + s * axis.x)
        z = Vector3(a.z * axis.x + s * axis.y, a.z * axis.y - s * axis.x, a.z * axis.z + c)
    }

    /// Roll, pitch and yaw in radians as URDF has them: turns round the fixed axes x, then y, then z.
    package init(roll: Double, pitch: Double, yaw: Double) {
        self =
            Rotation(yaw, round: [0, 0, 1]) * Rotation(pitch, round: [0, 1, 0]) * Rotation(roll, round: [1, 0, 0])
    }

    package var inverse: Rotation {
        Rotation(x: [x.x, y.x, z.x], y: [x.y, y.y, z.y], z: [x.z, y.z, z.z])
    }

    package static func * (a: Rotation, v: Vector3) -> Vector3 { a.x * v.x + a.y * v.y + a.z * v.z }

    /// Turns by `b` first.
    package static func * (a: Rotation, b: Rotation) -> Rotation { Rotation(x: a * b.x, y: a * b.y, z: a * b.z) }
}

/// Where a frame lies in another: turned by `rotation`, then moved by `translation` metres.
package struct RigidTransform: Sendable, Hashable {
    package var rotation: Rotation
    package var translation: Vector3

    package static let identity = RigidTransform(rotation: .identity, translation: .zero)

    package init(rotation: Rotation, translation: Vector3) {
        self.rotation = rotation
        self.translation = translation
    }

    package static func * (a: RigidTransform, b: RigidTransform) -> RigidTransform {
        RigidTransform(rotation: a.rotation * b.rotation, translation: a * b.translation)
    }

    /// A place of the inner frame, in the outer.
    package static func * (a: RigidTransform, place: Vector3) -> Vector3 { a.rotation * place + a.translation }
}
