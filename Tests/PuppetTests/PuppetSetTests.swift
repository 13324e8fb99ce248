import Puppet
import Skeleton
import Testing

struct PuppetSetTests {
    private func height(_ skeleton: PuppetSkeleton) -> Float { skeleton.pelvis.y }

    @Test("a share of the range is kept to", arguments: [0.4, 0.55, 0.7] as [Float])
    func shares(share: Float) {
        let set = PuppetSet(.squat, count: 4, shares: [2: share], seed: 4, measure: height)
        func fall(_ index: Int) -> Float {
            let time = set.repetitions[index]
            return height(set.skeleton(at: time.start)) - height(set.skeleton(at: time.turnStart))
        }
        #expect(abs(fall(2) / fall(1) - share) < 0.08, "\(fall(2) / fall(1))")
    }

    @Test("the same seed gives the same set, and every exercise comes back to rest", arguments: PuppetExercise.allCases)
    func seeds(exercise: PuppetExercise) {
        let (a, b) = (
            PuppetSet(exercise, count: 3, seed: 9, measure: height),
            PuppetSet(exercise, count: 3, seed: 9, measure: height)
        )
        #expect(a.repetitions == b.repetitions && a.repetitions.count == 3)
        #expect(a.skeleton(at: 2) == b.skeleton(at: 2))
        for repetition in a.repetitions {
            #expect(repetition.start < repetition.turnStart && repetition.turnEnd < repetition.end)
            let (rest, turn) = (a.skeleton(at: repetition.start), a.skeleton(at: repetition.turnStart))
            #expect(rest != turn)
        }
    }
}
