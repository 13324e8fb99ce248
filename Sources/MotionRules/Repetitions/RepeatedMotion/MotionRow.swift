import Skeleton

/// Where the joints of one person are at one moment, seen in the picture's plane from the middle of the hips: the
/// numbers that repeated motion is looked for in.
struct MotionRow: Sendable {
    /// The joints it holds, in the order of `BodyPoint`: all that are no means of others.
    static let joints = BodyPoint.allCases.filter { $0 != .midShoulder && $0 != .midHip }
    /// Two numbers a joint, x then y.
    static let width = joints.count * 2
    /// Vectors a row takes.
    static let blocks = (width + 7) / 8

    /// x to image right and y down in trunk lengths, the vectors' rest 0.
    var values: InlineArray<4, SIMD8<Float>> = .init(repeating: .zero)
    /// One bit a joint: whether it was seen.
    var seen: UInt32 = 0

    subscript(index: Int) -> Float {
        get { values[index >> 3][index & 7] }
        set { values[index >> 3][index & 7] = newValue }
    }

    /// The row between two moments; what was seen at one of them only is as it was then.
    static func between(_ a: MotionRow, _ b: MotionRow, share: Float) -> MotionRow {
        var row = a
        row.seen = a.seen & b.seen
        for block in 0..<Self.blocks { row.values[block] += (b.values[block] - a.values[block]) * share }
        return row
    }

    func dot(_ direction: MotionRow) -> Float {
        var sum = SIMD8<Float>.zero
        for block in 0..<Self.blocks { sum += values[block] * direction.values[block] }
        return sum.sum()
    }

    static func += (a: inout MotionRow, b: MotionRow) {
        for block in 0..<blocks { a.values[block] += b.values[block] }
    }

    static func -= (a: inout MotionRow, b: MotionRow) {
        for block in 0..<blocks { a.values[block] -= b.values[block] }
    }

    mutating func add(_ row: MotionRow, times factor: Float) {
        for block in 0..<Self.blocks { values[block] += row.values[block] * factor }
    }

    static func *= (a: inout MotionRow, factor: Float) {
        for block in 0..<blocks { a.values[block] *= factor }
    }

    /// The joint angles that tell how far a body moves.
    static let angles: [(a: BodyPoint, vertex: BodyPoint, b: BodyPoint)] = {
        let left: [(a: BodyPoint, vertex: BodyPoint, b: BodyPoint)] = [
            (.leftHip, .leftKnee, .leftAnkle), (.leftShoulder, .leftHip, .leftKnee),
            (.leftShoulder, .leftElbow, .leftWrist), (.leftHip, .leftShoulder, .leftElbow),
        ]
        return left + left.map { ($0.a.mirrored, $0.vertex.mirrored, $0.b.mirrored) }
    }()

    /// Degrees between two bones in the picture's plane, 0…180; nil where a joint was not seen.
    func angle(_ a: BodyPoint, at vertex: BodyPoint, _ b: BodyPoint) -> Float? {
        guard let a = place(a), let vertex = place(vertex), let b = place(b) else { return nil }
        return JointAngle.between(SIMD3(a, 0), SIMD3(b, 0), at: SIMD3(vertex, 0)).map { $0 * 180 / .pi }
    }

    private func place(_ point: BodyPoint) -> SIMD2<Float>? {
        guard let index = Self.joints.firstIndex(of: point), seen & 1 << index != 0 else { return nil }
        return SIMD2(self[2 * index], self[2 * index + 1])
    }
}
