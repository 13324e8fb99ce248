import Foundation

/// A turn in space, as a unit quaternion; `q * v` turns a vector, `a * b` turns by `b` first.
package struct Quaternion: Sendable, Equatable {
    /// The axis times the sine of half the angle.
    package var vector: SIMD3<Float>
    /// The cosine of half the angle.
    package var real: Float

    package static let identity = Quaternion(vector: .zero, real: 1)

    package init(vector: SIMD3<Float>, real: Float) {
        self.vector = vector
        self.real = real
    }

    /// A turn by `angle` radians about a unit axis, by the right-hand rule.
    package init(about axis: SIMD3<Float>, by angle: Float) {
        self.init(vector: axis * sin(angle / 2), real: cos(angle / 2))
    }

    /// The smallest turn that takes one unit vector to another.
    package init(from a: SIMD3<Float>, to b: SIMD3<Float>) {
        let real = 1 + dot(a, b)
        if real < 1e-5 {
            let other: SIMD3<Float> = abs(a.x) < 0.7 ? [1, 0, 0] : [0, 1, 0]
            self.init(vector: unit(cross(a, other)) ?? [0, 0, 1], real: 0)
        } else {
            self = Quaternion(vector: cross(a, b), real: real).normalized
        }
    }

    /// The turn whose axes are these: three unit vectors at right angles, right-handed.
    package init(x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>) {
        let trace = x.x + y.y + z.z
        // The largest of the four parts is found first, so that nothing is divided by a small number.
        if trace > max(x.x, y.y, z.z) {
            self.init(vector: [y.z - z.y, z.x - x.z, x.y - y.x], real: 1 + trace)
        } else if x.x >= y.y && x.x >= z.z {
            self.init(vector: [1 + x.x - y.y - z.z, x.y + y.x, x.z + z.x], real: y.z - z.y)
        } else if y.y >= z.z {
            self.init(vector: [x.y + y.x, 1 + y.y - x.x - z.z, y.z + z.y], real: z.x - x.z)
        } else {
            self.init(vector: [x.z + z.x, y.z + z.y, 1 + z.z - x.x - y.y], real: x.y - y.x)
        }
        self = normalized
    }

    package var inverse: Quaternion { Quaternion(vector: -vector, real: real) }

    /// The same turn by the other sign, which lies on the other side of the sphere.
    package var negated: Quaternion { Quaternion(vector: -vector, real: -real) }

    package var normalized: Quaternion {
        let length = (dot(vector, vector) + real * real).squareRoot()
        return length > 0 ? Quaternion(vector: vector / length, real: real / length) : .identity
    }

    package static func * (a: Quaternion, b: Quaternion) -> Quaternion {
        Quaternion(
            vector: a.real * b.vector + b.real * a.vector + cross(a.vector, b.vector),
            real: a.real * b.real - dot(a.vector, b.vector))
    }

    package static func * (turn: Quaternion, v: SIMD3<Float>) -> SIMD3<Float> {
        let t = 2 * cross(turn.vector, v)
        return v + turn.real * t + cross(turn.vector, t)
    }

    /// The turn with the sign that lies nearer to another: a series of such signs has no jumps.
    package func near(_ other: Quaternion) -> Quaternion {
        dot(vector, other.vector) + real * other.real < 0 ? negated : self
    }

    /// The turn halfway to another.
    package func halfway(to other: Quaternion) -> Quaternion {
        let other = other.near(self)
        return Quaternion(vector: vector + other.vector, real: real + other.real).normalized
    }

    /// The angle of the turn, 0…π radians.
    package var angle: Float { 2 * atan2(dot(vector, vector).squareRoot(), abs(real)) }
}

func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { (a * b).sum() }

func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
    [a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x]
}

/// The unit vector that way; nil for vectors too short to have a direction.
func unit(_ v: SIMD3<Float>) -> SIMD3<Float>? {
    let length = dot(v, v).squareRoot()
    return length > 1e-6 ? v / length : nil
}
