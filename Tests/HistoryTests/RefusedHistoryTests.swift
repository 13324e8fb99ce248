import Events
import Foundation
import History
import Skeleton
import TestSupport
import Testing

@Suite struct RefusedHistoryTests {
    private let folder: TemporaryFolder
    private let path: String
    private let settings: HistoryStore.Settings

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("h.db").path
        var settings = HistoryStore.Settings()
        settings.busyTimeout = .milliseconds(10)
        settings.patience = .seconds(1)
        self.settings = settings
    }

    /// Waits for a notice, for ten seconds at most.
    private func notice(of store: HistoryStore, where isRight: (HistoryNotice) -> Bool) -> HistoryNotice? {
        for _ in 0..<1000 {
            if let found = store.takeNotices().first(where: isRight) { return found }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return nil
    }

    @Test("what is kept is there when the process is gone, whatever comes after")
    func kept() throws {
        let store = try HistoryStore(path: path, settings: settings)
        var maker = EventMaker()
        for number in 0..<50 {
            for event in maker.segment("run", from: Double(number), to: Double(number) + 1) {
                #expect(store.keep([event]))
                // Another connection sees what is committed and nothing else.
                let rows = try HistoryReader(path: path).segments(.action)
                #expect(rows.first?.eventID == event.id.description)
                #expect(rows.first?.isOpen == (event.phase != .end))
            }
        }
    }

    @Test("while another program holds the file nobody waits, trouble has a begin and an end, and nothing is missing")
    func lock() throws {
        let store = try HistoryStore(path: path, settings: settings)
        let other = try LockedDatabase(path: path)
        var maker = EventMaker()
        var events: [Event] = []
        #expect(!store.keep(maker.segment("walk", from: 0, to: 1)))
        let begin = try #require(notice(of: store) { $0.phase == .begin })
        #expect(begin.payload.state == .refused && begin.payload.message.contains("locked"))
        #expect(begin.payload.waiting == 3 && begin.payload.dropped == 0)
        let start = ContinuousClock.now
        for number in 1..<200 {
            events = maker.segment("run", from: Double(number), to: Double(number) + 1)
            #expect(!store.keep(events))
        }
        // Nobody waits for a file of which it is known that it is refused.
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(throws: HistoryError.self) { try store.flush(within: .milliseconds(100)) }
        other.release()
        let end = try #require(notice(of: store) { $0.phase == .end })
        #expect(end.payload.state == .writing && end.payload.dropped == 0)
        #expect(end.payload.since == EventMaker.time(0) && end.payload.until == EventMaker.time(200))
        try store.flush()
        #expect(store.eventsGivenUp == 0)
        let rows = try store.reader.segments(.action)
        #expect(rows.count == 200 && rows.allSatisfy { !$0.isOpen && $0.reason == "completed" })
    }

    @Test("what waits too long is given up and counted, and the history says from when to when something is missing")
    func hole() throws {
        var settings = settings
        settings.greatestBacklog = 8
        let store = try HistoryStore(path: path, settings: settings)
        var maker = EventMaker()
        let walk = maker.segment("walk", from: 0, to: 1)
        #expect(store.keep([walk[0]]))
        let other = try LockedDatabase(path: path)
        // The end of what the file has or will have open is never given up.
        store.append(walk[2])
        for number in 10..<60 { store.append(maker.segment("run", from: Double(number), to: Double(number) + 1)) }
        let lost = store.eventsGivenUp
        #expect((120...143).contains(lost))
        var notices = [try #require(notice(of: store) { $0.phase == .begin })]
        other.release()
        notices.append(try #require(notice(of: store) { $0.phase == .end }))
        #expect(notices[1].payload.dropped == lost)
        var draft = EventStamper()
        for notice in notices {
            store.append(
                draft.stamp(EventDraft(camera: "", phase: notice.phase, life: 1, payload: .history(notice.payload))))
        }
        try store.flush()
        let rows = try store.reader.segments(.action)
        #expect(rows.last?.label == "walk" && rows.allSatisfy { !$0.isOpen })
        let holes = try store.reader.holes()
        #expect(holes.map(\.dropped) == [lost])
        #expect(holes[0].start >= EventMaker.time(10) && holes[0].end <= EventMaker.time(60) && !holes[0].isOpen)
        for (since, until, count) in [(0.0, 9.0, 0), (0, 30, 1), (30, 31, 1), (70, 80, 0)] {
            let filter = HistoryFilter(since: EventMaker.time(since), until: EventMaker.time(until))
            #expect(try store.reader.holes(filter).count == count, "\(since) to \(until)")
        }
    }

    @Test("a file that is held when it is opened is waited for beside the work, and then has everything")
    func lockedAtStart() throws {
        do { _ = try HistoryStore(path: path) }
        let other = try LockedDatabase(path: path)
        var settings = settings
        settings.startLimit = .milliseconds(50)
        let store = try HistoryStore(path: path, settings: settings)
        var maker = EventMaker()
        #expect(!store.keep(maker.segment("walk", from: 0, to: 1)))
        other.release()
        try store.flush()
        #expect(try store.reader.segments(.action).map(\.label) == ["walk"])
    }

    @Test("a file that somebody removes is made anew, and what goes on goes on in it")
    func removed() throws {
        let store = try HistoryStore(path: path, settings: settings)
        var maker = EventMaker()
        let walk = maker.segment("walk", from: 0, to: 1)
        #expect(store.keep([walk[0]]))
        for ending in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: path + ending) }
        #expect(store.keep([walk[1], walk[2]]))
        try store.flush()
        #expect(try store.reader.segments(.action).map(\.isOpen) == [false])
    }

    @Test("after a crash people and what they do last until they were last seen")
    func notes() throws {
        let copy = folder.file("copy.db").path
        var maker = EventMaker()
        let store = try HistoryStore(path: path, settings: settings)
        let (here, gone) = (
            maker.segment("person", kind: .track, track: 1, from: 1, to: 9),
            maker.segment("person", kind: .track, track: 2, from: 1, to: 9)
        )
        let walk = maker.segment("walk", track: 1, from: 2, to: 9)
        let elsewhere = maker.segment("walk", camera: "hall", track: 1, from: 2, to: 9)
        #expect(store.keep([here[0], gone[0], walk[0], elsewhere[0]]))
        for second in [3.0, 4, 5] {
            store.note(
                PresenceNote(
                    camera: "gym", tracks: [TrackID(1)], time: EventMaker.time(second),
                    presentationTime: .seconds(second)))
            try store.flush()
        }
        for ending in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
        }
        let left = try HistoryStore(path: copy).reader
        #expect(
            try left.segments(.track).map { "\($0.track) \($0.end == EventMaker.time(5))" }.sorted()
                == ["1 true", "2 false"])
        #expect(
            try left.segments(.action).map { "\($0.camera) \($0.duration)" }.sorted()
                == ["gym 3.0 seconds", "hall 0.0 seconds"])
        // An end that is judged to be earlier counts.
        #expect(store.keep([walk[2], here[2], gone[2], elsewhere[2]]))
        #expect(try store.reader.segments(.track).allSatisfy { $0.end == EventMaker.time(9) })
    }
}
