import Randomness
import Retargeting
import Robots
import Testing

struct DirectionSmootherTests {
    private func parabola(_ t: Double) -> Vector3 {
        let (a, b, c) = (Vector3(0.1, 0.7, -0.2), Vector3(1, -0.4, 0.3), Vector3(-0.8, 0.2, 0.5))
        return a + (b + c * t) * t
    }

    @Test("a parabola passes through unchanged, with its rate, at frames that come anyhow")
    func exact() throws {
        var smoother = DirectionSmoother()
        var random = SplitMix64(seed: 4)
        var time = 0.0
        for _ in 0..<20 {
            time += random.double(0.015...0.06)
            smoother.add([parabola(time)], at: time)
        }
        let seen = try #require(smoother.value(at: time - 0.08))
        #expect((seen.vectors[0] - parabola(time - 0.08)).length < 1e-9)
        let rate = (parabola(time - 0.08 + 1e-5) - parabola(time - 0.08 - 1e-5)) / 2e-5
        #expect((seen.rates[0] - rate).length < 1e-6)
    }

    @Test("noise on something still is cut to less than half")
    func still() throws {
        var smoother = DirectionSmoother()
        var random = SplitMix64(seed: 5)
        var (seenSum, smoothSum) = (0.0, 0.0)
        for frame in 0..<600 {
            let noise = Vector3(Double(random.normal()), Double(random.normal()), Double(random.normal())) * 0.05
            smoother.add([[0, 0, 1] + noise], at: Double(frame) / 30)
            guard frame > 30 else { continue }
            let smooth = try #require(smoother.value(at: Double(frame) / 30 - 0.11)).vectors[0] - [0, 0, 1]
            seenSum += dot(noise, noise)
            smoothSum += dot(smooth, smooth)
        }
        #expect(smoothSum < seenSum / 4)
    }

    @Test("after a long pause nothing of before is left, and a time that does not grow is left out")
    func pause() throws {
        var smoother = DirectionSmoother()
        for frame in 0..<10 { smoother.add([[1, 0, 0]], at: Double(frame) / 30) }
        smoother.add([[0, 1, 0]], at: 5)
        smoother.add([[0, 0, 1]], at: 4)
        #expect(try #require(smoother.value(at: 5)).vectors == [[0, 1, 0]])
        #expect(smoother.newest == 5)
    }
}
