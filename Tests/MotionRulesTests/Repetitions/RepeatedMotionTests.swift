import MotionRules
import Puppet
import Skeleton
import TestSupport
import Testing

/// Motion that repeats itself, counted without any rule.
struct RepeatedMotionTests {
    static let repeated: [PuppetKind] = [.squat, .pushUp, .jumpingJack, .sitUp, .bend]

    private func count(_ frames: [SkeletonFrame]) -> [Repetition] {
        var counter = SetCounter(exercises: [], settings: .workout)
        let findings = frames.flatMap { counter.update($0) } + counter.finish()
        return findings.compactMap { if case .repetition(let found) = $0 { found } else { nil } }
    }

    @Test("what nobody has a name for is counted within one, from several sides", arguments: repeated)
    func unnamed(kind: PuppetKind) {
        for azimuth: Float in [0, 0.8, 1.57] {
            let found = count(Performance.frames(kind, repetitions: 6, azimuth: azimuth, seed: 3))
            #expect((5...7).contains(found.count), "\(azimuth): \(found.count)")
            #expect(found.allSatisfy { $0.exercise == CountingSettings.unnamed && $0.basis == .motion })
            #expect(found.map(\.index) == Array(1...max(1, found.count)))
        }
    }

    @Test("counts do not depend on the frame rate by more than one", arguments: repeated)
    func frameRates(kind: PuppetKind) {
        let counts = [10.0, 15, 30, 60].map { count(Performance.frames(kind, repetitions: 6, rate: $0, seed: 5)).count }
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(counts)")
        #expect(counts.allSatisfy { $0 >= 5 }, "\(counts)")
    }

    @Test("a fifth of the frames may be lost", arguments: repeated)
    func droppedFrames(kind: PuppetKind) {
        var random = SeededGenerator(seed: 9)
        let kept = Performance.frames(kind, repetitions: 6, seed: 9).filter { _ in
            Int.random(in: 0..<5, using: &random) > 0
        }
        #expect((5...7).contains(count(kept).count))
    }

    @Test("a mirrored performance counts the same", arguments: repeated)
    func mirror(kind: PuppetKind) {
        let here = count(Performance.frames(kind, repetitions: 5, seed: 7))
        let there = count(Performance.frames(kind, repetitions: 5, mirrored: true, seed: 7))
        #expect(here.count == there.count)
    }

    @Test("repetitions follow one another, each with its turning point between start and end")
    func order() {
        let found = count(Performance.frames(.squat, repetitions: 6, seed: 2))
        for repetition in found {
            #expect(repetition.start < repetition.turningPoint && repetition.turningPoint < repetition.end)
            #expect(repetition.presentationTime >= repetition.end)
            #expect((20...180).contains(repetition.rangeOfMotion ?? 0))
        }
        for (a, b) in zip(found, found.dropFirst()) { #expect(a.end < b.end) }
    }

    @Test("somebody who stands still repeats nothing", arguments: UInt64(1)...3)
    func standing(seed: UInt64) {
        #expect(count(Performance.frames(.stand, repetitions: 10, seed: seed)).isEmpty)
    }

    @Test("two people at once are counted as each alone")
    func twoPeople() {
        let one = Performance.frames(.squat, repetitions: 5, seed: 4)
        let other = Performance.frames(.jumpingJack, repetitions: 8, track: 2, seed: 6)
        let together = (0..<max(one.count, other.count)).map { index in
            var frame = index < one.count ? one[index] : other[index]
            frame.people = [one, other].compactMap { index < $0.count ? $0[index].people.first : nil }
            return frame
        }
        let found = count(together)
        #expect(found.filter { $0.track == TrackID(1) }.count == count(one).count)
        #expect(found.filter { $0.track == TrackID(2) }.count == count(other).count)
    }
}
