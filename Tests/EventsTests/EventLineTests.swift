import Events
import Foundation
import Skeleton
import TestSupport
import Testing

@Suite struct EventLineTests {
    @Test("an event of every kind comes back as it was", arguments: EventFixtures.events())
    func roundTrip(event: Event) throws {
        let line = EventLine.encode(event)
        #expect(try EventLine.decode(line) == event)
        #expect(EventLine.encode(try EventLine.decode(line)) == line)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line)) }
    }

    @Test("keys come in the agreed order")
    func order() throws {
        var stamper = EventFixtures.stamper()
        stamper.setTimeBase(.file(start: EventFixtures.beginning), of: "gym")
        let event = stamper.stamp(
            EventDraft(
                SegmentChange(
                    phase: .end, track: TrackID(1), label: "squat", confidence: 0.93, segment: 1, frame: 410,
                    presentationTime: .microseconds(13_666_000), start: .seconds(12), reason: .completed),
                kind: .action, camera: "gym", model: "everyday-1"))
        let line = String(decoding: EventLine.encode(event), as: UTF8.self)
        #expect(
            line
                == "{\"v\":1,\"type\":\"laban.action\",\"id\":\"\(event.id)\",\"phase\":\"end\",\"run\":\"\(event.run)\","
                + "\"stream\":\"gym/action\",\"seq\":1,\"camera\":\"gym\",\"track\":1,\"label\":\"squat\","
                + "\"confidence\":0.93,\"frame\":410,\"pts_us\":13666000,\"start_pts_us\":12000000,"
                + "\"t_cap_us\":1790000013789456,\"t_pub_us\":1790000000123456,\"clock\":\"file\",\"mono_ns\":0,"
                + "\"reason\":\"completed\",\"model\":\"everyday-1\"}")
    }

    @Test("two runs agree byte for byte but for ids and the wall clock")
    func repeatable() {
        func lines(seed: UInt64, time: Int64) -> [[UInt8]] {
            let clock = EventClock(
                now: { UnixTime(microseconds: time) }, monotonicNanoseconds: { UInt64(time) })
            var stamper = EventStamper(clock: clock, random: SeededGenerator(seed: seed))
            return EventFixtures.payloads.map { payload in
                EventLine.encode(
                    stamper.stamp(EventDraft(camera: "gym", frame: 1, payload: payload)), as: .repeatable)
            }
        }
        #expect(lines(seed: 1, time: 5) == lines(seed: 2, time: 1_800_000_000_000_000))
    }

    @Test(
        "what is missing or unknown is named",
        arguments: [
            ("\"v\":1", "\"v\":2", "expected key \"v\" to be 1, found 2"),
            ("laban.action", "laban.dance", "expected a known \"type\", found \"laban.dance\""),
            ("\"track\":1,", "", "expected key \"track\", found none"),
            ("\"phase\":\"begin\"", "\"phase\":\"start\"", "expected a known \"phase\", found \"start\""),
            ("\"seq\":1", "\"seq\":-1", "expected a whole number from 0, found '-1"),
            ("\"label\":\"squat\"", "\"label\":7", "expected a string, found '7"),
        ])
    func faults(text: String, replacement: String, message: String) {
        let line = String(decoding: EventLine.encode(EventFixtures.events()[0]), as: UTF8.self)
        let wrong = line.replacing(text, with: replacement)
        #expect(wrong != line)
        let error = #expect(throws: EventsError.self) { try EventLine.decode([UInt8](wrong.utf8)) }
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test("the event of the reference page is read as it says")
    func reference() throws {
        let line = #"""
            {"v":1,"type":"laban.action","id":"01M5W6DT7S3H8F0Q2RJ4ZK6E9B","phase":"end",\#
            "run":"01M5W6DS0AB5V2C7XG1N3T8YQD","stream":"gym/action","seq":17,"camera":"gym","track":1,\#
            "label":"squat","confidence":0.93,"frame":410,"pts_us":13666000,"start_pts_us":12000000,\#
            "t_cap_us":1790000013666000,"t_pub_us":1790000013700000,"clock":"arrival","mono_ns":13700000000,\#
            "reason":"completed","model":"everyday-1"}
            """#
        let event = try EventLine.decode([UInt8](line.utf8))
        #expect(
            event.payload
                == .action(Segment(track: TrackID(1), label: "squat", confidence: 0.93, start: .seconds(12))))
        #expect(event.sequence == 17 && event.reason == .completed && event.clock == .arrival)
        #expect(String(decoding: EventLine.encode(event), as: UTF8.self) == line)
    }

    @Test("the reference page describes every kind and every key that is written, and no other")
    func documented() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Events/Events.docc/EventReference.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
        let kinds = lines.filter { $0.hasPrefix("### ") }.flatMap { $0.dropFirst(4).split(separator: ", ") }
        #expect(kinds.map(String.init).sorted() == EventKind.allCases.map(\.type).sorted())
        // The first cell of a row names keys, but for rows of states, reasons and topics.
        let cells = lines.filter { $0.hasPrefix("| `") }.map { $0.split(separator: "|")[0] }
        let described = Set(cells.flatMap { $0.matches(of: /`([a-z_]+)`/).map { String($0.output.1) } })
            .subtracting(CameraPayload.State.allCases.map(\.rawValue))
        let written = try EventFixtures.events().map { event in
            try #require(try JSONSerialization.jsonObject(with: Data(EventLine.encode(event))) as? [String: Any]).keys
        }
        #expect(described == Set(written.joined()))
    }

    @Test("fields of later versions are ignored")
    func unknownFields() throws {
        let event = EventFixtures.events()[0]
        let line = String(decoding: EventLine.encode(event), as: UTF8.self)
        let later = line.replacing("{\"v\":1", with: "{\"new\":{\"a\":[1,null]},\"zones\":[],\"v\":1")
        #expect(try EventLine.decode([UInt8](later.utf8)) == event)
    }

    @Test("2,000 mutated lines end in an event or an error")
    func mutated() {
        var generator = SeededGenerator(seed: 11)
        let lines = EventFixtures.events().map { EventLine.encode($0) }
        var refused = 0
        for round in 0..<2_000 {
            do {
                let event = try EventLine.decode(lines[round % lines.count].mutated(using: &generator))
                _ = EventLine.encode(event)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }
}
