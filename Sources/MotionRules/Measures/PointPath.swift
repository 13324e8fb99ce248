import Foundation

/// Where a point went within the last moments, in the body's own axes: x to the person's left, y up, z forward.
struct PointPath: Sendable {
    private var samples: [(time: Double, point: SIMD3<Float>)] = []
    /// How long it is remembered, in seconds.
    let span: Double

    init(span: Double) { self.span = span }

    /// What goes sideways by more than this share of its way goes nowhere.
    private static let widest: Float = 0.7
    /// Circles are looked for over these shares of the span.
    private static let shares: [Double] = [0.25, 0.4, 0.55, 0.75, 1]
    /// Circles are at least this large, in torso lengths from the middle.
    private static let leastRadius: Float = 0.07

    /// Takes down where it is now; what is older than the span is forgotten.
    mutating func add(_ point: SIMD3<Float>, at time: Double) {
        if let last = samples.last, time - last.time > 0.3 { samples.removeAll(keepingCapacity: true) }
        samples.append((time, point))
        while let first = samples.first, time - first.time > span { samples.removeFirst() }
    }

    /// How far it has gone that way, straight, since some moment within the span; 0 where it went elsewhere.
    func way(_ direction: MoveDirection, isLeft: Bool) -> Float {
        guard let last = samples.last else { return 0 }
        var farthest: Float = 0
        for sample in samples {
            let (along, across) = direction.share(of: last.point - sample.point, isLeft: isLeft)
            if across <= Self.widest * along { farthest = max(farthest, along) }
        }
        return farthest
    }

    /// How often it went round, clockwise as the person sees it; below 0 the other way.
    var turns: Float {
        guard let last = samples.last else { return 0 }
        var most: Float = 0
        for share in Self.shares {
            let first = samples.firstIndex { last.time - $0.time <= span * share } ?? 0
            let turns = Self.turns(of: samples[first...])
            if abs(turns) > abs(most) { most = turns }
        }
        return most
    }

    private static func turns(of samples: ArraySlice<(time: Double, point: SIMD3<Float>)>) -> Float {
        guard samples.count >= 6 else { return 0 }
        // The middle of the extent, which a stop on the way does not shift.
        var (low, high) = (SIMD2<Float>(repeating: .infinity), SIMD2<Float>(repeating: -.infinity))
        for sample in samples {
            let place = SIMD2(sample.point.x, sample.point.y)
            low = pointwiseMin(low, place)
            high = pointwiseMax(high, place)
        }
        let (middle, half) = ((low + high) / 2, (high - low) / 2)
        guard half.min() >= leastRadius, half.min() >= 0.45 * half.max() else { return 0 }
        var angle: Double = 0
        var before: SIMD2<Float>?
        for sample in samples {
            let place = (SIMD2(sample.point.x, sample.point.y) - middle) / half
            // A path through the middle is no circle.
            if (place * place).sum() < 0.2 { return 0 }
            if let before {
                angle += Double(
                    atan2(before.x * place.y - before.y * place.x, before.x * place.x + before.y * place.y))
            }
            before = place
        }
        // Seen by the person, their left is on the left: x to the left and y up turn clockwise as the angle grows.
        return Float(angle / (2 * .pi))
    }
}
