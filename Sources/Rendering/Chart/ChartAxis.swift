import Foundation

/// A range of numbers along so many pixels, with round numbers to write beside it.
struct ChartAxis {
    let low: Double
    let high: Double
    /// Pixels at which `low` and `high` lie.
    let from: Float
    let to: Float

    func pixel(_ value: Double) -> Float {
        let share = high > low ? (value - low) / (high - low) : 0.5
        return from + Float(share) * (to - from)
    }

    /// Round values at least `gap` pixels apart.
    func ticks(gap: Float) -> [Double] {
        guard high > low else { return [low] }
        let step = Self.step(atLeast: (high - low) * Double(gap / max(1, abs(to - from))), of: [1, 2, 5, 10])
        return Self.multiples(of: step, from: low, to: high)
    }

    /// Round times, by which seconds and minutes are counted.
    func timeTicks(gap: Float) -> (times: [Double], step: Double) {
        guard high > low else { return ([low], 1) }
        let least = (high - low) * Double(gap / max(1, abs(to - from)))
        let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200]
        let step = steps.first { $0 >= least } ?? Self.step(atLeast: least, of: [1, 2, 5, 10])
        return (Self.multiples(of: step, from: low, to: high), step)
    }

    private static func step(atLeast least: Double, of factors: [Double]) -> Double {
        let unit = pow(10, log10(max(least, 1e-9)).rounded(.down))
        return unit * (factors.first { $0 * unit >= least } ?? 10)
    }

    private static func multiples(of step: Double, from low: Double, to high: Double) -> [Double] {
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard first <= last, last - first < 1000 else { return [] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// A number with no more digits than the others need.
    static func text(_ value: Double, among values: [Double]) -> String {
        let digits = (0...3).first { digits in
            values.allSatisfy { abs($0 * pow(10, Double(digits)) - ($0 * pow(10, Double(digits))).rounded()) < 1e-6 }
        }
        return String(format: "%.\(digits ?? 3)f", value == 0 ? 0 : value)
    }

    /// `1:05`, `1:05.5` with steps below a second, `1:00:05` from an hour on.
    static func clock(_ seconds: Double, step: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        let (hours, minutes, whole) = (tenths / 36_000, tenths / 600 % 60, tenths / 10 % 60)
        let start =
            hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, whole) : String(format: "%d:%02d", minutes, whole)
        return step < 1 ? start + ".\(tenths % 10)" : start
    }
}
