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

    /// Laban, which may write files of so many kilobytes at most.
    ///
    /// - Parameter prints: whether what it prints is more than that; it does not get signals then.
    private func limited(
        toKilobytes size: Int, _ arguments: [String], prints: Bool = false
    ) throws -> LabanProcess {
        let words = ([LabanProcess.binary.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let command = "ulimit -f \(size); exec \(words)"
        return try LabanProcess(
            ["-o", "pipefail", "-c", prints ? "(\(command)) | cat" : command], program: URL(filePath: "/bin/bash"))
    }

    @Test(
        "links that lead to each other are refused as an output", arguments: ["--events", "--history", "--skeletons"])
    func circularLinks(option: String) throws {
        for (name, target) in [("a", "b"), ("b", "a")] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.file(name).path, withDestinationPath: target)
        }
        let result = try LabanProcess.run("run", skeletons, "--model", "none", option, folder.file("a").path)
        #expect([1, 2].contains(result.status), "\(result.errors)")
        #expect(result.errors.contains("Error: \(folder.file("a").path): "), "\(result.errors)")
    }

    @Test("a history is added to, and no other output takes its place")
    func history() throws {
        let place = folder.file("laban.db").path
        for _ in 0..<2 {
            #expect(try LabanProcess.run("run", skeletons, "--model", "none", "--history", place).status == 0)
        }
        let before = FileManager.default.contents(atPath: place)
        for option in ["--events", "--skeletons"] {
            let result = try LabanProcess.run("run", skeletons, "--model", "none", option, place)
            #expect(result.status == 2)
            #expect(result.errors.contains("\(option) would overwrite a database"), "\(result.errors)")
        }
        #expect(FileManager.default.contents(atPath: place) == before)
    }

    @Test("a file that cannot grow stops no other output of a run: the failure is said at once, and the code is 1")
    func fullFile() throws {
        let whole = try LabanProcess.run("run", skeletons, "--model", "none", "--json")
        for (option, size) in [("--events", 4), ("--skeletons", 64), ("--history", 48)] {
            let place = folder.file("out" + option).path
            let result = try limited(
                toKilobytes: size, ["run", skeletons, "--model", "none", "--json", option, place], prints: true
            ).wait()
            #expect(result.status == 1, "\(option): \(result.errors)")
            // The history's own trouble is told among the events.
            #expect(result.lines.count { !$0.contains("laban.history") } == whole.lines.count, "\(option)")
            #expect(result.errors.contains("Warning: ") && result.errors.contains(place), "\(option): \(result.errors)")
            #expect(result.errors.contains("Error: "), "\(option): \(result.errors)")
        }
    }

    @Test("a lock of another program keeps no event from being published, is an event itself, and leaves nothing out")
    func heldHistory() throws {
        let (path, address) = try settings("  gym: {input: \(skeletons), repeat: true, pace: fastest}\n")
        let server = try LabanProcess(["serve", "--config", path])
        let watch = try LabanProcess(["watch", "--address", address, "--json"])
        #expect(watch.waitForOutput { $0.contains("laban.track") }, "\(server.errors)")
        let other = try LockedDatabase(path: folder.file("h.db").path)
        #expect(watch.waitForOutput { $0.contains("\"state\":\"refused\"") }, "\(server.errors)")
        let before = watch.output.count
        #expect(watch.waitForOutput { $0.count > before + 20_000 }, "\(server.errors)")
        other.release()
        #expect(watch.waitForOutput { $0.contains("\"state\":\"writing\"") }, "\(server.errors)")
        server.terminate()
        let result = server.wait()
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("cannot be written") && result.errors.contains("written again"))
        watch.terminate()
        let events = try EventLines(watch.wait().output)
        #expect(events.of("laban.history").map { $0["phase"] as? String } == ["begin", "end"])
        #expect(events.of("laban.camera").allSatisfy { $0["state"] as? String != "failed" })
        #expect(events.events.contains { $0["durable"] as? Bool == false })
        let kept = try ids(inHistory: folder.file("h.db").path)
        let told = Set(
            events.events.filter { $0["type"] as? String != "laban.heartbeat" }.compactMap { $0["id"] as? String })
        #expect(told.subtracting(kept).isEmpty)
    }

    /// The ids of everything that a history knows of.
    private func ids(inHistory path: String) throws -> Set<String> {
        var kept: Set<String> = []
        for question in ["tracks", "actions", "gestures", "interactions", "reps", "sets", "cameras", "holes"] {
            let answer = try LabanProcess.run("history", question, "--history", path, "--json")
            kept.formUnion(try EventLines(answer.output).events.compactMap { $0["id"] as? String })
        }
        return kept
    }

    @Test("a server whose history cannot even be made serves, and at its end says what could not be kept")
    func noHistory() throws {
        let (path, address) = try settings("  gym: {input: \(skeletons), repeat: true, pace: fastest}\n")
        // Less than an empty history needs.
        let server = try limited(toKilobytes: 48, ["serve", "--config", path])
        let watch = try LabanProcess(["watch", "--address", address, "--count", "20"])
        #expect(watch.wait().status == 0, "\(server.errors)")
        #expect(server.wait { server.errors.contains("cannot be written") }, "\(server.errors)")
        server.terminate()
        #expect(server.wait().status == 1, "\(server.errors)")
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
            let kept = try self.ids(inHistory: folder.file("h.db").path)
            #expect(ids.subtracting(kept).isEmpty)
        }
    }
}
