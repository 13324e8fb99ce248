import Foundation

/// Ways from 0 to 1 over a time from 0 to 1; outside it they stay at their ends.
enum Easing: Sendable {
    /// Minimum jerk (Flash and Hogan 1985): how hands move from place to place.
    case minimumJerk
    /// Half a cosine: how limbs swing.
    case cosine
    /// A quick start and a long arrival, as of a strike.
    case strike

    func callAsFunction(_ time: Float) -> Float {
        let t = max(0, min(1, time))
        switch self {
        case .minimumJerk: return t * t * t * (10 + t * (6 * t - 15))
        case .cosine: return (1 - cos(.pi * t)) / 2
        case .strike: return Easing.minimumJerk(t.squareRoot())
        }
    }
}

/// Linear way from `a` to `b`.
func mix(_ a: Float, _ b: Float, _ weight: Float) -> Float { a + (b - a) * weight }

/// A smooth closed curve through values at phases of a cycle, 0..<1 (periodic cubic Hermite with mean slopes).
struct PeriodicCurve: Sendable {
    private let phases: [Float]
    private let values: [Float]

    init(_ points: [(phase: Float, value: Float)]) {
        precondition(points.count >= 3, "a closed curve needs three points")
        phases = points.map(\.phase)
        values = points.map(\.value)
    }

    /// The value at a phase; whole cycles do not matter.
    func callAsFunction(_ phase: Float) -> Float {
        let n = phases.count
        let p = phase - phase.rounded(.down)
        let next = phases.firstIndex { $0 > p } ?? n
        let (time1, value1) = point(next - 1)
        let (time2, value2) = point(next)
        let span = time2 - time1
        let t = (p - time1) / span
        let slope1 = slope(next - 1) * span
        let slope2 = slope(next) * span
        let t2 = t * t
        let t3 = t2 * t
        return (2 * t3 - 3 * t2 + 1) * value1 + (t3 - 2 * t2 + t) * slope1 + (3 * t2 - 2 * t3) * value2
            + (t3 - t2) * slope2
    }

    private func point(_ index: Int) -> (Float, Float) {
        let n = phases.count
        if index < 0 { return (phases[index + n] - 1, values[index + n]) }
        if index >= n { return (phases[index - n] + 1, values[index - n]) }
        return (phases[index], values[index])
    }

    private func slope(_ index: Int) -> Float {
        let before = point(index - 1)
        let after = point(index + 1)
        return (after.1 - before.1) / (after.0 - before.0)
    }
}

/// A slow wandering about 0: four sine waves of unrelated frequencies, mean square `amplitude`².
struct Sway: Sendable {
    private var amplitudes = SIMD4<Float>.zero
    private var frequencies = SIMD4<Float>.zero
    private var offsets = SIMD4<Float>.zero

    /// - Parameter pace: centre of the frequencies, Hz.
    init(_ amplitude: Float, pace: Float = 0.35, using random: inout PuppetRandom) {
        var power: Float = 0
        for i in 0..<4 {
            amplitudes[i] = random.uniform(0.4, 1)
            frequencies[i] = pace * random.uniform(0.35, 1.9) * 2 * .pi
            offsets[i] = random.uniform(0, 2 * .pi)
            power += amplitudes[i] * amplitudes[i] / 2
        }
        amplitudes *= amplitude / power.squareRoot()
    }

    func callAsFunction(_ time: Double) -> Float {
        let t = Float(time)
        var sum: Float = 0
        for i in 0..<4 { sum += amplitudes[i] * sin(frequencies[i] * t + offsets[i]) }
        return sum
    }
}
