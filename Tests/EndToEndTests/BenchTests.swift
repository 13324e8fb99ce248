import Foundation
import TestSupport
import Testing

@Suite("Speed")
struct BenchTests {
    private static func measure(_ arguments: String...) throws -> CommandResult {
        try LabanProcess(arguments, program: LabanProcess.benchmarks).wait()
    }

    @Test("without its peers 'Benchmarks pose' measures the rest and says what is missing")
    func withoutPeers() throws {
        let result = try Self.measure(
            "pose", "--python", "/nowhere/python3", "--rounds", "1", "--frames", "10", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try result.output.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let summary = try #require(rows.last)
        #expect((summary["missing"] as? [String])?.filter { $0.contains("Python") }.count == 2)
        #expect((summary["memory_bytes"] as? Int).map { $0 > 10_000_000 } == true)
        for row in rows.dropLast() {
            #expect((row["laban"] as? [Double])?.count == 1)
            #expect((row["best_ratio"] as? Double).map { $0 > 0 } == true)
        }
    }

    @Test("a core that is not there is bad usage")
    func noSuchCore() throws {
        let result = try Self.measure("pose", "--core", "1023", "--rounds", "1")
        #expect(result.status == 2)
        #expect(result.errors.contains("--core 1023"))
    }

    @Test("without its peers 'Benchmarks actions' measures the rest, and a step asks for no memory")
    func actions() throws {
        let result = try Self.measure("actions", "--python", "/nowhere/python3", "--rounds", "1", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try result.lines.map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let summary = try #require(rows.last)
        #expect((summary["missing"] as? [String])?.count == 2)
        #expect(summary["allocations_per_step"] as? Int == 0)
        #expect((summary["state_bytes"] as? Int).map { $0 < 1_000_000 } == true)
        #expect(rows.count == 7)
        for row in rows.dropLast() { #expect((row["best_ratio"] as? Double).map { $0 > 0 } == true) }
    }

    @Test("'bench' alone times every stage")
    func stages() throws {
        let result = try LabanProcess.run("bench", "--frames", "10", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let report = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect((report["frames"] as? Int) == 10)
        #expect((report["stages"] as? [[String: Any]])?.count == 8)
        #expect(report["allocations_per_frame"] == nil)
    }

    @Test("'Benchmarks stages' counts allocations besides, of which there are no more than was committed")
    func allocations() throws {
        let result = try Self.measure("stages", "--frames", "100", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let report = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let threshold = try #require(allocationThreshold(of: "a frame of video through all stages, mean of 100"))
        let count = try #require(report["allocations_per_frame"] as? Double)
        #expect(count > 0 && count <= Double(threshold))
    }

    @Test("'Benchmarks repetitions' tells how well puppets' sets are counted")
    func repetitions() throws {
        let result = try Self.measure(
            "repetitions", "--sets", "1", "--source", "exact", "--exercise", "jumping_jack", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let report = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let row = try #require((report["exercises"] as? [[String: Any]])?.first)
        #expect(row["obo"] as? Double == 1 && row["sets"] as? Int == 2)
        #expect((report["faults"] as? [[String: Any]])?.count == 1)
        #expect((report["rates"] as? [String: Any])?.count == 10)
        let refused = try Self.measure("repetitions", "--exercise", "juggling")
        #expect(refused.status == 2 && refused.errors.contains("found 'juggling'"))
    }

    @Test("'Benchmarks events' compares events and rows with bare ZeroMQ and SQLite")
    func events() throws {
        let result = try Self.measure("events", "--rounds", "1", "--count", "50", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try result.lines.map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(rows.count == 6)
        for row in rows { #expect((row["best_ratio"] as? Double).map { $0 > 0 } == true) }
    }
}
