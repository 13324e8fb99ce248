/// How much a unit of each picture axis is worth, told from the body in the picture.
///
/// Poses may come without the picture's aspect ratio, or stretched to fill a square of their own, and with a depth on a
/// scale that nobody wrote down. Bones know better: their lengths are nearly the same in everyone, so the squares of the
/// three scales are what brings twelve bones nearest to their lengths, by least squares.
enum PictureAxes {
    /// Two ends of a bone and its length in torso lengths: means of the stature (Drillis and Contini 1966).
    private static let bones: [(a: BodyPoint, b: BodyPoint, length: Float)] = {
        let sided: [(a: BodyPoint, b: BodyPoint, length: Float)] = [
            (.leftShoulder, .leftHip, 1), (.leftShoulder, .leftElbow, 0.56), (.leftElbow, .leftWrist, 0.51),
            (.leftHip, .leftKnee, 0.83), (.leftKnee, .leftAnkle, 0.83),
        ]
        return sided + sided.map { ($0.a.mirrored, $0.b.mirrored, $0.length) }
            + [(.leftShoulder, .rightShoulder, 0.66), (.leftHip, .rightHip, 0.4)]
    }()

    /// Factors for x, y and z that give the body its proportions, up to a common one; nil when too few bones are seen.
    ///
    /// - Parameters:
    ///   - points: one a `BodyPoint`.
    ///   - isKnown: whether a point was seen.
    static func scales(of points: [SIMD3<Float>], isKnown: (BodyPoint) -> Bool) -> SIMD3<Float>? {
        // Rows of the normal equations of Σ (Σ s_k d_k² / l² − 1)², for s the squared scales.
        var normal = InlineArray<3, SIMD3<Float>>(repeating: .zero)
        var right = SIMD3<Float>.zero
        var count = 0
        for bone in bones where isKnown(bone.a) && isKnown(bone.b) {
            let way = points[bone.a.rawValue] - points[bone.b.rawValue]
            let row = way * way / (bone.length * bone.length)
            for axis in 0..<3 { normal[axis] += row * row[axis] }
            right += row
            count += 1
        }
        guard count >= 6 else { return nil }
        let mean = SIMD3(normal[0].x, normal[1].y, normal[2].z)
        guard mean.x > 0, mean.y > 0, mean.z > 0 else { return nil }
        // A little weight on small scales keeps an axis that no bone lies along from running away.
        for axis in 0..<3 { normal[axis][axis] += ridge * mean[axis] }
        guard let squares = nonNegative(normal, right) else { return nil }
        return SIMD3(squares.x.squareRoot(), squares.y.squareRoot(), squares.z.squareRoot())
    }

    private static let ridge: Float = 0.02

    /// Least squares with no unknown below 0: those that would be are left out one by one.
    private static func nonNegative(_ normal: InlineArray<3, SIMD3<Float>>, _ right: SIMD3<Float>) -> SIMD3<Float>? {
        var (normal, right) = (normal, right)
        for _ in 0..<3 {
            guard let found = solve(normal, right) else { return nil }
            var worst = 0
            for axis in 1..<3 where found[axis] < found[worst] { worst = axis }
            if found[worst] >= 0 { return found }
            // Alone in its row, it comes out as 0 from now on.
            for axis in 0..<3 {
                normal[axis][worst] = 0
                normal[worst][axis] = 0
            }
            normal[worst][worst] = 1
            right[worst] = 0
        }
        return nil
    }

    /// Cramer's rule; nil for dependent rows.
    private static func solve(_ rows: InlineArray<3, SIMD3<Float>>, _ right: SIMD3<Float>) -> SIMD3<Float>? {
        func determinant(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>) -> Float {
            a.x * (b.y * c.z - b.z * c.y) - a.y * (b.x * c.z - b.z * c.x) + a.z * (b.x * c.y - b.y * c.x)
        }
        // The matrix is symmetric, so its rows are its columns.
        let whole = determinant(rows[0], rows[1], rows[2])
        guard whole.isFinite, whole != 0 else { return nil }
        return SIMD3(
            determinant(right, rows[1], rows[2]), determinant(rows[0], right, rows[2]),
            determinant(rows[0], rows[1], right)) / whole
    }
}
