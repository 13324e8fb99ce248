import Randomness
import Testing

struct SplitMix64Tests {
    @Test("the first numbers are the published ones")
    func published() {
        var random = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("each index of a seed has a sequence of its own, the same every time")
    func sequences() {
        let firsts = (0..<1000).map { index in
            var random = SplitMix64(seed: 1, index: UInt64(index))
            return random.next()
        }
        #expect(Set(firsts).count == 1000)
        var again = SplitMix64(seed: 1, index: 7)
        #expect(again.next() == firsts[7])
    }

    @Test("numbers lie where they should, and normal ones have mean 0 and deviation 1")
    func distributions() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<1000 {
            #expect((0..<1).contains(random.unit()) && (-2...5).contains(random.uniform(-2...5)))
        }
        let normal = (0..<20_000).map { _ in random.normal() }
        let mean = normal.reduce(0, +) / 20_000
        let variance = normal.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        #expect(abs(mean) < 0.03 && abs(variance - 1) < 0.05)
        #expect((2600...3400).contains((0..<10_000).count { _ in random.chance(0.3) }))
    }
}
