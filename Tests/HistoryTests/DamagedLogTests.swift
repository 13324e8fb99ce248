import Events
import Foundation
import History
import Skeleton
import TestSupport
import Testing

@Suite struct DamagedLogTests {
    private let folder: TemporaryFolder
    /// What a killed process left: 20 actions, most of them in the log alone.
    private let left: String

    init() throws {
        folder = try TemporaryFolder()
        left = folder.file("left.db").path
        let path = folder.file("h.db").path
        let store = try HistoryStore(path: path)
        var maker = EventMaker()
        for number in 0..<20 {
            for event in maker.segment("run", from: Double(number), to: Double(number) + 1) { _ = store.keep([event]) }
        }
        try store.flush()
        for ending in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(atPath: path + ending, toPath: left + ending)
        }
    }

    private func copy(_ name: String, without missing: String? = nil, _ change: (inout [UInt8]) -> Void) throws
        -> String
    {
        let path = folder.file(name).path
        for ending in ["", "-wal", "-shm"] where ending != missing {
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: left + ending)))
            if ending == "-wal" { change(&bytes) }
            try Data(bytes).write(to: URL(filePath: path + ending))
        }
        return path
    }

    /// How many frames of the log are of its present round.
    private var frames: Int {
        get throws {
            let log = [UInt8](try Data(contentsOf: URL(filePath: left + "-wal")))
            return (0..<(log.count - 32) / 4120).count { frame in
                log[(32 + frame * 4120 + 8)..<(32 + frame * 4120 + 16)] == log[16..<24]
            }
        }
    }

    private func kept(beside path: String) throws -> [String] {
        let name = URL(filePath: path).lastPathComponent + ".damaged-"
        return try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix(name) }
    }

    @Test("a whole log is no damage, nor is a transaction that was cut off while it was written")
    func whole() throws {
        for (name, missing, cut) in [
            ("a.db", nil, 0), ("b.db", "-shm", 0), ("c.db", "-shm", 4000), ("d.db", "-shm", 4120 + 4000),
        ] as [(String, String?, Int)] {
            let path = try copy(name, without: missing) { $0.removeLast(cut) }
            #expect(try HistoryReader(path: path).damage == nil, "\(name)")
            #expect(try HistoryStore(path: path).reader.holes().isEmpty)
            #expect(try kept(beside: path).isEmpty)
        }
    }

    @Test(
        "damage anywhere in the log is named by readers, kept aside as it was by the next writer, and stays a hole",
        arguments: [nil, "-shm"] as [String?])
    func damaged(missing: String?) throws {
        var generator = SeededGenerator(seed: 4)
        let size = try 32 + 4120 * frames
        for round in 0..<12 {
            // The header, the first frames, and anywhere.
            let place = round == 0 ? 17 : round == 1 ? 40 : Int.random(in: 32..<size * 3 / 4, using: &generator)
            let path = try copy("d\(round).db", without: missing) { $0[place] ^= 0x55 }
            let found = try ["", "-wal"].map { try Data(contentsOf: URL(filePath: path + $0)) }
            for _ in 0..<2 {
                do {
                    let reader = try HistoryReader(path: path)
                    #expect(reader.damage?.contains("write-ahead log") == true, "\(place): \(reader.damage ?? "none")")
                } catch {
                    #expect(error.message.contains("write-ahead log"), "\(place): \(error)")
                }
            }
            // Reading has changed nothing.
            #expect(try ["", "-wal"].map { try Data(contentsOf: URL(filePath: path + $0)) } == found)
            let store = try HistoryStore(path: path)
            let notice = try #require(store.takeNotices().first)
            #expect(notice.payload.state == .damaged && notice.phase == .end)
            let names = try kept(beside: path).sorted()
            #expect(names.count == (missing == nil ? 3 : 2))
            #expect(notice.payload.message.contains(names[0]))
            #expect(try [names[0], names[0] + "-wal"].map { try Data(contentsOf: folder.file($0)) } == found)
            let hole = try #require(try store.reader.holes().first)
            #expect(hole.dropped == nil && hole.message.contains(names[0]) && hole.start <= hole.end)
            #expect(try HistoryReader(path: path).damage == nil)
        }
    }

    @Test("a log that is cut short or gone is damage where what the process left tells of more")
    func short() throws {
        for (name, keep) in [("cut.db", try 4120 * (frames / 2) + 32), ("empty.db", 0)] {
            let path = try copy(name) { $0.removeLast($0.count - keep) }
            do { #expect(try HistoryReader(path: path).damage != nil) } catch { #expect(error.code == .notAHistory) }
            #expect(try HistoryStore(path: path).reader.holes().count == 1)
        }
        let path = try copy("gone.db", without: "-wal") { _ in }
        #expect(throws: Never.self) { try HistoryStore(path: path) }
        #expect(try kept(beside: path).count == 2)
    }
}
