import Puppet
import Recognition
import Skeleton
import Testing
import Training

struct PuppetMotionsTests {
    @Test("puppets give clips of every everyday class, the same for the same seed")
    func everyClass() {
        let motions = PuppetMotions.make(clips: 1, seconds: 2, seed: 4)
        #expect(Set(motions.map(\.label)) == Set(PuppetKind.allCases.map(\.rawValue)))
        #expect(motions.allSatisfy { $0.samples.count > 3 && $0.isSeenByCamera })
        let again = PuppetMotions.make(clips: 1, seconds: 2, seed: 4)
        for (a, b) in zip(motions, again) {
            #expect(a.name == b.name && a.samples.count == b.samples.count)
            #expect(zip(a.samples, b.samples).allSatisfy { $0.points[6] == $1.points[6] && $0.seen == $1.seen })
        }
    }

    @Test("what is done once is shown alone, what goes on goes on to the end")
    func singleStrokes() {
        func seconds(_ kind: PuppetKind) -> [Double] {
            PuppetMotions.make(clips: 20, seconds: 6, labels: [kind.rawValue], seed: 2).map {
                $0.samples[$0.samples.count - 1].time - $0.samples[0].time
            }
        }
        #expect(seconds(.fall).allSatisfy { $0 < 3.6 })
        #expect(seconds(.stand).allSatisfy { $0 > 5 })
        #expect(seconds(.kick).contains { $0 < 2 } && seconds(.kick).contains { $0 > 5 })
    }
}
