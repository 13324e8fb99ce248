package import Robots

/// A place seen by several cameras: the point nearest to all rays, by linear least squares and then by least errors in
/// the pictures (Hartley and Sturm 1997).
package struct Triangulation: Sendable, Hashable {
    /// Metres in the rig's axes.
    package var place: Vector3
    /// How far the place is from where the cameras saw it, in picture heights, root of the weighted mean square.
    package var error: Double
    /// Which of the sights it rests on, ascending.
    package var used: [Int]

    /// What one camera saw.
    package struct Sight: Sendable {
        package var camera: RigCamera
        /// In picture heights from the picture's middle.
        package var place: SIMD2<Double>
        /// 0…1.
        package var confidence: Double

        package init(camera: RigCamera, place: SIMD2<Double>, confidence: Double) {
            self.camera = camera
            self.place = place
            self.confidence = confidence
        }
    }

    /// Rays that meet at less than this, radians, tell no depth.
    private static let leastAngle = 0.05

    /// Where several cameras saw something; the sight that agrees least is left out while the error is more than
    /// `tolerance` picture heights and more than two are left. Nil where fewer than two tell it, or all look the same way.
    package init?(_ sights: [Sight], tolerance: Double = 0.03) {
        var used = sights.indices.filter { sights[$0].confidence > 0 }
        while used.count >= 2 {
            guard let place = Self.place(used.map { sights[$0] }) else { return nil }
            let errors = used.map { Self.error(place, sights[$0]) }
            let weights = used.reduce(0) { $0 + sights[$1].confidence }
            let square = zip(used, errors).reduce(0) { $0 + sights[$1.0].confidence * $1.1 * $1.1 } / weights
            if square.squareRoot() <= tolerance || used.count == 2 {
                guard square.isFinite else { return nil }
                self.place = place
                error = square.squareRoot()
                self.used = used
                return
            }
            // Leaving out the one that the others agree best without.
            let without = used.indices.min { a, b in
                Self.disagreement(sights, used, a) < Self.disagreement(sights, used, b)
            }
            used.remove(at: without!)
        }
        return nil
    }

    private static func disagreement(_ sights: [Sight], _ used: [Int], _ left: Int) -> Double {
        var rest = used
        rest.remove(at: left)
        guard let place = place(rest.map { sights[$0] }) else { return .infinity }
        return rest.reduce(0) { $0 + error(place, sights[$1]) * sights[$1].confidence }
    }

    private static func error(_ place: Vector3, _ sight: Sight) -> Double {
        guard let seen = sight.camera.picture(of: place) else { return .infinity }
        let off = seen - sight.place
        return (off * off).sum().squareRoot()
    }

    private static func place(_ sights: [Sight]) -> Vector3? {
        let rays = sights.map { $0.camera.ray(through: $0.place) }
        var widest = 0.0
        for a in rays.indices { for b in 0..<a { widest = max(widest, cross(rays[a], rays[b]).length) } }
        guard widest > leastAngle else { return nil }
        // The point nearest to all rays: sum of w (I - r rT) (p - c) is nought.
        var system = NormalEquations()
        for (sight, ray) in zip(sights, rays) {
            system.add(projectorAlong: ray, through: sight.camera.position, weight: sight.confidence)
        }
        guard var place = system.solution else { return nil }
        for _ in 0..<3 {
            var system = NormalEquations()
            for sight in sights {
                let local = sight.camera.placement * place
                guard local.z > 0.05 else { return nil }
                let (f, turn) = (sight.camera.focalLength, sight.camera.placement.rotation.inverse)
                let seen = SIMD2(local.x, local.y) * (f / local.z)
                let rows = (
                    turn * Vector3(f / local.z, 0, -seen.x / local.z), turn * Vector3(0, f / local.z, -seen.y / local.z)
                )
                system.add(rows.0, sight.place.x - seen.x, weight: sight.confidence)
                system.add(rows.1, sight.place.y - seen.y, weight: sight.confidence)
            }
            guard let step = system.solution, step.length < 2 else { break }
            place += step
        }
        return place.sum().isFinite ? place : nil
    }
}

/// Least squares for three unknowns.
struct NormalEquations {
    private var xx = Vector3.zero
    /// Products xy, xz, yz.
    private var xy = Vector3.zero
    private var right = Vector3.zero

    mutating func add(_ row: Vector3, _ value: Double, weight: Double) {
        xx += row * row * weight
        xy += Vector3(row.x * row.y, row.x * row.z, row.y * row.z) * weight
        right += row * (value * weight)
    }

    /// Adds that the unknown lies on a line through a place along a unit vector.
    mutating func add(projectorAlong ray: Vector3, through place: Vector3, weight: Double) {
        let other = abs(ray.x) < 0.7 ? Vector3(1, 0, 0) : Vector3(0, 1, 0)
        let a = cross(ray, other)
        let first = a / a.length
        let second = cross(ray, first)
        add(first, dot(first, place), weight: weight)
        add(second, dot(second, place), weight: weight)
    }

    var solution: Vector3? { solution(damping: 0) }

    func solution(damping: Double) -> Vector3? {
        let d = xx * (1 + damping)
        let cofactors = (
            Vector3(d.y * d.z - xy.z * xy.z, xy.y * xy.z - xy.x * d.z, xy.x * xy.z - xy.y * d.y),
            Vector3(xy.y * xy.z - xy.x * d.z, d.x * d.z - xy.y * xy.y, xy.x * xy.y - d.x * xy.z),
            Vector3(xy.x * xy.z - xy.y * d.y, xy.x * xy.y - d.x * xy.z, d.x * d.y - xy.x * xy.x)
        )
        let determinant = d.x * cofactors.0.x + xy.x * cofactors.0.y + xy.y * cofactors.0.z
        guard abs(determinant) > 1e-15 else { return nil }
        return Vector3(dot(cofactors.0, right), dot(cofactors.1, right), dot(cofactors.2, right)) / determinant
    }
}
