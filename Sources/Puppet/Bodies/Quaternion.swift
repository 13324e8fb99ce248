import Foundation

/// A turn in space as a unit quaternion (Hamilton's convention: `a * b` turns by `b` first).
struct Quaternion: Sendable, Equatable {
    /// Imaginary part in x, y, z; real part in w.
    var vector: SIMD4<Float>

    static let identity = Quaternion(vector: SIMD4(0, 0, 0, 1))

    init(vector: SIMD4<Float>) { self.vector = vector }

    /// A turn by `angle` radians round a unit axis, by the right-hand rule.
    init(_ angle: Float, round axis: SIMD3<Float>) {
        let half = angle / 2
        vector = SIMD4(axis * sin(half), cos(half))
    }

    /// The turn that takes the axes x, y, z to three orthonormal directions.
    init(x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>) {
        let trace = x.x + y.y + z.z
        if trace > 0 {
            let s = (trace + 1).squareRoot() * 2
            vector = SIMD4((y.z - z.y) / s, (z.x - x.z) / s, (x.y - y.x) / s, s / 4)
        } else if x.x > y.y && x.x > z.z {
            let s = (1 + x.x - y.y - z.z).squareRoot() * 2
            vector = SIMD4(s / 4, (y.x + x.y) / s, (z.x + x.z) / s, (y.z - z.y) / s)
        } else if y.y > z.z {
            let s = (1 + y.y - x.x - z.z).squareRoot() * 2
            vector = SIMD4((y.x + x.y) / s, s / 4, (z.y + y.z) / s, (z.x - x.z) / s)
        } else {
            let s = (1 + z.z - x.x - y.y).squareRoot() * 2
            vector = SIMD4((z.x + x.z) / s, (z.y + y.z) / s, s / 4, (x.y - y.x) / s)
        }
        vector /= (vector * vector).sum().squareRoot()
    }

    var inverse: Quaternion { Quaternion(vector: vector * SIMD4(-1, -1, -1, 1)) }

    /// The same turn seen in a mirror that swaps left and right (x to -x).
    var mirrored: Quaternion { Quaternion(vector: vector * SIMD4(1, -1, -1, 1)) }

    static func * (a: Quaternion, b: Quaternion) -> Quaternion {
        let u = a.vector.xyz
        let v = b.vector.xyz
        let imaginary = b.vector.w * u + a.vector.w * v + cross(u, v)
        return Quaternion(vector: SIMD4(imaginary, a.vector.w * b.vector.w - dot(u, v)))
    }

    /// A direction or offset, turned.
    static func * (a: Quaternion, v: SIMD3<Float>) -> SIMD3<Float> {
        let u = a.vector.xyz
        let t = 2 * cross(u, v)
        return v + a.vector.w * t + cross(u, t)
    }

    /// The turn a share `weight` of the way to `other` along the shorter arc (Shoemake 1985).
    func interpolated(to other: Quaternion, by weight: Float) -> Quaternion {
        var end = other.vector
        var cosine = (vector * end).sum()
        if cosine < 0 {
            end = -end
            cosine = -cosine
        }
        var mixed = vector * (1 - weight) + end * weight
        if cosine < 0.9995 {
            let angle = acos(cosine)
            mixed = (vector * sin((1 - weight) * angle) + end * sin(weight * angle)) / sin(angle)
        }
        return Quaternion(vector: mixed / (mixed * mixed).sum().squareRoot())
    }
}

extension Quaternion {
    /// Swings a hanging limb forward, or leans an upright one backward.
    static func swing(_ angle: Float) -> Quaternion { Quaternion(-angle, round: SIMD3(1, 0, 0)) }

    /// Leans an upright part forward, or swings a hanging limb backward.
    static func lean(_ angle: Float) -> Quaternion { Quaternion(angle, round: SIMD3(1, 0, 0)) }

    /// Swings a hanging limb to the left, or tips an upright part to the right.
    static func roll(_ angle: Float) -> Quaternion { Quaternion(angle, round: SIMD3(0, 0, 1)) }

    /// Turns to the left about the vertical.
    static func turn(_ angle: Float) -> Quaternion { Quaternion(angle, round: SIMD3(0, 1, 0)) }
}

extension SIMD4<Float> {
    var xyz: SIMD3<Float> { SIMD3(x, y, z) }
}

func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { (a * b).sum() }

func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

func length(_ a: SIMD3<Float>) -> Float { dot(a, a).squareRoot() }

func normalized(_ a: SIMD3<Float>) -> SIMD3<Float> { a / max(length(a), 1e-9) }

/// The part of `a` at right angles to a unit direction, as a unit direction.
func perpendicular(_ a: SIMD3<Float>, to direction: SIMD3<Float>) -> SIMD3<Float> {
    let rest = a - dot(a, direction) * direction
    if length(rest) > 1e-4 { return normalized(rest) }
    let other = abs(direction.y) < 0.9 ? SIMD3<Float>(0, 1, 0) : SIMD3<Float>(0, 0, 1)
    return normalized(other - dot(other, direction) * direction)
}

/// Degrees in radians.
func degrees(_ angle: Float) -> Float { angle * .pi / 180 }
