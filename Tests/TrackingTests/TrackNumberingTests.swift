import Skeleton
import TestSupport
import Testing
import Tracking

@Suite("Numbering of tracks")
struct TrackNumberingTests {
    @Test("no id is given twice, and other programs' ids stay as they are the first time")
    func unique() {
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var numbering = TrackNumbering()
            var given: Set<TrackID> = []
            for _ in 0..<300 {
                let wanted = TrackID(
                    .random(in: -3...40, using: &generator) * (Bool.random(using: &generator) ? 1 : 1 << 47))
                let isForeign = Bool.random(using: &generator)
                let isFree = !given.contains(wanted)
                let id = isForeign ? numbering.take(wanted) : numbering.next()
                #expect(given.insert(id).inserted, "seed \(seed)")
                #expect(id == wanted || !isForeign || !isFree, "seed \(seed)")
                #expect(isForeign || id.value >= 1)
            }
        }
    }

    @Test("own ids count from 1 without holes, past those that were taken")
    func counting() {
        var numbering = TrackNumbering()
        #expect(
            [numbering.next(), numbering.take(TrackID(3)), numbering.next(), numbering.next()].map(\.value) == [
                1, 3, 2, 4,
            ])
        #expect(numbering.take(TrackID(.max)) == TrackID(.max))
        #expect(numbering.take(TrackID(.max)) == TrackID(5))
    }
}
