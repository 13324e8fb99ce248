import Events
import Foundation
import History
import Skeleton
import TestSupport
import Testing

@Suite struct HistoryQueryTests {
    private let folder: TemporaryFolder
    private let reader: HistoryReader
    private let truth: [SegmentRecord]

    init() throws {
        folder = try TemporaryFolder()
        let store = try HistoryStore(path: folder.file("h.db").path)
        var maker = EventMaker()
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            let start = Double(Int.random(in: 0..<200_000, using: &generator))
            let events = maker.segment(
                ["squat", "walk", "run"].randomElement(using: &generator)!,
                camera: ["gym", "hall"].randomElement(using: &generator)!, track: .random(in: 1...4, using: &generator),
                from: start, to: start + Double(Int.random(in: 1...20, using: &generator)))
            for event in events { store.append(event) }
        }
        for event in maker.segment("person", kind: .track, from: 10, to: 30) { store.append(event) }
        store.append(
            maker.single(
                .rep(RepetitionPayload(track: TrackID(1), exercise: "squat", index: 1, start: .seconds(20))), at: 22))
        for state in [CameraPayload.State.online, .ended] {
            store.append(maker.single(.camera(CameraPayload(state: state)), at: 0))
        }
        try store.flush()
        reader = try HistoryReader(path: folder.file("h.db").path)
        truth = try reader.segments(.action)
    }

    @Test("every filter alone and together gives what going through all rows gives")
    func filters() throws {
        #expect(truth.count == 300)
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            var filter = HistoryFilter()
            if Bool.random(using: &generator) {
                filter.camera = ["gym", "hall", "roof"].randomElement(using: &generator)
            }
            if Bool.random(using: &generator) {
                filter.label = ["squat", "walk", "fly"].randomElement(using: &generator)
            }
            if Bool.random(using: &generator) { filter.track = .random(in: 1...5, using: &generator) }
            if Bool.random(using: &generator) { filter.since = truth.randomElement(using: &generator)?.start }
            if Bool.random(using: &generator) { filter.until = truth.randomElement(using: &generator)?.start }
            if Bool.random(using: &generator) { filter.limit = .random(in: 0...50, using: &generator) }
            let expected = truth.filter { row in
                (filter.camera.map { $0 == row.camera } ?? true) && (filter.label.map { $0 == row.label } ?? true)
                    && (filter.track.map { $0 == row.track } ?? true)
                    && (filter.since.map { row.start >= $0 || row.end > $0 } ?? true)
                    && (filter.until.map { row.start < $0 } ?? true)
            }
            #expect(try reader.segments(.action, filter) == Array(expected.prefix(filter.limit ?? .max)), "\(filter)")
        }
    }

    @Test("rows come newest first")
    func order() {
        #expect(zip(truth, truth.dropFirst()).allSatisfy { $0.start >= $1.start })
    }

    @Test("statistics add up, by the days of the time zone asked for")
    func statistics() throws {
        for zone in ["UTC", "America/New_York", "Asia/Kolkata"] {
            let calendar = Calendar.history(in: TimeZone(identifier: zone)!)
            let rows = try reader.statistics([.action], calendar: calendar)
            #expect(rows.reduce(0) { $0 + $1.count } == 300)
            let total = truth.reduce(Duration.zero) { $0 + $1.duration }
            #expect(rows.reduce(.zero) { $0 + $1.duration } == total)
            for row in rows {
                let same = truth.filter {
                    let parts = calendar.dateComponents([.year, .month, .day], from: $0.start.date)
                    return row.day == "\(parts.year!)-\(parts.month!)-\(parts.day!)" && row.camera == $0.camera
                        && row.label == $0.label
                }
                #expect(row.count == same.count)
            }
        }
        #expect(try reader.statistics([.rep, .track]).map(\.kind) == [.rep, .track])
    }

    @Test("the timeline holds everything in order, and its end when limited")
    func timeline() throws {
        let all = try reader.timeline()
        #expect(all.count == 304)
        #expect(all.filter { $0.kind == .camera }.map(\.label) == ["online", "ended"])
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.start <= $1.start })
        #expect(try reader.timeline(HistoryFilter(limit: 7)) == all.suffix(7))
        #expect(try reader.timeline(HistoryFilter(label: "squat")).contains { $0.kind == .rep })
    }
}
