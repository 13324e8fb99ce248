import Foundation
import TestSupport
import Testing

/// What happens when outputs cannot be written, when cameras cannot go on, and who may read what is made.
@Suite("Faults of outputs and cameras", .serialized)
struct OutputFaultTests {
    private let folder: TemporaryFolder
    private let skeletons = LabanProcess.fixture("workout.truth.jsonl")

    init() throws { folder = try TemporaryFolder() }

    private func settings(_ cameras: String, history: String = "h.db") throws -> (path: String, address: String) {
        let address = "ipc://" + folder.file("events.sock").path
        let file = folder.file("laban.yaml")
        try "publish: \(address)\nhistory: \(history)\nmodel: none\ncameras:\n\(cameras)".write(
            to: file, atomically: true, encoding: .utf8)
        return (file.path, address)
    }

    /// Laban, which may write files of so many kilobytes at most; what it prints goes through a pipe that may hold more.
    private func limited(toKilobytes size: Int, _ arguments: [String]) throws -> LabanProcess {
        let command = ([LabanProcess.binary.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        return try LabanProcess(
            ["-o", "pipefail", "-c", "(ulimit -f \(size); exec \(command)) | cat"], program: URL(filePath: "/bin/bash"))
    }

    @Test("a file that cannot grow stops no other output of a run: the failure is said at once, and the code is 1")
    func fullFile() throws {
        for (option, size) in [("--events", 4), ("--skeletons", 64), ("--history", 48)] {
            let place = folder.file("out" + option).path
            let result = try limited(toKilobytes: size, ["run", skeletons, "--model", "none", "--json", option, place])
                .wait()
            let whole = try LabanProcess.run("run", skeletons, "--model", "none", "--json")
            #expect(result.status == 1, "\(option): \(result.errors)")
            // The history's own trouble is told among the events.
            let found = result.lines.filter { !$0.contains("laban.history") }.joined(separator: "\n")
            #expect(try EventLines.comparable(found).count == whole.lines.count, "\(option)")
            #expect(result.errors.contains("Warning: ") && result.errors.contains(place), "\(option): \(result.errors)")
            #expect(result.errors.contains("Error: "), "\(option): \(result.errors)")
        }
    }

    @Test("while a server's history is refused every event is published and marked, and the trouble is an event itself")
    func refusedHistory() throws {
        // Less than an empty history needs.
        let (path, address) = try settings("  gym: {input: \(skeletons), repeat: true, pace: real_time}\n")
        let server = try limited(toKilobytes: 48, ["serve", "--config", path])
        #expect(server.wait { server.errors.contains("serving") })
        let watch = try LabanProcess(["watch", "--address", address, "--json"])
        #expect(watch.waitForOutput { $0.contains("\"state\":\"refused\"") }, "\(server.errors)")
        let before = watch.output.split(separator: "\n").count
        #expect(watch.waitForOutput { $0.split(separator: "\n").count > before + 20 }, "\(server.errors)")
        server.terminate()
        let result = server.wait()
        // Something is left that could not be kept.
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.errors.contains("cannot be written"))
        watch.terminate()
        let events = try EventLines(watch.wait().output)
        #expect(events.of("laban.history").first?["phase"] as? String == "begin")
        #expect(events.of("laban.camera").allSatisfy { $0["state"] as? String != "failed" })
        #expect(events.events.contains { $0["durable"] as? Bool == false })
    }

    @Test("a camera that cannot go on ends a server with code 1 when it is the last, and else is tried again")
    func lastCamera() throws {
        let broken = folder.file("broken.jsonl")
        try "{\"v\":1,\"type\":\"laban.skeleton\"}\n".write(to: broken, atomically: true, encoding: .utf8)
        let alone = try settings("  bad: {input: \(broken.path)}\n  gone: {input: \(folder.file("none.jsonl").path)}\n")
        let ended = try LabanProcess.run("serve", "--config", alone.path)
        #expect(ended.status == 1, "\(ended.errors)")
        #expect(ended.errors.contains("none can go on") && ended.errors.contains("none.jsonl"))

        let both = try settings(
            "  bad: {input: \(broken.path), repeat: true}\n"
                + "  gym: {input: \(skeletons), repeat: true, pace: real_time}\n")
        let server = try LabanProcess(["serve", "--config", both.path])
        #expect(server.wait { server.errors.components(separatedBy: "camera failed").count > 2 })
        let watch = try LabanProcess(["watch", "--address", both.address, "--json", "--camera", "bad"])
        // It is whole now, and the next try finds that.
        try FileManager.default.removeItem(at: broken)
        try FileManager.default.copyItem(atPath: skeletons, toPath: broken.path)
        #expect(watch.waitForOutput { $0.contains("laban.track") }, "\(server.errors)")
        server.terminate()
        #expect(server.wait().status == 0)
    }

    @Test("what is made is for its owner alone unless asked otherwise, and files that are there keep their mode")
    func modes() throws {
        func mode(_ name: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name).path)
            return try #require(attributes[.posixPermissions] as? Int)
        }
        func run(_ options: [String]) throws {
            let outputs = ["--events", "e.jsonl", "--skeletons", "s.jsonl", "--history", "h.db"].map {
                $0.hasPrefix("--") ? $0 : folder.file($0).path
            }
            let result = try LabanProcess(["run", skeletons, "--model", "none", "--json"] + outputs + options).wait()
            #expect(result.status == 0, "\(result.errors)")
        }
        try run([])
        for name in ["e.jsonl", "s.jsonl", "h.db", "h.db.lock"] { #expect(try mode(name) == 0o600, "\(name)") }
        #expect(chmod(folder.file("e.jsonl").path, 0o664) == 0)
        try run([])
        #expect(try mode("e.jsonl") == 0o664)
        for name in ["e.jsonl", "s.jsonl", "h.db", "h.db.lock"] {
            try FileManager.default.removeItem(at: folder.file(name))
        }
        try run(["--file-mode", "0660"])
        for name in ["e.jsonl", "s.jsonl", "h.db"] { #expect(try mode(name) == 0o660, "\(name)") }
        let (path, _) = try settings("  gym: {input: \(skeletons), repeat: true, pace: real_time}\n", history: "k.db")
        let server = try LabanProcess(["serve", "--config", path])
        #expect(server.wait { (try? mode("k.db-wal")) != nil }, "\(server.errors)")
        for name in ["k.db", "k.db-wal", "k.db-shm"] { #expect(try mode(name) == 0o600, "\(name)") }
        server.terminate()
        #expect(server.wait().status == 0)
    }

    @Test("what a subscriber had before a kill is in the history, and everybody is there as long as they were seen")
    func killed() throws {
        let (path, address) = try settings(
            "  gym: {input: \(skeletons), repeat: true, pace: real_time}\n"
                + "  hall: {input: \(skeletons), repeat: true, pace: fastest}\n")
        for _ in 0..<3 {
            let server = try LabanProcess(["serve", "--config", path])
            let watch = try LabanProcess(["watch", "--address", address, "--json"])
            #expect(watch.waitForOutput { $0.split(separator: "\n").count > 200 }, "\(server.errors)")
            server.stopAtOnce()
            _ = server.wait()
            watch.terminate()
            let events = try EventLines(watch.wait().output).events.filter { $0["durable"] == nil }
            let ids = Set(
                events.filter { $0["type"] as? String != "laban.heartbeat" }.compactMap { $0["id"] as? String })
            #expect(ids.count > 50)
            var kept: Set<String> = []
            for question in ["tracks", "actions", "gestures", "interactions", "reps", "cameras"] {
                let answer = try LabanProcess.run("history", question, "--history", folder.file("h.db").path, "--json")
                kept.formUnion(try EventLines(answer.output).events.compactMap { $0["id"] as? String })
            }
            #expect(ids.subtracting(kept).isEmpty)
        }
    }
}
