import Puppet
import Recognition
import Testing
import Training

struct PuppetMotionsTests {
    @Test("puppets give clips of every everyday class, the same for the same seed")
    func everyClass() {
        let motions = PuppetMotions.make(clips: 1, seconds: 2, seed: 4)
        #expect(Set(motions.map(\.label)) == Set(PuppetKind.allCases.map(\.rawValue)))
        #expect(motions.allSatisfy { $0.samples.count > 9 && $0.isSeenByCamera })
        let again = PuppetMotions.make(clips: 1, seconds: 2, seed: 4)
        for (a, b) in zip(motions, again) {
            #expect(a.name == b.name && a.samples.count == b.samples.count)
            #expect(zip(a.samples, b.samples).allSatisfy { $0.points[6] == $1.points[6] && $0.seen == $1.seen })
        }
    }
}
