import Events
import Foundation
import History
import Skeleton
import TestSupport
import Testing

@Suite("What is found in kept skeletons, beside what was told")
struct FiringTests {
    private let folder: TemporaryFolder
    private let reader: HistoryReader
    private let run: String

    init() throws {
        folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        for (track, start) in [(1, 10.0), (1, 12), (2, 10)] {
            store.append(maker.segment("wave", kind: .gesture, track: track, from: start, to: start + 1))
        }
        store.append(
            maker.single(
                .rep(RepetitionPayload(track: TrackID(1), exercise: "squat", index: 1, start: .seconds(20))), at: 22))
        var plank = SetPayload(
            track: TrackID(1), exercise: "plank", number: 1, count: 1, start: .seconds(30), end: .seconds(42))
        plank.held = .seconds(12)
        store.append(maker.single(.set(plank), at: 42))
        store.append(
            maker.single(
                .set(
                    SetPayload(
                        track: TrackID(1), exercise: "squat", number: 2, count: 1, start: .seconds(20),
                        end: .seconds(22))), at: 22))
        try store.flush()
        reader = try store.reader
        run = try reader.segments(.gesture)[0].run
    }

    private func firing(
        _ kind: EventKind, _ label: String, track: Int = 1, camera: String = "gym", from: Double, to: Double
    ) -> FiringRecord {
        FiringRecord(
            kind, run: run, camera: camera, track: track, label: label, start: EventMaker.time(from),
            end: EventMaker.time(to))
    }

    @Test("an event tells of one thing that was found, the nearest, and of nobody else's")
    func once() throws {
        let gestures = try reader.segments(.gesture).sorted { ($0.track, $0.start) < ($1.track, $1.start) }
            .map(\.eventID)
        let found = try reader.matching([
            firing(.gesture, "wave", from: 9.5, to: 10.4), firing(.gesture, "wave", from: 10.1, to: 10.9),
            firing(.gesture, "wave", from: 12.3, to: 12.6), firing(.gesture, "wave", from: 40, to: 41),
            firing(.gesture, "wave", track: 2, from: 10.2, to: 11),
            firing(.gesture, "wave", track: 2, camera: "hall", from: 10.2, to: 11),
            firing(.rep, "wave", from: 10, to: 11),
        ])
        #expect(found.map(\.eventID) == [nil, gestures[0], gestures[1], nil, gestures[2], nil, nil])
        #expect(try reader.matching([]).isEmpty)
    }

    @Test("repetitions, gestures and what is held are matched in one go, each with its own kind")
    func kinds() throws {
        let found = try reader.matching([
            firing(.rep, "squat", from: 20, to: 22), firing(.set, "plank", from: 30.5, to: 41.5),
            firing(.gesture, "wave", from: 12, to: 13),
        ])
        #expect(found[0].eventID == (try reader.repetitions()[0].eventID))
        let set = try #require(try reader.segments(.set, HistoryFilter(label: "plank")).first)
        #expect(found[1].eventID == set.eventID && found[2].eventID != nil)
    }

    @Test("how long something was held is kept, shown and counted")
    func held() throws {
        let sets = try reader.segments(.set)
        #expect(sets.map(\.held) == [.seconds(12), nil] && sets.map(\.label) == ["plank", "squat"])
        #expect(ResultTable(sets).text().contains("12.0 s"))
        #expect(ResultTable(sets).jsonLines().contains("\"held_us\":12000000"))
        #expect(ResultTable(.segment(sets[0]), skeletons: 0).card().contains("held"))
        let use = try #require(try reader.uses(.set)["plank"])
        #expect(use.count == 1 && use.last == EventMaker.time(30))
        #expect(try reader.timeline().contains { $0.label == "plank" && $0.detail == "held" })
        #expect(try sql("SELECT held_s FROM sets WHERE label = 'plank'", in: reader.path) == [["12.0"]])
        for time in ["'xyz'", "-9223372036854775808", "9223372036854775807"] {
            _ = try sql("UPDATE segment SET held_us = \(time) WHERE held_us IS NOT NULL", in: reader.path)
            let plank = try #require(try reader.segments(.set).first { $0.label == "plank" })
            #expect(plank.held == nil && plank.isHeld)
            #expect(ResultTable([plank]).jsonLines().contains("\"held_us\":null"))
            #expect(ResultTable(.segment(plank), skeletons: 0).card().contains("unknown"))
            #expect(try reader.timeline().contains { $0.label == "plank" && $0.detail == "held" })
        }
        // A history that no writer of this version has opened.
        _ = try sql("DROP VIEW sets; ALTER TABLE segment DROP COLUMN held_us", in: reader.path)
        #expect(try HistoryReader(path: reader.path).segments(.set).map(\.held) == [nil, nil])
    }
}
