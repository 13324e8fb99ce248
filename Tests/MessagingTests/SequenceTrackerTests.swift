import Events
import Messaging
import Skeleton
import TestSupport
import Testing

@Suite struct SequenceTrackerTests {
    private func event(_ sequence: UInt64, of stamper: inout EventStamper) -> Event {
        var event = stamper.stamp(EventDraft(camera: "gym", payload: .camera(CameraPayload(state: .online))))
        event.sequence = sequence
        return event
    }

    @Test("exactly the lost numbers are reported, whatever is lost")
    func randomLosses() {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<100 {
            var stamper = EventStamper(random: generator)
            var tracker = SequenceTracker()
            var lost: Set<UInt64> = []
            var reported: Set<UInt64> = []
            for sequence in UInt64(1)...60 {
                if sequence > 1, sequence < 60, Bool.random(using: &generator) {
                    lost.insert(sequence)
                } else {
                    for gap in tracker.note(event(sequence, of: &stamper)) {
                        for number in gap.first...gap.last { #expect(reported.insert(number).inserted) }
                    }
                }
            }
            #expect(reported == lost)
        }
    }

    @Test("a heartbeat shows a loss at the end once, and only in streams that are heard")
    func tail() {
        var stamper = EventStamper(random: SeededGenerator(seed: 1))
        var tracker = SequenceTracker()
        #expect(tracker.note(event(3, of: &stamper)).isEmpty)
        let positions: [HeartbeatPayload.Position] = [
            .init(stream: "gym/camera", sequence: 7), .init(stream: "hall/camera", sequence: 9),
        ]
        let beat = stamper.stamp(EventDraft(camera: "", payload: .heartbeat(HeartbeatPayload(positions: positions))))
        let gap = SequenceGap(run: stamper.run, stream: "gym/camera", first: 4, last: 7)
        #expect(tracker.note(beat) { $0.hasPrefix("gym/") } == [gap])
        #expect(tracker.note(beat) { $0.hasPrefix("gym/") }.isEmpty)
        #expect(tracker.note(event(8, of: &stamper)).isEmpty)
    }

    @Test("a new run starts anew")
    func newRun() {
        var tracker = SequenceTracker()
        for seed in UInt64(1)...2 {
            var stamper = EventStamper(random: SeededGenerator(seed: seed))
            #expect(tracker.note(event(seed == 1 ? 500 : 1, of: &stamper)).isEmpty)
        }
    }
}
