import Events
import Foundation
import History
import Skeleton
import TestSupport
import Testing

/// What was going on at a time, whenever it began.
@Suite struct PresenceTests {
    private let folder: TemporaryFolder
    private let reader: HistoryReader
    private let truth: [SegmentRecord]

    /// Actions of seconds, and some of minutes and hours, that begin within two days.
    init() throws {
        folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let start = Double(Int.random(in: 0..<172_800, using: &generator))
            let length = [0, 5, 30, 599, 600, 601, 4000, 30_000].randomElement(using: &generator)!
            let events = maker.segment(
                ["squat", "walk"].randomElement(using: &generator)!,
                camera: ["gym", "hall"].randomElement(using: &generator)!, from: start, to: start + Double(length))
            for event in events { store.append(event) }
        }
        try store.flush()
        reader = try HistoryReader(path: folder.file("h.db").path)
        truth = try reader.segments(.action)
    }

    /// Some window; every second one begins or ends where a segment does.
    private func window(using generator: inout SeededGenerator) -> Range<UnixTime> {
        var ends = (0..<2).map { _ in EventMaker.time(Double(Int.random(in: 0..<172_800, using: &generator))) }
        if Bool.random(using: &generator) { ends[0] = truth.randomElement(using: &generator)!.start }
        if Bool.random(using: &generator) { ends[1] = truth.randomElement(using: &generator)!.end }
        return ends.min()!..<ends.max()!.adding(.microseconds(1))
    }

    private func isPresent(_ row: SegmentRecord, in window: Range<UnixTime>) -> Bool {
        row.start < window.upperBound && (row.end > window.lowerBound || row.start >= window.lowerBound)
    }

    @Test("whatever overlaps the time asked about is found, newest first, with every other filter and limit")
    func overlap() throws {
        #expect(truth.count == 300)
        var generator = SeededGenerator(seed: 6)
        for round in 0..<300 {
            let window = window(using: &generator)
            var filter = HistoryFilter(since: window.lowerBound, until: window.upperBound)
            if round % 3 == 0 { filter.camera = "hall" }
            if round % 4 == 0 { filter.label = "squat" }
            if round % 5 == 0 { filter.limit = round % 40 }
            let expected = truth.filter {
                isPresent($0, in: window) && (filter.camera ?? $0.camera) == $0.camera
                    && (filter.label ?? $0.label) == $0.label
            }
            #expect(try reader.segments(.action, filter) == Array(expected.prefix(filter.limit ?? .max)), "\(filter)")
        }
    }

    @Test("only what began in that time is found where beginnings are asked for")
    func beginnings() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<100 {
            let window = window(using: &generator)
            let filter = HistoryFilter(since: window.lowerBound, until: window.upperBound, isOfBeginnings: true)
            #expect(try reader.segments(.action, filter) == truth.filter { window.contains($0.start) })
            let whole = truth.filter { window.contains($0.start) }.reduce(Duration.zero) { $0 + $1.duration }
            #expect(try reader.statistics([.action], filter).reduce(.zero) { $0 + $1.duration } == whole)
        }
    }

    @Test("statistics and timelines count the overlapping part, and each stretch once")
    func parts() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<100 {
            let window = window(using: &generator)
            let filter = HistoryFilter(since: window.lowerBound, until: window.upperBound)
            let present = truth.filter { isPresent($0, in: window) }
            let parts = present.map { row in
                let first = max(row.start, window.lowerBound)
                return min(row.end, window.upperBound).microseconds - first.microseconds
            }
            let statistics = try reader.statistics([.action], filter)
            #expect(statistics.reduce(0) { $0 + $1.count } == present.count)
            #expect(statistics.reduce(.zero) { $0 + $1.duration } == .microseconds(parts.reduce(0, +)))
            let timeline = try reader.timeline(filter)
            #expect(timeline.count == present.count)
            #expect(timeline.allSatisfy { window.contains($0.start) })
            #expect(timeline.compactMap(\.duration).reduce(.zero, +) == .microseconds(parts.reduce(0, +)))
            #expect(zip(timeline, timeline.dropFirst()).allSatisfy { $0.start <= $1.start })
        }
    }

    @Test("each day gets its part of what goes on over midnight, which is counted once")
    func midnight() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        // 23:50 to 00:20 in UTC; the day begins at 10:00.
        for event in maker.segment("sleep", from: 49_800, to: 51_600) { store.append(event) }
        try store.flush()
        let rows = try store.reader.statistics(calendar: .history(in: TimeZone(secondsFromGMT: 0)!))
        #expect(rows.map(\.day) == ["2026-11-21", "2026-11-22"])
        #expect(rows.map(\.count) == [1, 0])
        #expect(rows.map(\.duration) == [.seconds(600), .seconds(1200)])
    }

    @Test("what has not ended goes on until now while it is written, and until it was last heard of afterwards")
    func open() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("h.db").path
        func found(_ since: Double, now: Double = 3600) throws -> Int {
            let filter = HistoryFilter(since: EventMaker.time(since), now: EventMaker.time(now))
            return try HistoryReader(path: path).segments(.action, filter).count
        }
        do {
            let store = try HistoryStore(path: path)
            var maker = EventMaker()
            // Begun at 0, last heard of at 2 s.
            for event in maker.segment("sit", from: 0, to: 4).prefix(2) { store.append(event) }
            try store.flush()
            #expect(try found(1) == 1)
            #expect(try found(1800) == 1)
            #expect(try found(100) == 1)
            #expect(try found(3601) == 0)
            // A recording of other days is not going on now.
            #expect(try found(1800, now: 10 * 86_400) == 0)
            let filter = HistoryFilter(since: EventMaker.time(1800), now: EventMaker.time(3600))
            #expect(try store.reader.statistics([.action], filter).map(\.duration) == [.seconds(1800)])
            #expect(try store.reader.timeline(filter).map(\.start) == [EventMaker.time(1800)])
        }
        #expect(try found(1) == 1)
        #expect(try found(1800) == 0)
    }

    @Test("cameras are asked for the state they were in, though it was told of before")
    func cameras() throws {
        let folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        for (state, camera, time) in [
            (CameraPayload.State.online, "gym", 0.0), (.online, "hall", 1), (.failed, "hall", 50),
            (.online, "gym", 100),
        ] {
            store.append(maker.single(.camera(CameraPayload(state: state)), camera: camera, at: time))
        }
        try store.flush()
        func states(_ since: Double, _ until: Double?, started: Bool = false, camera: String? = nil) throws -> [String]
        {
            try store.reader.cameras(
                HistoryFilter(
                    since: EventMaker.time(since), until: until.map(EventMaker.time), isOfBeginnings: started,
                    camera: camera)
            ).map { "\($0.camera) \($0.state)" }
        }
        #expect(try states(10, 20) == ["hall online", "gym online"])
        #expect(try states(60, 70) == ["hall failed", "gym online"])
        #expect(try states(60, 70, camera: "hall") == ["hall failed"])
        #expect(try states(40, 60) == ["hall failed", "hall online", "gym online"])
        #expect(try states(60, 70, started: true).isEmpty)
        #expect(try states(0, 1) == ["gym online"])
        let line = try store.reader.timeline(
            HistoryFilter(since: EventMaker.time(60), until: EventMaker.time(70), camera: "hall"))
        #expect(line.map(\.start) == [EventMaker.time(60)] && line.map(\.label) == ["failed"])
    }

    @Test("the names there are can be told to who asks for another")
    func names() throws {
        #expect(try reader.names(of: .camera, in: [.action]) == ["gym", "hall"])
        #expect(try reader.names(of: .label, in: [.action, .rep]) == ["squat", "walk"])
        #expect(try reader.names(of: .label, in: [.gesture]).isEmpty)
        #expect(try reader.tracks(near: 7, in: [.action, .interaction], count: 3) == [1])
        #expect(try reader.tracks(near: 7, in: [.action], count: 3) == [1])
    }

    @Test("what the reader asks is found by indices: what is long by its end, whoever and whatever is asked for")
    func plans() throws {
        let window = (since: EventMaker.time(80_000), until: EventMaker.time(81_000))
        let asked = [
            (HistoryFilter(), "segment_by_start"), (HistoryFilter(camera: "gym"), "segment_by_camera"),
            (HistoryFilter(label: "squat"), "segment_by_label"),
            (HistoryFilter(camera: "gym", label: "squat"), "segment_by_camera_and_label"),
            (HistoryFilter(track: 1), "segment_by_track"),
        ]
        let within = asked.flatMap { filter, index in
            [nil, 20].map { limit in
                var filter = filter
                (filter.since, filter.until, filter.limit) = (window.since, window.until, limit)
                return (filter, index)
            }
        }
        for (filter, index) in asked { #expect(try indices(filter) == [index], "\(filter)") }
        for (filter, index) in within { #expect(try indices(filter) == [index, "segment_long"], "\(filter)") }
        // While somebody writes, what is open goes on.
        let lock = try HistoryStore(path: folder.file("h.db").path)
        for (var filter, index) in within {
            filter.now = window.until
            #expect(try indices(filter) == [index, "segment_long", "segment_open"], "\(filter)")
        }
        withExtendedLifetime(lock) {}
    }

    /// The indices by which the reader's statements find rows.
    private func indices(_ filter: HistoryFilter) throws -> [String] {
        try reader.plan(of: .action, filter).compactMap { step in
            step.firstMatch(of: /INDEX (\w+)/).map { String($0.1) }
        }
    }
}
