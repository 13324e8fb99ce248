import Foundation
import Lifting
import Randomness
import Skeleton
import TestSupport
import Testing

struct ProcrustesTests {
    private func cloud(_ count: Int, _ stream: inout SplitMix64) -> [SIMD3<Float>] {
        (0..<count).map { _ in SIMD3(stream.normal(), stream.normal(), stream.normal()) }
    }

    private func turned(_ p: SIMD3<Float>, _ yaw: Float, _ pitch: Float) -> SIMD3<Float> {
        let a = SIMD3(cos(yaw) * p.x + sin(yaw) * p.z, p.y, cos(yaw) * p.z - sin(yaw) * p.x)
        return SIMD3(a.x, cos(pitch) * a.y - sin(pitch) * a.z, sin(pitch) * a.y + cos(pitch) * a.z)
    }

    @Test("turn, size and place are found again, whatever they are")
    func recovers() {
        var stream = SplitMix64(seed: 5)
        for round in 0..<200 {
            let points = cloud(3 + round % 14, &stream)
            let (yaw, pitch) = (stream.uniform(-3...3), stream.uniform(-3...3))
            let (size, place) = (stream.uniform(0.1...4), SIMD3(stream.normal(), stream.normal(), stream.normal()))
            let targets = points.map { turned($0, yaw, pitch) * size + place }
            let found = Procrustes(points, onto: targets)
            #expect(abs(found.scale - size) < 1e-3 * size)
            for (point, target) in zip(points, targets) {
                let off = found.applied(to: point) - target
                #expect((off * off).sum().squareRoot() < 2e-3)
            }
        }
    }

    @Test("a mirrored body is never laid on by a reflection")
    func noReflection() {
        var stream = SplitMix64(seed: 6)
        let points = cloud(12, &stream)
        let mirrored = points.map { $0 * SIMD3(-1, 1, 1) }
        let found = Procrustes(points, onto: mirrored)
        let off = zip(points, mirrored).reduce(Float(0)) {
            let e = found.applied(to: $1.0) - $1.1
            return $0 + (e * e).sum()
        }
        #expect(off > 0.5)
    }

    @Test("no other turn, size or place comes nearer")
    func isBest() {
        var stream = SplitMix64(seed: 7)
        func distance(_ a: [SIMD3<Float>], _ b: [SIMD3<Float>]) -> Float {
            zip(a, b).reduce(0) { sum, pair in
                let e = pair.0 - pair.1
                return sum + (e * e).sum()
            }
        }
        for _ in 0..<50 {
            let (points, targets) = (cloud(8, &stream), cloud(8, &stream))
            let best = points.map(Procrustes(points, onto: targets).applied)
            let least = distance(best, targets)
            for _ in 0..<20 {
                let (yaw, pitch) = (0.05 * stream.normal(), 0.05 * stream.normal())
                let size = 1 + 0.05 * stream.normal()
                let other = best.map { turned($0, yaw, pitch) * size }
                #expect(distance(other, targets) > least - 1e-3)
            }
        }
    }
}

struct LiftingScoreTests {
    @Test("errors of size alone are no errors after the best size, and no similarity is one after alignment")
    func alignments() {
        var stream = SplitMix64(seed: 8)
        let truth = (0..<15).map { _ in SIMD3(stream.normal(), stream.normal(), stream.normal()) }
        var exact = LiftingScore()
        exact.add(truth, truth: truth, time: 0)
        #expect(exact.mpjpe < 1e-6 && exact.nMPJPE < 1e-6 && exact.paMPJPE < 1e-4)
        var larger = LiftingScore()
        larger.add(truth.map { $0 * 1.5 }, truth: truth, time: 0)
        #expect(larger.mpjpe > 0.1 && larger.nMPJPE < 1e-5 && larger.paMPJPE < 1e-3)
        var moved = LiftingScore()
        moved.add(truth.map { SIMD3(-$0.z, $0.y, $0.x) + 1 }, truth: truth, time: 0)
        #expect(moved.nMPJPE > 0.1 && moved.paMPJPE < 1e-3)
    }

    @Test("an error that stays is no error of motion; one that comes and goes is")
    func motion() {
        let truth = [SIMD3<Float>](repeating: SIMD3(0.1, 0.2, 0.3), count: 4) + [.zero, SIMD3(1, 0, 0)]
        var steady = LiftingScore()
        for frame in 0..<10 { steady.add(truth.map { $0 + 0.1 }, truth: truth, time: Double(frame) / 10) }
        #expect(steady.mpjpe > 0.1 && steady.mpjve < 1e-5)
        var shaking = LiftingScore()
        for frame in 0..<10 {
            shaking.add(
                truth.map { $0 + SIMD3(frame % 2 == 0 ? 0.1 : 0, 0, 0) }, truth: truth, time: Double(frame) / 10)
        }
        #expect(abs(shaking.mpjve - 1) < 1e-4, "a tenth of a metre each tenth of a second")
        shaking.breakOff()
        shaking.add(truth, truth: truth, time: 0)
        #expect(abs(shaking.mpjve - 1) < 1e-4, "from one person to the next nobody moves")
    }
}
