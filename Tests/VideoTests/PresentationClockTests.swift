import TestSupport
import Testing
import Video

struct PresentationClockTests {
    private func makeClock() -> PresentationClock {
        PresentationClock(timeBase: (1, 30_000), interval: .milliseconds(40))
    }

    private func times(_ stamps: [Int64?]) -> [Duration] {
        var clock = makeClock()
        return stamps.map { clock.time(of: $0) }
    }

    @Test("growing timestamps are kept exactly, wherever they start")
    func exact() {
        let stamps: [Int64] = [0, 1_001, 2_002, 3_000, 60_000]
        for start in [0, -90_000, 1 << 40, .min / 2] as [Int64] {
            let times = times(stamps.map { $0 + start })
            #expect(times[0] == .zero)
            #expect(times[4] == .seconds(2))
            #expect(times[3] == .milliseconds(100))
        }
    }

    @Test("a frame without a timestamp follows by the frame interval")
    func missing() {
        #expect(times([nil, nil, nil]) == [.zero, .milliseconds(40), .milliseconds(80)])
        #expect(times([0, nil, 3_000]) == [.zero, .milliseconds(40), .milliseconds(100)])
    }

    @Test("a small step back is a slip, a big step is a new beginning")
    func steps() {
        #expect(
            times([0, 3_000, 2_900, 6_000]) == [.zero, .milliseconds(100), .microseconds(100_001), .milliseconds(200)])
        #expect(
            times([900_000, 903_000, 0, 3_000])
                == [.zero, .milliseconds(100), .milliseconds(140), .milliseconds(240)])
        #expect(times([0, .max, 0]).count == 3)
    }

    @Test("whatever the timestamps, times strictly grow")
    func strictlyGrowing() {
        var random = SeededGenerator(seed: 5)
        for base in [(1, 30_000), (1, 1), (0, 0), (-3, 7), (.max, 1), (1, .max)] as [(Int64, Int64)] {
            var clock = PresentationClock(timeBase: base, interval: .zero)
            var last = clock.time(of: nil)
            for _ in 0..<2_000 {
                let near = Int64.random(in: -100_000...100_000, using: &random)
                let far = Int64.random(in: .min ... .max, using: &random)
                let stamp = [nil, near, near, near, far, .min, .max].randomElement(using: &random)!
                let time = clock.time(of: stamp)
                #expect(time > last)
                last = time
            }
        }
    }
}
