import Skeleton

/// How far lifted joints are from where they truly are, in metres: mean per-joint position error raw (MPJPE, both from
/// the pelvis), after the best size (N-MPJPE, Rhodin et al. 2018), after the best size, turn and place (PA-MPJPE), and of how
/// they move from frame to frame (MPJVE, Pavllo et al. 2019, in metres a second).
package struct LiftingScore: Sendable {
    private var sums = SIMD4<Double>.zero
    private var joints = 0.0
    private var moves = 0.0
    private var last: (time: Double, errors: [SIMD3<Float>])?

    package init() {}

    package var mpjpe: Double { sums.x / max(joints, 1) }
    package var nMPJPE: Double { sums.y / max(joints, 1) }
    package var paMPJPE: Double { sums.z / max(joints, 1) }
    package var mpjve: Double { sums.w / max(moves, 1) }

    /// Takes a frame of somebody; frames of one person follow each other.
    ///
    /// - Parameters:
    ///   - points, truth: of the same joints, from the pelvis.
    ///   - time: in seconds.
    package mutating func add(_ points: [SIMD3<Float>], truth: [SIMD3<Float>], time: Double) {
        guard points.count > 2 else { return }
        let errors = zip(points, truth).map { $0 - $1 }
        func total(_ errors: some Sequence<SIMD3<Float>>) -> Double {
            errors.reduce(0.0) { $0 + Double(($1 * $1).sum().squareRoot()) }
        }
        let along = zip(points, truth).reduce(Float(0)) { $0 + ($1.0 * $1.1).sum() }
        let size = points.reduce(Float(0)) { $0 + ($1 * $1).sum() }
        let scale = size > 1e-9 ? along / size : 1
        let aligned = Procrustes(points, onto: truth)
        sums.x += total(errors)
        sums.y += total(zip(points, truth).lazy.map { $0 * scale - $1 })
        sums.z += total(zip(points, truth).lazy.map { aligned.applied(to: $0) - $1 })
        joints += Double(points.count)
        if let last, last.errors.count == errors.count, time > last.time {
            sums.w += total(zip(errors, last.errors).lazy.map { $0 - $1 }) / (time - last.time)
            moves += Double(points.count)
        }
        last = (time, errors)
    }

    /// Whoever comes next is somebody else.
    package mutating func breakOff() { last = nil }
}
