import Skeleton
import TestSupport
import Testing

@Suite("Running median")
struct RunningMedianTests {
    @Test("it is the median of the latest measurements")
    func median() {
        var generator = SeededGenerator(seed: 4)
        var median = RunningMedian(capacity: 9)
        var all: [Float] = []
        for _ in 0..<200 {
            let value = Float.random(in: -1...1, using: &generator)
            median.add(value)
            all.append(value)
            let latest = all.suffix(9).sorted()
            #expect(median.value == latest[latest.count / 2] && median.count == latest.count)
        }
    }

    @Test("strays and what is not a number do not disturb it")
    func robust() {
        var median = RunningMedian(capacity: 45)
        #expect(median.value == nil && median.spread == nil)
        for index in 0..<45 { median.add(index % 9 == 0 ? 100 : 1) }
        median.add(.nan)
        #expect(median.value == 1 && median.spread == 0 && median.count == 45)
    }
}
