import Events
import Foundation
import History
import TestSupport
import Testing

@Suite struct CorrectionTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("h.db").path
        let store = try HistoryStore(path: path)
        var maker = EventMaker()
        var generator = SeededGenerator(seed: 11)
        for number in 0..<80 {
            let start = Double(number * 500 + Int.random(in: 0..<400, using: &generator))
            store.append(
                maker.segment(
                    Self.labels.randomElement(using: &generator)!,
                    camera: ["gym", "hall"].randomElement(using: &generator)!, from: start, to: start + 9,
                    threshold: 0.5, peak: 0.875))
        }
        try store.flush()
    }

    private static let labels = ["squat", "walk", "run"]
    private static let noon = EventMaker.time(7200)

    private func reader() throws -> HistoryReader { try HistoryReader(path: path) }

    /// Says different things of some of the actions.
    private func sayMuch(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let actions = try reader().segments(.action)
        for round in 0..<20 {
            let some = (0..<3).map { _ in actions.randomElement(using: &generator)! }
            let verdict = [HistoryCorrector.Verdict.right, .was("nothing"), .was("walk"), .was("hop"), .undone]
                .randomElement(using: &generator)!
            _ = try HistoryCorrector(path: path).say(
                verdict, of: some, author: round % 2 == 0 ? "anna" : nil, note: "note \(round)", at: Self.noon)
        }
    }

    @Test("what is said of actions stands beside what was told, and taken back leaves everything as it was")
    func undone() throws {
        let before = try reader().segments(.action)
        let (statistics, timeline) = (try reader().statistics(), try reader().timeline())
        #expect(before.allSatisfy { $0.threshold == 0.5 && $0.peak == 0.875 && $0.correction == nil })
        for seed in 0..<10 as Range<UInt64> {
            try sayMuch(seed: seed)
            let said = try reader().segments(.action)
            #expect(said != before && Set(said.compactMap(\.correction?.note)).count > 3)
            for (now, then) in zip(said, before) {
                var told = now
                told.label = now.correction?.told ?? now.label
                told.correction = nil
                #expect(told == then)
            }
            let back = try HistoryCorrector(path: path).say(.undone, of: said, at: Self.noon)
            #expect(back == before)
            let reader = try reader()
            #expect(try reader.segments(.action) == before && reader.statistics() == statistics)
            #expect(try reader.timeline() == timeline)
        }
    }

    @Test("questions go by what is held to have happened")
    func questions() throws {
        try sayMuch(seed: 5)
        let reader = try reader()
        let truth = try reader.segments(.action)
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<200 {
            let filter = HistoryFilter(
                since: Bool.random(using: &generator) ? truth.randomElement(using: &generator)?.start : nil,
                until: Bool.random(using: &generator) ? truth.randomElement(using: &generator)?.start : nil,
                isOfBeginnings: .random(using: &generator),
                camera: Bool.random(using: &generator) ? "gym" : nil,
                label: (Self.labels + ["hop", "nothing"]).randomElement(using: &generator),
                limit: Bool.random(using: &generator) ? .random(in: 0...9, using: &generator) : nil)
            let expected = truth.filter { row in
                row.label == filter.label && (filter.camera ?? row.camera) == row.camera
                    && (filter.since.map { row.start >= $0 || !filter.isOfBeginnings && row.end > $0 } ?? true)
                    && (filter.until.map { row.start < $0 } ?? true)
            }
            #expect(try reader.segments(.action, filter) == Array(expected.prefix(filter.limit ?? .max)), "\(filter)")
        }
        let counts = Dictionary(grouping: try reader.statistics([.action]), by: \.label)
            .mapValues { $0.reduce(0) { $0 + $1.count } }
        #expect(counts == Dictionary(grouping: truth, by: \.label).mapValues(\.count))
        #expect(try reader.statistics([.action], HistoryFilter(label: "hop")).map(\.label).contains("hop"))
        #expect(try reader.names(of: .label, in: [.action]).contains("hop"))
        let corrected = truth.filter { $0.correction != nil }.count
        #expect(
            try reader.timeline().count { $0.detail == "right" || $0.detail?.hasPrefix("told as") == true } == corrected
        )
        let lines = ResultTable(truth, showsIDs: true)
        #expect(lines.text().contains("told as") && lines.text().contains(truth[0].eventID))
        #expect(lines.jsonLines().contains("\"corrected_by\":\"anna\""))
        let view = try sql("SELECT label, count(*) FROM actions GROUP BY label ORDER BY label", in: path)
        #expect(view.map { Int($0[1]) } == counts.sorted { $0.key < $1.key }.map(\.value))
        // Who takes an action out of the file takes what was said of it along.
        _ = try sql("PRAGMA foreign_keys = ON; DELETE FROM segment", in: path)
        #expect(try sql("SELECT * FROM correction", in: path).isEmpty)
    }

    @Test("of the newest actions those of which something was said can be asked for, however many others there are")
    func corrected() throws {
        let asked = HistoryFilter(limit: 5)
        var filter = asked
        filter.isCorrected = true
        #expect(try reader().segments(.action, filter).isEmpty)
        try sayMuch(seed: 3)
        let said = try reader().segments(.action).filter { $0.correction != nil }
        #expect(try reader().segments(.action, filter) == Array(said.prefix(5)))
        #expect(try reader().segments(.action, filter) != reader().segments(.action, asked))
        filter.label = "hop"
        filter.limit = nil
        #expect(try reader().segments(.action, filter) == said.filter { $0.label == "hop" })
    }

    @Test("one action is found by its id, and another is none")
    func id() throws {
        let action = try #require(try reader().segments(.action).randomElement())
        #expect(try reader().action(action.eventID) == action)
        #expect(try reader().action("01M5W6DT7S3H8F0Q2RJ4ZK6E9B") == nil)
        var other = action
        other.eventID = "none"
        let before = try reader().segments(.action)
        let error = #expect(throws: HistoryError.self) {
            try HistoryCorrector(path: path).say(.right, of: [action, other], at: Self.noon)
        }
        #expect(error?.code == .lacking && error?.file == path)
        #expect(try reader().segments(.action) == before)
    }

    @Test("a history from before is read, brought up to date by who corrects it, and not while an older Laban writes")
    func older() throws {
        let before = try reader().segments(.action)
        let store = try HistoryStore(path: path)
        _ = try sql(
            """
            DROP VIEW actions; DROP TABLE correction; ALTER TABLE segment DROP COLUMN peak;
            ALTER TABLE segment DROP COLUMN threshold; CREATE VIEW actions AS SELECT id FROM segment;
            DELETE FROM grdb_migrations WHERE identifier LIKE '6 %'
            """, in: path)
        let old = try reader().segments(.action)
        #expect(old.map(\.eventID) == before.map(\.eventID) && old.allSatisfy { $0.peak == nil })
        #expect(
            try reader().segments(.action, HistoryFilter(label: "walk")).count == before.count { $0.label == "walk" })
        let error = #expect(throws: HistoryError.self) { try HistoryCorrector(path: path) }
        #expect(error?.code == .inUse)
        withExtendedLifetime(store) {}
    }

    @Test("an older history that nobody writes to is brought up to date")
    func migrated() throws {
        _ = try sql(
            """
            DROP VIEW actions; DROP TABLE correction; ALTER TABLE segment DROP COLUMN peak;
            ALTER TABLE segment DROP COLUMN threshold; DELETE FROM grdb_migrations WHERE identifier LIKE '6 %'
            """, in: path)
        let old = try reader().segments(.action)
        let said = try HistoryCorrector(path: path).say(.was("hop"), of: [old[3]], at: Self.noon)
        #expect(try reader().segments(.action, HistoryFilter(label: "hop")) == said)
    }

    @Test("a store goes on writing while actions are corrected, and a file that somebody else holds is said to be held")
    func together() throws {
        let actions = try reader().segments(.action)
        do {
            let store = try HistoryStore(path: path)
            var maker = EventMaker(seed: 5)
            for number in 0..<60 {
                store.append(maker.segment("jump", from: Double(90_000 + number), to: Double(90_001 + number)))
                _ = try HistoryCorrector(path: path).say(.was("hop"), of: [actions[number]], at: Self.noon)
            }
            try store.flush()
            #expect(store.eventsGivenUp == 0)
        }
        let now = try reader().segments(.action)
        #expect(now.count { $0.label == "jump" } == 60 && now.count { $0.label == "hop" } == 60)
        let other = try LockedDatabase(path: path)
        let error = #expect(throws: HistoryError.self) {
            try HistoryCorrector(path: path, busyTimeout: .milliseconds(20)).say(.right, of: actions, at: Self.noon)
        }
        #expect(error?.code == .inUse)
        withExtendedLifetime(other) {}
        #expect(try reader().segments(.action) == now)
    }
}
