import Foundation
import Skeleton
import TestSupport
import Testing

@Suite("One-Euro filter")
struct OneEuroFilterTests {
    private func time(_ frame: Int, rate: Int = 30) -> Duration { .microseconds(frame * 1_000_000 / rate) }

    @Test("a constant passes unchanged")
    func constant() {
        var filter = OneEuroFilter(.init(minimumCutoff: 0.05, beta: 80))
        let point = SIMD3<Float>(0.3, -0.7, 12)
        for frame in 0..<100 { #expect(filter.update(point, at: time(frame)) == point) }
    }

    @Test("noise round a resting point is smoothed away")
    func noise() {
        var filter = OneEuroFilter(.init(minimumCutoff: 0.5, beta: 0.1))
        var generator = SeededGenerator(seed: 5)
        var before: Float = 0
        var after: Float = 0
        for frame in 0..<600 {
            let noisy = SIMD3<Float>(.random(in: -1...1, using: &generator), 0, 0)
            let smooth = filter.update(noisy, at: time(frame))
            guard frame >= 100 else { continue }
            before += noisy.x * noisy.x
            after += smooth.x * smooth.x
        }
        #expect(after < before / 10)
    }

    @Test("a steady motion is trailed by the stated delay", arguments: [10, 30, 100])
    func delay(rate: Int) {
        let parameters = OneEuroFilter.Parameters(minimumCutoff: 0.2, beta: 0.5)
        for speed in [0.5, 2] as [Float] {
            var filter = OneEuroFilter(parameters)
            var behind: Float = 0
            for frame in 0..<(20 * rate) {
                let position = speed * Float(frame) / Float(rate)
                behind = position - filter.update(SIMD3(position, 0, 0), at: time(frame, rate: rate)).x
            }
            #expect(abs(behind / speed - parameters.delay(atSpeed: speed)) < 0.01 * parameters.delay(atSpeed: speed))
        }
    }

    @Test("a larger scale lets the same motion through sooner")
    func scale() {
        var behind: [Float] = []
        for scale in [0.1, 1, 10] as [Float] {
            var filter = OneEuroFilter(.init(minimumCutoff: 0.05, beta: 1))
            var last: Float = 0
            for frame in 0..<60 {
                last = Float(frame) - filter.update(SIMD3(Float(frame), 0, 0), at: time(frame), scale: scale).x
            }
            behind.append(last)
        }
        #expect(behind[0] > behind[1] && behind[1] > behind[2])
    }

    @Test("a time that stands still or runs back changes nothing")
    func standingTime() {
        var filter = OneEuroFilter(.init(minimumCutoff: 1, beta: 1))
        _ = filter.update(.zero, at: time(0))
        let first = filter.update(SIMD3(1, 0, 0), at: time(1))
        #expect(filter.update(SIMD3(5, 0, 0), at: time(1)) == first)
        #expect(filter.update(SIMD3(5, 0, 0), at: time(0)) == first)
    }

    @Test("after a reset the next position passes unchanged")
    func reset() {
        var filter = OneEuroFilter(.init(minimumCutoff: 0.01, beta: 0))
        for frame in 0..<10 { _ = filter.update(SIMD3(Float(frame), 0, 0), at: time(frame)) }
        filter.reset()
        #expect(filter.update(SIMD3(100, 0, 0), at: time(10)).x == 100)
    }
}
