import TestSupport
import Testing
import Video

struct LiveClockTests {
    @Test("jitter of the network is taken out: times keep the camera's distances")
    func jitter() {
        var random = SeededGenerator(seed: 5)
        var clock = LiveClock()
        var times: [Double] = []
        for index in 0..<2_000 {
            let taken = Double(index) / 25
            let delay = 0.02 + (index % 7 == 0 ? 0 : Double.random(in: 0...0.08, using: &random))
            times.append(
                clock.time(of: 1_000 + taken, arrival: .microseconds(Int64((taken + delay) * 1e6))) / .seconds(1))
        }
        let distances = zip(times.dropFirst(50), times.dropFirst(51)).map { $1 - $0 }
        #expect(distances.allSatisfy { abs($0 - 0.04) < 0.005 }, "\(distances.min()!) \(distances.max()!)")
    }

    @Test("no picture is taken after it arrives, and times strictly grow, whatever the timestamps", arguments: 0..<50)
    func hostile(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var clock = LiveClock()
        var arrival = Duration.zero
        var last: Duration?
        for _ in 0..<300 {
            arrival += .milliseconds(Int.random(in: 1...200, using: &random))
            let stamp: Double? =
                switch Int.random(in: 0..<6, using: &random) {
                case 0: nil
                case 1: Double.random(in: -1e15...1e15, using: &random)
                case 2: [.nan, .infinity, -.infinity, .greatestFiniteMagnitude].randomElement(using: &random)
                default: arrival / .seconds(1) + Double.random(in: -1...1, using: &random)
                }
            if Int.random(in: 0..<20, using: &random) == 0 { clock.restart() }
            let time = clock.time(of: stamp, arrival: arrival)
            #expect(time <= arrival + .milliseconds(1))
            if let last { #expect(time > last) }
            last = time
        }
    }

    @Test("a camera whose clock runs slow or fast by 200 parts in a million stays within 50 ms over a day")
    func drift() {
        for rate in [0.9998, 1.0002] {
            var clock = LiveClock()
            var worst = 0.0
            for second in 0..<86_400 {
                let time = clock.time(of: Double(second) * rate, arrival: .seconds(second)) / .seconds(1)
                worst = max(worst, abs(time - Double(second)))
            }
            #expect(worst < 0.05, "\(rate): \(worst)")
        }
    }

    @Test("a burst of old pictures at the start does not put later ones into the past")
    func burst() {
        var clock = LiveClock()
        for index in 0..<50 { _ = clock.time(of: Double(index) / 25, arrival: .milliseconds(index)) }
        let time = clock.time(of: 2, arrival: .milliseconds(90))
        #expect(time >= .milliseconds(80) && time <= .milliseconds(90))
    }

    @Test("timestamps that begin anew, in the same connection or a new one, go on from their arrival")
    func restart() {
        var clock = LiveClock()
        _ = clock.time(of: 100, arrival: .seconds(1))
        #expect(clock.time(of: 3, arrival: .seconds(2)) == .seconds(2))
        clock.restart()
        #expect(clock.time(of: 900, arrival: .seconds(9)) == .seconds(9))
        #expect(clock.time(of: 900.5, arrival: .milliseconds(9_600)) > .milliseconds(9_490))
    }
}
