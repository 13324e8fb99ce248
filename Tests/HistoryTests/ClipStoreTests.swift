import Events
import Files
import Foundation
import History
import Skeleton
import TestSupport
import Testing

@Suite("Skeletons in a history")
struct ClipStoreTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("h.db").path
    }

    private func store(_ clips: ClipKeeping = .usual) throws -> HistoryStore {
        var settings = HistoryStore.Settings()
        settings.clips = clips
        settings.busyTimeout = .milliseconds(10)
        return try HistoryStore(path: path, settings: settings)
    }

    private let run = EventStamper().run

    /// Frames of people, twenty a second, handed to a store; what was handed.
    @discardableResult
    private func record(
        _ tracks: [Int], seconds: Double, from: Double = 0, camera: String = "gym", trembling: Float = 0.02,
        run: EventID? = nil, in store: HistoryStore
    ) -> [SkeletonFrame] {
        var maker = ClipMaker(seed: 1)
        return (0..<Int(seconds * 20)).map { index in
            let time = Duration.milliseconds(Int(from * 1000) + 50 * index)
            let people = tracks.map {
                TrackedPose(track: TrackID($0), pose: maker.standing(trembling: trembling, shift: 0.1 * Float($0)))
            }
            let frame = SkeletonFrame(
                camera: camera, index: index, presentationTime: time, aspectRatio: 1.5, people: people)
            store.record(frame, run: run ?? self.run, at: EventMaker.morning.adding(time))
            return frame
        }
    }

    private func played(_ reader: HistoryReader, _ filter: HistoryFilter = .init()) throws -> [ClipPlayer.Moment] {
        var moments: [ClipPlayer.Moment] = []
        let damaged = try ClipPlayer(try reader.clips(filter), of: reader).play { moment, _ in moments.append(moment) }
        #expect(damaged.isEmpty)
        return moments
    }

    @Test("what was seen is played again: the same people at the same times, within a step")
    func playing() throws {
        let store = try store()
        let frames = record([1, 2], seconds: 25, in: store)
        record([7], seconds: 3, camera: "hall", in: store)
        try store.flush()
        let reader = try store.reader
        let clips = try reader.clips()
        #expect(clips.allSatisfy { $0.duration < .milliseconds(10_001) } && clips.count == 7)
        let moments = try played(reader)
        let gym = moments.filter { $0.frame.camera == "gym" }
        try #require(gym.count == frames.count && moments.count == frames.count + 60)
        for (frame, moment) in zip(frames, gym) {
            #expect(moment.time == EventMaker.morning.adding(frame.presentationTime))
            #expect(moment.frame.people.map(\.track) == frame.people.map(\.track) && moment.frame.aspectRatio == 1.5)
            for (a, b) in zip(frame.people, moment.frame.people) {
                let steps = try #require(a.pose.steps(to: b.pose))
                #expect(steps <= 1.001)
            }
        }
        #expect(gym.allSatisfy { $0.run == run.description })
        let some = try played(
            reader, HistoryFilter(since: EventMaker.time(12), until: EventMaker.time(13), camera: "gym"))
        #expect(some.first?.time == EventMaker.time(10) && some.count == 200)
    }

    @Test("a person who was away, and a source that begins anew, begin a new clip")
    func pauses() throws {
        let store = try store()
        record([1], seconds: 2, in: store)
        record([1], seconds: 2, from: 4, in: store)
        record([1], seconds: 2, from: 1, in: store)
        record([2], seconds: 2, from: 3.1, in: store)
        try store.flush()
        let clips = try store.reader.clips()
        #expect(clips.count == 4)
        #expect(clips.allSatisfy { $0.duration < .seconds(2) })
    }

    @Test(
        "of who stands still few skeletons are kept, the last before they move among them, and they stay where they are"
    )
    func still() throws {
        let store = try store()
        record([1], seconds: 6, trembling: 0.0005, in: store)
        record([1], seconds: 1, from: 6, in: store)
        record([2], seconds: 7, camera: "hall", trembling: 0.0005, in: store)
        try store.flush()
        let reader = try store.reader
        func kept(_ camera: String) throws -> [UnixTime] {
            try reader.clips(HistoryFilter(camera: camera)).flatMap { clip in
                try reader.motion(of: clip)?.samples.map { clip.start.adding($0.offset) } ?? []
            }
        }
        let gym = try kept("gym")
        let resting = gym.filter { $0 < EventMaker.time(6) }
        #expect(resting.count < 20 && resting.contains(EventMaker.time(5.95)) && gym.count == resting.count + 20)
        #expect(try kept("hall").count < 20 && kept("hall").last == EventMaker.time(6.95))
        let played = try played(reader, HistoryFilter(camera: "gym")).map(\.time)
        #expect(zip(played, played.dropFirst()).allSatisfy { $1.microseconds - $0.microseconds <= 100_000 })
        #expect(played.count >= 60 + 20 && Set(played).count == played.count)
    }

    @Test("who stands still is there in every moment of who moves")
    func together() throws {
        let store = try store()
        var maker = ClipMaker(seed: 4)
        for index in 0..<100 {
            let people = [(1, Float(0.0002)), (2, 0.02)].map { track, reach in
                TrackedPose(track: TrackID(track), pose: maker.standing(trembling: reach))
            }
            let time = Duration.milliseconds(50 * index)
            store.record(
                SkeletonFrame(camera: "gym", index: index, presentationTime: time, people: people), run: run,
                at: EventMaker.morning.adding(time))
        }
        try store.flush()
        let moments = try played(store.reader)
        #expect(
            moments.count == 100 && moments.allSatisfy { $0.frame.people.map(\.track) == [TrackID(1), TrackID(2)] })
    }

    /// A history of somebody who was seen for so long.
    private func keep(seconds: Double) throws {
        let store = try store()
        record([1], seconds: seconds, in: store)
        try store.flush()
    }

    /// What is kept once no more clips than that are left, or after ten seconds.
    private func settled(_ keeping: ClipKeeping, at count: Int) throws -> [ClipRecord] {
        let store = try store(keeping)
        for _ in 0..<1000 where try store.reader.clips().count > count { Thread.sleep(forTimeInterval: 0.01) }
        return try store.reader.clips()
    }

    @Test("clips that are too old go, and of too many the oldest; the newest stay")
    func retention() throws {
        do {
            let store = try store()
            record([1], seconds: 35, in: store)
            try store.flush()
            #expect(try store.reader.clips().count == 4)
        }
        let before = try HistoryReader(path: path).clips()
        let size = Double(before[2].size + before[3].size + 1) / 1e6
        #expect(try settled(ClipKeeping(days: 7, megabytes: size), at: 2) == Array(before.suffix(2)))
        #expect(try settled(ClipKeeping(days: 1e-9, megabytes: 10), at: 0).isEmpty)
        #expect(try HistoryReader(path: path).clipSpan() == nil)
    }

    @Test("where none are to be kept none are written, and those of before stay")
    func none() throws {
        try keep(seconds: 2)
        let store = try store(ClipKeeping(days: 0, megabytes: 1000))
        record([1], seconds: 2, in: store)
        try store.flush()
        #expect(try store.reader.clips().count == 1)
    }

    @Test("while nothing can be written clips are given up and events are not")
    func trouble() throws {
        let store = try store()
        let other = try LockedDatabase(path: path)
        var maker = EventMaker()
        var count = 0
        for second in 0..<40 {
            // Twenty people for a moment, and none for longer than a clip bears: twenty clips.
            record(Array(1...20), seconds: 0.1, from: Double(second * 3), in: store)
            store.append(maker.segment("walk", from: Double(second), to: Double(second) + 1))
            count += 20
        }
        for _ in 0..<1000 where store.clipsGivenUp == 0 { Thread.sleep(forTimeInterval: 0.01) }
        #expect(store.clipsGivenUp > 0)
        other.release()
        try store.flush()
        #expect(store.eventsGivenUp == 0)
        #expect(try store.reader.segments(.action).count == 40)
        #expect(try store.reader.clips().count == count - store.clipsGivenUp)
    }

    @Test("a clip whose bytes are damaged is refused with file, number and byte; the others are played without it")
    func damaged() throws {
        try keep(seconds: 25)
        let reader = try HistoryReader(path: path)
        let whole = try played(reader)
        _ = try sql("UPDATE clip SET bytes = x'01FF' WHERE id = 2", in: path)
        let clips = try reader.clips()
        let error = #expect(throws: HistoryError.self) { try reader.motion(of: clips[1]) }
        #expect(error?.code == .damaged && error?.description.hasPrefix("\(path): clip 2: byte ") == true)
        var moments: [ClipPlayer.Moment] = []
        let damaged = try ClipPlayer(clips, of: reader).play { moment, _ in moments.append(moment) }
        #expect(damaged.first == error && damaged.sentence?.hasPrefix("1 damaged clip was left out: clip 2") == true)
        let kept = whole.map(\.time).filter { $0 < clips[1].start || $0 > clips[1].end }
        #expect(!kept.isEmpty && moments.map(\.time) == kept)
        _ = try sql("UPDATE clip SET bytes = x'' WHERE id = 1", in: path)
        let both = try ClipPlayer(clips, of: reader).play { _, _ in }
        #expect(both.sentence?.hasPrefix("2 damaged clips were left out, the first of them: clip 1") == true)
    }

    @Test("where the first clip is damaged times are those of what is played, and media time begins with it")
    func damagedFirst() throws {
        try keep(seconds: 25)
        let reader = try HistoryReader(path: path)
        let (clips, whole) = (try reader.clips(), try played(reader).map(\.time))
        _ = try sql("UPDATE clip SET bytes = x'01FF' WHERE id = 1", in: path)
        var moments: [ClipPlayer.Moment] = []
        let damaged = try ClipPlayer(clips, of: reader).play { moment, isFirst in
            #expect(isFirst == moments.isEmpty)
            moments.append(moment)
        }
        #expect(damaged.count == 1 && moments.map(\.time) == whole.filter { $0 > clips[0].end })
        let first = try #require(moments.first)
        #expect(first.frame.presentationTime == .zero)
        #expect(moments.allSatisfy { $0.time == first.time.adding($0.frame.presentationTime) })
    }

    @Test(
        "a clip whose row cannot be right is damaged, whatever is asked about; the others are played",
        arguments: [
            ("start_us = 'abc'", "start_us"), ("start_us = x'00'", "start_us"), ("end_us = 'abc'", "end_us"),
            ("start_us = start_us + 1", "end_us"), ("end_us = start_us - 1", "end_us"), ("track = 'abc'", "track"),
            ("start_us = 9223372036854775807, end_us = 9223372036854775807", "start_us"),
            ("start_us = -9223372036854775808, end_us = 9223372036854775807", "start_us"),
            ("track = -5", "track"), ("camera = 99999", "camera"), ("run = -1", "run"),
        ])
    func damagedRow(change: String, column: String) throws {
        try keep(seconds: 25)
        let reader = try HistoryReader(path: path)
        let (clips, whole) = (try reader.clips(), try played(reader).map(\.time))
        _ = try sql("UPDATE clip SET \(change) WHERE id = 2", in: path)
        var times: [UnixTime] = []
        let damaged = try ClipPlayer(try reader.clips(), of: reader).play { moment, _ in times.append(moment.time) }
        #expect(damaged.count == 1 && damaged.sentence?.contains("clip 2: \(column): expected") == true)
        #expect(times == whole.filter { $0 < clips[1].start || $0 > clips[1].end })
        let span = try #require(try reader.clipSpan())
        #expect(clips[0].start <= span.start && span.end < clips[2].end)
        // Where a time is no number the clip may be of any.
        if change.contains("'") {
            let part = try reader.clips(HistoryFilter(since: clips[0].start, until: clips[2].end))
            #expect(try ClipPlayer(part, of: reader).play { _, _ in }.count == 1)
        }
    }

    @Test("sizes that cannot be are put right: events are written, and no clip goes for them")
    func sizes() throws {
        try keep(seconds: 35)
        let before = try HistoryReader(path: path).clips()
        for size in ["9223372036854775807", "-9223372036854775808", "'abc'"] {
            _ = try sql("UPDATE clip SET size = \(size)", in: path)
            let store = try store()
            var maker = EventMaker()
            store.append(maker.segment("walk", from: 0, to: 1))
            try store.flush()
            #expect(store.eventsGivenUp == 0)
            #expect(try store.reader.clips() == before)
        }
    }

    @Test("the limit in bytes is kept where a large clip comes after many small ones")
    func limitOfSmallClips() throws {
        do {
            let store = try store()
            for second in 0..<4 {
                record(Array(1...100), seconds: 0.05, from: Double(2 * second), in: store)
                try store.flush()
            }
        }
        let small = try HistoryReader(path: path).clips()
        let limit = small.reduce(0) { $0 + $1.size }
        let store = try store(ClipKeeping(days: 7, megabytes: Double(limit) / 1e6))
        record([1], seconds: 9, from: 40, in: store)
        try store.flush()
        let clips = try store.reader.clips()
        #expect(try #require(clips.last).size > 32 * small[0].size)
        #expect(clips.reduce(0) { $0 + $1.size } <= limit && clips.count > 1)
    }

    @Test("the limit in bytes is kept with every clip that is written, and the newest stays")
    func limit() throws {
        let sizes: [Int64]
        do {
            let store = try store()
            record([1], seconds: 35, in: store)
            try store.flush()
            sizes = try store.reader.clips().map { Int64($0.size) }
        }
        let limit = sizes.prefix(3).reduce(0, +)
        let store = try store(ClipKeeping(days: 7, megabytes: Double(limit) / 1e6))
        for number in 0..<12 {
            record([1], seconds: 9, from: Double(40 + 20 * number), in: store)
            try store.flush()
            let clips = try store.reader.clips()
            #expect(clips.reduce(0) { $0 + Int64($1.size) } <= limit)
            #expect(clips.last?.start == EventMaker.time(Double(40 + 20 * number)))
        }
        let noted = try sql("SELECT limit_exceeded, count FROM deleted_clips", in: path)
        #expect(noted.map(\.[0]) == ["megabytes"] && Int(noted[0][1]) ?? 0 > 10)
    }

    @Test("a limit that was lowered is kept once a store has been open, however many clips are over it")
    func loweredLimit() throws {
        do {
            let store = try store()
            record(Array(1...100), seconds: 0.5, in: store)
            try store.flush()
        }
        let clips = try HistoryReader(path: path).clips()
        let limit = clips.suffix(2).reduce(1) { $0 + $1.size }
        do { try store(ClipKeeping(days: 7, megabytes: Double(limit) / 1e6)).flush() }
        #expect(clips.count == 100)
        #expect(try HistoryReader(path: path).clips() == Array(clips.suffix(2)))
    }

    @Test("why there is no clip of an event is told as it was")
    func absence() throws {
        var maker = EventMaker()
        let run = maker.segment("nothing", from: 0, to: 1)[0].run
        func tell(_ label: String, camera: String = "gym", at second: Double, in store: HistoryStore) {
            store.append(maker.segment(label, kind: .gesture, camera: camera, from: second, to: second + 1))
        }
        func reason(_ label: String) throws -> ClipAbsence {
            let reader = try HistoryReader(path: path)
            let record = try #require(try reader.segments(.gesture, HistoryFilter(label: label)).first)
            return try reader.absence(of: .segment(record))
        }
        do {
            let store = try store()
            for second in [0.0, 40] { record([1], seconds: 9, from: second, run: run, in: store) }
            for (label, second) in [("early", 2.0), ("between", 25), ("late", 42)] {
                tell(label, at: second, in: store)
            }
            tell("elsewhere", camera: "hall", at: 2, in: store)
            try store.flush()
        }
        #expect(try reason("between") == .notWritten && reason("elsewhere") == .notKept)
        do {
            let store = try store()
            tell("now", at: 80, in: store)
            try store.flush()
            #expect(try reason("now") == .unfinished)
        }
        #expect(try reason("now") == .notWritten)
        let size = try HistoryReader(path: path).clips().map(\.size).max() ?? 0
        #expect(try settled(ClipKeeping(days: 7, megabytes: Double(size) / 1e6), at: 1).count == 1)
        #expect(try reason("early") == .deleted([.megabytes]))
        #expect(try settled(ClipKeeping(days: 1e-9, megabytes: 10), at: 0).isEmpty)
        #expect(try reason("early") == .deleted([.megabytes]) && reason("late") == .deleted([.days]))
        #expect(try reason("between") == .othersDeleted([.days, .megabytes]) && reason("elsewhere") == .notKept)
        let record = try #require(
            try HistoryReader(path: path).segments(.gesture, HistoryFilter(label: "between")).first)
        let sentence = try reason("between").sentence(of: .segment(record))
        #expect(sentence.contains("others of gym in that run were deleted since, to keep to --clip-days"))
        _ = try sql("DROP VIEW clips; DROP TABLE clip; DROP TABLE deleted_clips", in: path)
        #expect(try reason("early") == .unknownToWriter)
    }

    @Test("a history from before there were clips has none")
    func old() throws {
        do { try store().flush() }
        _ = try sql("DROP VIEW clips; DROP TABLE clip", in: path)
        let reader = try HistoryReader(path: path)
        #expect(try reader.clips().isEmpty && reader.clipSpan() == nil)
    }

    @Test("an event is found by as much of its id as no other has")
    func heads() throws {
        let store = try store()
        var maker = EventMaker()
        for number in 0..<30 {
            store.append(maker.segment("wave", kind: .gesture, from: Double(number), to: Double(number) + 1))
        }
        try store.flush()
        let reader = try store.reader
        let gestures = try reader.segments(.gesture)
        for gesture in gestures {
            #expect(try reader.event(gesture.eventID.lowercased()) == .segment(gesture))
            let head = (1...26).map { String(gesture.eventID.prefix($0)) }.first { head in
                gestures.count { $0.eventID.hasPrefix(head) } == 1
            }
            #expect(try reader.event(#require(head)) == .segment(gesture))
        }
        #expect(try reader.event("last") == .segment(gestures[0]))
        for (head, sentence) in [
            ("0", "more than 20 events"), ("7ZZZ", "found '7ZZZ'"), ("", "found ''"), ("%", "found"),
        ] {
            let error = #expect(throws: HistoryError.self) { try reader.event(head) }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        }
    }
}
