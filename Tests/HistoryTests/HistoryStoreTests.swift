import Events
import Files
import Foundation
import GRDBSQLite
import History
import Skeleton
import TestSupport
import Testing

@Suite struct HistoryStoreTests {
    @Test("begin, updates and end of an action are one row with its times, greatest confidence and reason")
    func segments() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        let events = maker.segment("squat", from: 1, to: 3.5)
        for event in events { store.append(event) }
        try store.flush()
        let rows = try store.reader.segments(.action)
        #expect(
            ResultTable(rows).jsonLines()
                == "{\"start_us\":1795255201000000,\"end_us\":1795255203500000,\"duration_us\":2500000,"
                + "\"camera\":\"gym\",\"track\":1,\"label\":\"squat\",\"confidence\":0.75,\"open\":false,"
                + "\"reason\":\"completed\",\"start_pts_us\":1000000,\"end_pts_us\":3500000,"
                + "\"model\":\"everyday-1\",\"id\":\"\(events[0].id)\",\"run\":\"\(events[0].run)\"}\n")
        #expect(try store.reader.segments(.gesture).isEmpty)
    }

    @Test("a label that an update corrects is the row's label")
    func correctedLabel() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var (first, second) = (EventMaker(), EventMaker())
        let events = [first.segment("bow", from: 1, to: 3)[0]] + second.segment("squat", from: 1, to: 3).dropFirst()
        #expect(Set(events.map(\.id)).count == 1)
        for event in events { store.append(event) }
        try store.flush()
        #expect(try store.reader.segments(.action).map(\.label) == ["squat"])
    }

    @Test("an action that has not ended is open, and lasts as long as it was last heard of")
    func openSegments() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        for event in maker.segment("walk", from: 0, to: 4).prefix(2) { store.append(event) }
        try store.flush()
        let row = try #require(try store.reader.segments(.action).first)
        #expect(row.isOpen && row.reason == nil && row.duration == .seconds(2))
    }

    @Test("repetitions, cameras and interactions come back as they went in")
    func otherKinds() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        let repetition = RepetitionPayload(
            track: TrackID(3), exercise: "squat", index: 2, confidence: 0.5, start: .seconds(4),
            turningPoint: .seconds(5), rangeOfMotion: 92.5, down: .seconds(1), up: .milliseconds(1500))
        let camera = CameraPayload(state: .failed, message: "cable out", frames: 10, droppedFrames: 2)
        store.append(maker.single(.rep(repetition), at: 6.5))
        store.append(maker.single(.camera(camera), at: 7))
        store.append(
            maker.single(
                .interaction(
                    Segment(
                        track: TrackID(1), other: TrackID(2), label: "handshake", confidence: 0.5, start: .seconds(8))),
                at: 9))
        store.append(maker.single(.heartbeat(HeartbeatPayload(positions: [])), camera: "", at: 9))
        try store.flush()
        let row = try #require(try store.reader.repetitions().first)
        #expect(row.exercise == "squat" && row.index == 2 && row.track == 3 && row.rangeOfMotion == 92.5)
        #expect(row.start == EventMaker.time(4) && row.end == EventMaker.time(6.5))
        #expect(row.turningPoint == .seconds(5) && row.down == .seconds(1) && row.up == .milliseconds(1500))
        let state = try #require(try store.reader.cameras().first)
        #expect(state.state == "failed" && state.message == "cable out" && state.droppedFrames == 2)
        #expect(try store.reader.segments(.interaction).first?.otherTrack == 2)
        for (track, rows) in [(1, 1), (2, 1), (3, 0)] {
            #expect(try store.reader.segments(.interaction, HistoryFilter(track: track)).count == rows)
            #expect(try store.reader.statistics([.interaction], HistoryFilter(track: track)).count == rows)
        }
        #expect(try store.reader.repetitions(HistoryFilter(track: 3)).count == 1)
    }

    @Test("repetitions have the name of their set, whatever they were told as, and those of other sets keep theirs")
    func setNames() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        func told(_ exercise: String, _ set: Int, track: Int = 1, at second: Int) -> Event {
            var repetition = RepetitionPayload(
                track: TrackID(track), exercise: exercise, index: 1, start: .seconds(second))
            repetition.set = set
            return maker.single(.rep(repetition), at: Double(second) + 1)
        }
        let events = [
            told("lunge", 1, at: 1), told("unnamed", 2, at: 20), told("squat", 2, at: 22),
            told("lunge", 2, track: 2, at: 22),
        ]
        for event in events { store.append(event) }
        let set = SetPayload(
            track: TrackID(1), exercise: "squat", number: 2, count: 2, start: .seconds(20), end: .seconds(23))
        store.append(maker.single(.set(set), at: 27))
        try store.flush()
        #expect(try store.reader.repetitions().map(\.exercise) == ["lunge", "squat", "squat", "lunge"])
    }

    /// An interaction of 1 and 2 in which the other joins in after the begin, or never.
    private func embrace(life: Int, joins: Bool, using maker: inout EventMaker) -> [Event] {
        [(Phase.begin, 8.0), (.update, 9), (.end, 10)].map { phase, second in
            maker.single(
                .interaction(
                    Segment(
                        track: TrackID(1), other: TrackID(2), label: "hug", isMutual: joins && phase == .update,
                        confidence: 0.5, start: .seconds(8))),
                at: second, phase: phase, life: life)
        }
    }

    @Test("of an interaction it is kept whether both did it, also when the other only joined in, and views name both")
    func mutualInteractions() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        let store = try HistoryStore(path: path)
        var maker = EventMaker()
        for (life, joins) in [(1, true), (2, false)] {
            for event in embrace(life: life, joins: joins, using: &maker) { store.append(event) }
        }
        for event in maker.segment("squat", from: 1, to: 2) { store.append(event) }
        try store.flush()
        #expect(try store.reader.segments(.interaction).map(\.isMutual) == [false, true])
        #expect(try store.reader.segments(.action).map(\.isMutual) == [nil])
        let lines = ResultTable(try store.reader.segments(.interaction)).jsonLines().split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.contains("\"other_track\":2") })
        #expect(lines[0].contains("\"mutual\":false") && lines[1].contains("\"mutual\":true"))
        let details = try store.reader.timeline(HistoryFilter(label: "hug")).compactMap(\.detail)
        #expect(details.sorted() == ["with 2", "with 2, both"])
        let rows = try sql("SELECT track, other_track, mutual FROM interactions ORDER BY rowid", in: path)
        #expect(rows == [["1", "2", "1"], ["1", "2", "0"]])
    }

    @Test("a history from before interactions told whether both did it is read as it is, and goes on when written to")
    func olderHistory() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        var maker = EventMaker()
        do {
            let store = try HistoryStore(path: path)
            for event in embrace(life: 1, joins: true, using: &maker) { store.append(event) }
        }
        _ = try sql(
            """
            DROP VIEW interactions; ALTER TABLE segment DROP COLUMN mutual;
            CREATE VIEW interactions AS SELECT id FROM segment;
            DELETE FROM grdb_migrations WHERE identifier LIKE '2 %'
            """, in: path)
        let reader = try HistoryReader(path: path)
        for _ in 0..<2 {
            let rows = try reader.segments(.interaction)
            #expect(rows.map(\.otherTrack) == [2] && rows.map(\.isMutual) == [nil])
            #expect(try reader.timeline().map(\.detail) == ["with 2"])
            // The second time a writer has brought the file up to date under the open reader.
            _ = try HistoryStore(path: path)
        }
        let store = try HistoryStore(path: path)
        for event in embrace(life: 2, joins: true, using: &maker) { store.append(event) }
        try store.flush()
        #expect(try store.reader.segments(.interaction).map(\.isMutual) == [true, nil])
        #expect(try HistoryReader(path: path).segments(.interaction).map(\.isMutual) == [true, nil])
    }

    @Test("a history with the sets and faults of an early version is read and goes on, and keeps its rows")
    func withdrawnColumns() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        var maker = EventMaker()
        do {
            let store = try HistoryStore(path: path)
            for event in maker.segment("squat", from: 1, to: 2) { store.append(event) }
        }
        _ = try sql(
            """
            INSERT INTO segment SELECT 99, event_id, 4, run, camera, label, track, confidence, start_us, end_us,
                start_pts_us, end_pts_us, open, reason, model, other_track, 8, NULL, NULL, NULL, NULL FROM segment LIMIT 1;
            INSERT INTO repetition(event_id, run, camera, label, track, "index", start_us, end_us, faults)
                SELECT event_id, run, camera, label, track, 1, start_us, end_us, 'shallow' FROM segment WHERE id = 99;
            DROP VIEW sets;
            CREATE VIEW sets AS SELECT id, count FROM segment WHERE kind = 4;
            DELETE FROM grdb_migrations WHERE identifier LIKE '3 %'
            """, in: path)
        #expect(try HistoryReader(path: path).timeline().count == 2)
        let store = try HistoryStore(path: path)
        for event in maker.segment("squat", from: 3, to: 4) { store.append(event) }
        try store.flush()
        #expect(try store.reader.segments(.action).count == 2)
        #expect(try store.reader.repetitions().count == 1)
        #expect(try sql("SELECT count FROM segment WHERE kind = 4", in: path) == [["8"]])
        #expect(try sql("SELECT faults FROM repetition", in: path) == [["shallow"]])
        #expect(try sql("SELECT name FROM sqlite_master WHERE name = 'sets'", in: path).isEmpty)
    }

    @Test("after a crash what was committed is there and what was open is closed with a reason")
    func crash() throws {
        let folder = try TemporaryFolder()
        var maker = EventMaker()
        let path = folder.file("h.db").path
        let copy = folder.file("copy.db").path
        do {
            let store = try HistoryStore(path: path)
            store.append(maker.camera(.online, at: 0))
            store.append(maker.camera(.online, camera: "hall", at: 3))
            store.append(
                maker.single(.camera(CameraPayload(state: .ended)), camera: "hall", at: 8))
            for event in maker.segment("walk", from: 0, to: 4).prefix(2) { store.append(event) }
            for event in maker.segment("run", from: 5, to: 6) { store.append(event) }
            try store.flush()
            // What a kill leaves on the disk: the files as they are at this moment, never closed.
            for ending in ["", "-wal", "-shm"] {
                try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
            }
        }
        // The second time nothing is left to close.
        for _ in 0..<2 {
            let reopened = try HistoryStore(path: copy)
            let rows = try reopened.reader.segments(.action)
            #expect(rows.map(\.label) == ["run", "walk"])
            #expect(rows.map(\.isOpen) == [false, false])
            #expect(rows.map(\.reason) == ["completed", "failed"])
            #expect(rows[1].end == EventMaker.time(2))
            // A camera whose end nobody wrote ends where anything was last heard of it.
            let cameras = try reopened.reader.cameras(HistoryFilter(camera: "gym"))
            #expect(cameras.map(\.state) == ["failed", "online"])
            #expect(cameras.first?.time == EventMaker.time(6))
            #expect(cameras.first?.reason == "failed" && cameras.first?.frames == 7)
            #expect(try reopened.reader.cameras(HistoryFilter(camera: "hall")).map(\.state) == ["ended", "online"])
        }
    }

    @Test("letting go of a store commits what was waiting")
    func drop() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        var maker = EventMaker()
        do {
            let store = try HistoryStore(path: path)
            for event in maker.segment("run", from: 5, to: 6) { store.append(event) }
        }
        #expect(try HistoryReader(path: path).segments(.action).count == 1)
    }

    @Test("opening twice changes nothing, and one store writes at a time")
    func reopen() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        var maker = EventMaker()
        do {
            let store = try HistoryStore(path: path)
            for event in maker.segment("run", from: 5, to: 6) { store.append(event) }
            let error = #expect(throws: HistoryError.self) { try HistoryStore(path: path) }
            #expect(error?.code == .inUse)
        }
        let before = try HistoryReader(path: path).segments(.action)
        for _ in 0..<2 { _ = try HistoryStore(path: path) }
        #expect(try HistoryReader(path: path).segments(.action) == before)
        #expect(before.count == 1)
    }

    @Test("readers see whole batches and are never locked out while events pour in")
    func concurrentReading() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        let store = try HistoryStore(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var maker = EventMaker()
                for index in 0..<3_000 {
                    for event in maker.segment("run", from: Double(index), to: Double(index) + 1) {
                        store.append(event)
                    }
                }
                try store.flush()
            }
            for _ in 0..<3 {
                group.addTask {
                    var last = 0
                    while last < 3_000 {
                        let count = try HistoryReader(path: path).segments(.action).count
                        #expect(count >= last)
                        last = count
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.reader.segments(.action).count == 3_000)
    }

    @Test("a file that is no history is refused by name and left as it is")
    func foreignFiles() throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 6)
        let garbage = (0..<9_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [garbage, Array("SQLite format 3\0".utf8) + garbage, Array("hello".utf8)] {
            let file = folder.file("f\(bytes.count).db")
            try Data(bytes).write(to: file)
            for open in [{ _ = try HistoryStore(path: $0) }, { _ = try HistoryReader(path: $0) }]
                as [(String) throws -> Void]
            {
                let error = #expect(throws: HistoryError.self) { try open(file.path) }
                #expect(error?.code == .notAHistory)
                #expect(error?.description.contains(file.path) == true)
            }
            #expect(try Data(contentsOf: file) == Data(bytes))
        }
        #expect(throws: HistoryError.self) { try HistoryStore(path: folder.url.path) }
        let missing = #expect(throws: HistoryError.self) { try HistoryReader(path: folder.file("none.db").path) }
        #expect(missing?.code == .notFound)
    }

    @Test("a history damaged in 200 ways is read or refused, and never crashes")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        do {
            let store = try HistoryStore(path: path)
            var maker = EventMaker()
            for index in 0..<300 {
                for event in maker.segment("run", from: Double(index), to: Double(index) + 1) {
                    store.append(event)
                }
            }
        }
        let whole = [UInt8](try Data(contentsOf: folder.file("h.db")))
        var generator = SeededGenerator(seed: 12)
        var refused = 0
        for round in 0..<200 {
            let file = folder.file("d\(round).db")
            var bytes = whole
            for _ in 0..<20 { bytes = bytes.count > 100 && round % 10 == 0 ? bytes.mutated(using: &generator) : bytes }
            for _ in 0..<40 where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            try Data(bytes).write(to: file)
            do {
                _ = try HistoryReader(path: file.path).timeline()
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test("an update writes one page, whatever indices there are")
    func updates() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        let store = try HistoryStore(path: path)
        var maker = EventMaker()
        let walk = maker.segment("walk", from: 0, to: 1)
        #expect(store.keep([walk[0]]))
        for _ in 0..<300 { #expect(store.keep([walk[1]])) }
        #expect(try size(of: path + "-wal") < 300 * 4120 * 3 / 2)
    }

    @Test("a log that a reader kept from being copied is given back when the reader has gone")
    func log() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        var settings = HistoryStore.Settings()
        settings.greatestLog = 1 << 18
        let store = try HistoryStore(path: path, settings: settings)
        var maker = EventMaker()
        #expect(store.keep(maker.segment("walk", from: 0, to: 1)))
        var reader: OpaquePointer?
        defer { sqlite3_close(reader) }
        try #require(sqlite3_open(path, &reader) == SQLITE_OK)
        try #require(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM segment", nil, nil, nil) == SQLITE_OK)
        for number in 1...700 { store.keepAtLast(maker.segment("walk", from: Double(number), to: Double(number) + 1)) }
        #expect(try size(of: path + "-wal") > 4 * settings.greatestLog)
        sqlite3_exec(reader, "COMMIT", nil, nil, nil)
        var number = 701
        while try size(of: path + "-wal") > settings.greatestLog, number < 3000 {
            store.keepAtLast(maker.segment("walk", from: Double(number), to: Double(number) + 1))
            number += 1
        }
        #expect(number < 3000)
        try store.flush()
        #expect(try store.reader.segments(.action).count == number)
    }

    private func size(of path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }
}

extension HistoryStore {
    /// Keeps events one by one, however long it takes.
    fileprivate func keepAtLast(_ events: [Event]) {
        for event in events where !keep([event]) { try? flush() }
    }
}
