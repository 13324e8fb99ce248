import Gait
import Puppet
import Skeleton
import Testing

@Suite("Gait")
struct GaitAnalyserTests {
    /// A puppet's points around its hips, seen from its side.
    private static func points(_ performance: PuppetPerformance, at time: Double) -> [SIMD3<Float>?] {
        let joints = performance.skeleton(at: time).joints
        let hips = (joints[23] + joints[24]) / 2
        return joints.map { joint in
            let p = joint - hips
            return SIMD3<Float>(p.z, -p.y, p.x)
        }
    }

    private static func bout(_ kind: PuppetKind, seed: UInt64, seconds: Double = 12) -> GaitBout? {
        let performance = PuppetPerformance(kind, length: .seconds(seconds), seed: seed)
        var analyser = GaitAnalyser(topology: .blazePose33)!
        for frame in 0..<Int(seconds * 30) {
            let time = Double(frame) / 30
            if let bout = analyser.next(points(performance, at: time), at: time) { return bout }
        }
        return analyser.finish()
    }

    @Test("cadence and stride length of walking puppets are theirs")
    func walking() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let performance = PuppetPerformance(.walk, length: .seconds(12), seed: seed)
            let bout = try #require(Self.bout(.walk, seed: seed))
            let strides = performance.repetitions.filter { $0.start >= bout.start - 0.5 && $0.end <= bout.end + 0.5 }
            let cadence = 120 / ((strides.last!.end - strides[0].start) / Double(strides.count))
            let way = performance.travel(at: bout.end) - performance.travel(at: bout.start)
            let stride = Double(way) / (Double(bout.steps - 1) / 2)
            print(
                "seed \(seed): cadence \(bout.cadence) of \(cadence), stride \(bout.strideLength!) of \(stride), stance",
                bout.stanceShare ?? -1, "symmetry", bout.timeSymmetry)
            #expect(abs(bout.cadence / cadence - 1) < 0.02)
            #expect(abs(bout.strideLength! / stride - 1) < 0.06)
        }
    }

    @Test("who does not walk has no gait", arguments: [PuppetKind.stand, .squat, .wave, .jumpingJack, .sit])
    func others(_ kind: PuppetKind) { #expect(Self.bout(kind, seed: 4) == nil) }
}
