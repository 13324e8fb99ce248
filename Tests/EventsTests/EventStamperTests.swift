import Events
import Skeleton
import Synchronization
import TestSupport
import Testing

@Suite struct EventStamperTests {
    private func change(_ phase: Phase, segment: Int) -> EventDraft {
        EventDraft(
            SegmentChange(
                phase: phase, track: TrackID(1), label: "walk", confidence: 1, segment: segment, frame: 3,
                presentationTime: .milliseconds(100), start: .zero, reason: phase == .end ? .completed : nil),
            kind: .action, camera: "gym")
    }

    @Test("a camera's frame was taken as long ago as its media time says, even when the wall clock is set")
    func liveCaptureTime() {
        let wall = Mutex(Int64(1_000_000_000))
        let monotonic = Mutex(UInt64(7_000_000_000))
        let clock = EventClock(
            now: { UnixTime(microseconds: wall.withLock { $0 }) }, monotonicNanoseconds: { monotonic.withLock { $0 } })
        var stamper = EventStamper(clock: clock)
        stamper.setTimeBase(.live(origin: 2_000_000_000), of: "door")
        let draft = EventDraft(
            camera: "door", presentationTime: .milliseconds(4900), payload: .camera(CameraPayload(state: .online)))
        let before = stamper.stamp(draft)
        #expect(before.clock == .arrival)
        #expect(before.publishTime.microseconds - before.captureTime.microseconds == 100_000)
        wall.withLock { $0 += 3_600_000_000 }
        let after = stamper.stamp(draft)
        #expect(after.publishTime.microseconds - after.captureTime.microseconds == 100_000)
        monotonic.withLock { $0 += 50_000_000 }
        #expect(stamper.stamp(draft).captureTime.microseconds == after.captureTime.microseconds - 50_000)
    }

    @Test(
        "a frame of a source with its own times was taken when it came, or when its line says, however late it is stamped"
    )
    func sourcesWithOwnTimes() {
        let monotonic = Mutex(UInt64(7_000_000_000))
        let clock = EventClock(
            now: { UnixTime(microseconds: Int64(monotonic.withLock { $0 / 1000 })) },
            monotonicNanoseconds: { monotonic.withLock { $0 } })
        var stamper = EventStamper(clock: clock)
        stamper.setTimeBase(.arrived(media: .seconds(90), at: 6_500_000_000), of: "door")
        func stamp(_ time: Duration) -> Event {
            stamper.stamp(
                EventDraft(camera: "door", presentationTime: time, payload: .camera(CameraPayload(state: .online))))
        }
        #expect(stamp(.seconds(90)).captureTime.microseconds == 6_500_000)
        monotonic.withLock { $0 += 3_000_000_000 }
        #expect(stamp(.seconds(90)).captureTime.microseconds == 6_500_000)
        #expect(stamp(.seconds(89)).captureTime.microseconds == 5_500_000)
        #expect(stamp(.seconds(89)).clock == .arrival)
        stamper.setTimeBase(.told(media: .seconds(90), at: UnixTime(microseconds: 5_000_000)), of: "door")
        #expect(stamp(.milliseconds(90_500)).captureTime.microseconds == 5_500_000)
        #expect(stamp(.seconds(90)).clock == .camera)
    }

    @Test("an id lasts from begin to end and is not used again")
    func lives() {
        var stamper = EventFixtures.stamper()
        let first = [Phase.begin, .update, .end].map { stamper.stamp(change($0, segment: 1)).id }
        let other = stamper.stamp(change(.begin, segment: 2)).id
        let again = stamper.stamp(change(.begin, segment: 1)).id
        #expect(Set(first).count == 1)
        #expect(Set(first + [other, again]).count == 3)
    }

    @Test("every camera and kind is numbered from 1 without holes")
    func numbering() {
        var stamper = EventFixtures.stamper()
        var numbers: [String: [UInt64]] = [:]
        for index in 0..<40 {
            let payload = EventFixtures.payloads[index % 4]
            let event = stamper.stamp(EventDraft(camera: index % 3 == 0 ? "a" : "b/c", payload: payload))
            numbers[event.stream, default: []].append(event.sequence)
        }
        #expect(numbers.keys.sorted().first == "a/action")
        #expect(numbers.keys.contains("b%2Fc/gesture"))
        for (stream, sequence) in numbers {
            #expect(sequence == Array(1...UInt64(sequence.count)), "\(stream)")
        }
    }

    @Test("capture time is the source's own, the file's, or now")
    func captureTimes() {
        var stamper = EventFixtures.stamper()
        let start = UnixTime(microseconds: 1_000_000)
        stamper.setTimeBase(.file(start: start), of: "film")
        let payload = EventFixtures.payloads[0]
        let film = stamper.stamp(
            EventDraft(camera: "film", presentationTime: .milliseconds(1500), payload: payload))
        #expect(film.captureTime == UnixTime(microseconds: 2_500_000))
        #expect(film.clock == .file)
        let live = stamper.stamp(EventDraft(camera: "door", presentationTime: .seconds(9), payload: payload))
        #expect(live.captureTime == EventFixtures.beginning)
        #expect(live.clock == .arrival)
        stamper.setTimeBase(.told(media: .seconds(2), at: start), of: "door")
        let told = stamper.stamp(EventDraft(camera: "door", presentationTime: .seconds(3), payload: payload))
        #expect(told.captureTime == start.adding(.seconds(1)))
        #expect(told.clock == .camera)
    }
}
