import Events
import Skeleton
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
        let told = stamper.stamp(EventDraft(camera: "door", captureTime: start, payload: payload))
        #expect(told.captureTime == start)
        #expect(told.clock == .camera)
    }

    @Test("what is open when a camera fails is ended under its own id")
    func endAll() {
        var stamper = EventFixtures.stamper()
        let begun = [1, 2, 3].map { stamper.stamp(change(.begin, segment: $0)) }
        _ = stamper.stamp(change(.end, segment: 2))
        let ended = stamper.endAll(of: "gym", reason: .failed)
        #expect(ended.map(\.id) == [begun[0].id, begun[2].id])
        #expect(ended.allSatisfy { $0.phase == .end && $0.reason == .failed })
        #expect(ended.map(\.sequence) == [5, 6])
        #expect(stamper.endAll(of: "gym", reason: .failed).isEmpty)
    }
}

@Suite struct EventIDTests {
    @Test("ids grow, even within a millisecond and when the clock is set back")
    func monotonic() {
        var generator = EventIDGenerator(random: SeededGenerator(seed: 2))
        var last: EventID?
        for index in 0..<1_000 {
            let id = generator.next(at: UnixTime(microseconds: Int64(index / 10) * (index % 7 == 0 ? -5000 : 5000)))
            if let last { #expect(last < id && last.description < id.description) }
            last = id
        }
    }

    @Test("an id is 26 characters, keeps its time and reads back")
    func text() throws {
        var generator = EventIDGenerator(random: SeededGenerator(seed: 2))
        for time in [0, 1_790_000_000_123_000, 281_474_976_710_655_000] {
            let id = generator.next(at: UnixTime(microseconds: Int64(time)))
            #expect(id.description.count == 26)
            #expect(EventID(id.description) == id)
            #expect(EventID(id.description.lowercased()) == id)
            #expect(id.time == UnixTime(microseconds: Int64(time)))
        }
    }

    @Test(
        "what is no id is refused",
        arguments: ["", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "0123456789ABCDEFGHJKMNPQR", "0123456789ABCDEFGHIKMNPQRS", "é"])
    func refused(text: String) {
        #expect(EventID(text) == nil)
    }
}

@Suite struct EventTopicTests {
    @Test(
        "topics read back, whatever the camera is called", arguments: ["gym", "", "a/b", "100%", "Küche 2", "~", "_"])
    func roundTrip(camera: String) {
        for kind in EventKind.allCases {
            let topic = EventTopic(site: "home", camera: camera, kind: kind)
            #expect(EventTopic(topic.description) == topic)
            #expect(topic.description.split(separator: "/").count == 5)
            #expect(topic.description.hasPrefix(EventTopic.prefix(site: "home", camera: camera, kind: kind)))
        }
    }

    @Test("cam1 is no prefix of cam10")
    func prefixes() {
        let topic = EventTopic(site: "home", camera: "cam10", kind: .action).description
        #expect(!topic.hasPrefix(EventTopic.prefix(site: "home", camera: "cam1")))
        #expect(topic.hasPrefix(EventTopic.prefix(site: "home")))
        #expect(topic == "laban/1/home/cam10/action/")
    }

    @Test(
        "other topics are refused", arguments: ["", "laban/2/a/b/action/", "laban/1/a/b/action", "laban/1/a/%GG/rep/"])
    func refused(text: String) {
        #expect(EventTopic(text) == nil)
    }
}
