import TestSupport
import Testing
import Training

struct StreamScoreTests {
    private typealias Truth = StreamScore.Truth
    private typealias Found = StreamScore.Found

    /// Segments of random labels and lengths, one after another.
    private static func truth(seed: UInt64) -> [Truth] {
        var generator = SeededGenerator(seed: seed)
        var time = 0.0
        return (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            time += Double.random(in: 0.2...3, using: &generator)
            let start = time
            time += Double.random(in: 0.5...4, using: &generator)
            return Truth(label: ["a", "b", "c"].randomElement(using: &generator) ?? "a", start: start, end: time)
        }
    }

    private static func score(_ found: [Found], _ truth: [Truth], seconds: Double = 3600) -> StreamScore {
        var score = StreamScore()
        score.add(found, truth: truth, seconds: seconds)
        return score
    }

    private static func copies(of truth: [Truth], delay: Double = 0, shift: Double = 0) -> [Found] {
        truth.map {
            Found(label: $0.label, start: $0.start + shift, end: $0.end + shift, reported: $0.start + shift + delay)
        }
    }

    @Test("what is found exactly scores one everywhere, without false alarms", arguments: 1...20 as ClosedRange<UInt64>)
    func perfect(seed: UInt64) throws {
        let truth = Self.truth(seed: seed)
        let score = Self.score(Self.copies(of: truth, delay: 0.5).shuffled(), truth)
        #expect(score.f1 == [1, 1, 1])
        #expect(score.falseAlarms == 0 && score.falseAlarmsPerHour == 0)
        #expect(abs(try #require(score.onsetDelay) - 0.5) < 1e-9)
    }

    @Test("a shift by half the length overlaps by a third: enough for 0.10 and 0.25, too little for 0.50")
    func shifted() {
        let truth = (0..<6).map { Truth(label: "a", start: Double($0) * 10, end: Double($0) * 10 + 2) }
        for shift in [-1.0, 1] {
            let score = Self.score(Self.copies(of: truth, shift: shift), truth)
            #expect(score.f1 == [1, 1, 0])
            #expect(score.onsetDelay == shift)
        }
        let away = Self.score(Self.copies(of: truth, shift: 4), truth)
        #expect(away.f1 == [0, 0, 0] && away.falseAlarms == 6 && away.onsetDelay == nil)
    }

    @Test("nothing found where nothing was is right; nothing found where something was is not")
    func empty() {
        let truth = Self.truth(seed: 4)
        #expect(StreamScore().f1 == [1, 1, 1] && StreamScore().falseAlarmsPerHour == 0)
        #expect(Self.score([], truth).f1 == [0, 0, 0])
        #expect(Self.score(Self.copies(of: truth), []).f1 == [0, 0, 0])
        #expect(Self.score(Self.copies(of: truth), [], seconds: 1800).falseAlarmsPerHour == Double(truth.count * 2))
    }

    @Test("a wrong label is no hit, and no false alarm either while something was done")
    func wrongLabel() {
        let truth = [Truth(label: "a", start: 1, end: 3)]
        let score = Self.score([Found(label: "b", start: 1, end: 3, reported: 2)], truth)
        #expect(score.f1 == [0, 0, 0] && score.falseAlarms == 0)
    }

    @Test("a segment found in two pieces is found once", arguments: 1...20 as ClosedRange<UInt64>)
    func torn(seed: UInt64) {
        let truth = Self.truth(seed: seed)
        let pieces = truth.flatMap { segment -> [Found] in
            let middle = (segment.start + segment.end) / 2 + 0.01
            return [
                Found(label: segment.label, start: segment.start, end: middle, reported: segment.start),
                Found(label: segment.label, start: middle, end: segment.end, reported: middle),
            ]
        }
        let score = Self.score(pieces, truth)
        #expect(score.hits == [truth.count, truth.count, truth.count])
        #expect(score.f1.allSatisfy { abs($0 - 2.0 / 3) < 1e-12 })
    }

    @Test(
        "a wider overlap is never found more often, and F1 stays between 0 and 1",
        arguments: 1...30 as ClosedRange<UInt64>)
    func bounds(seed: UInt64) {
        let truth = Self.truth(seed: seed)
        let other = Self.truth(seed: seed &+ 77)
        let f1 = Self.score(Self.copies(of: other), truth).f1
        #expect(f1.allSatisfy { 0...1 ~= $0 })
        #expect(f1[0] >= f1[1] && f1[1] >= f1[2])
    }

    @Test("streams add up")
    func sums() {
        let (one, two) = (Self.truth(seed: 1), Self.truth(seed: 2))
        var score = Self.score(Self.copies(of: one), one, seconds: 60)
        score.add([], truth: two, seconds: 120)
        #expect(score.trueSegments == one.count + two.count && score.seconds == 180)
        #expect(score.f1[0] == 2 * Double(one.count) / Double(2 * one.count + two.count))
    }

    @Test("the calibration error is that counted by hand")
    func calibration() throws {
        var error = CalibrationError(bins: 15)
        #expect(error.value == nil)
        for isCorrect in [true, true, true, false] { error.add(confidence: 0.75, isCorrect: isCorrect) }
        #expect(try #require(error.value) < 1e-6)
        for _ in 0..<4 { error.add(confidence: 1, isCorrect: false) }
        #expect(abs(try #require(error.value) - 0.5) < 1e-6)
    }
}
