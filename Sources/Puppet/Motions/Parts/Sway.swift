import Foundation
import Randomness

/// A slow wandering about 0: four sine waves of unrelated frequencies, mean square `amplitude`².
struct Sway: Sendable {
    private var amplitudes = SIMD4<Float>.zero
    private var frequencies = SIMD4<Float>.zero
    private var offsets = SIMD4<Float>.zero

    /// No wandering at all.
    static let still = Sway()

    private init() {}

    /// - Parameter pace: centre of the frequencies, Hz.
    init(_ amplitude: Float, pace: Float = 0.35, using random: inout SplitMix64) {
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
