import Foundation
import TestSupport
import Testing

@Suite("Bad input")
struct BadInputTests {
    /// A second of silence as a WAV file.
    private static let silence: [UInt8] = {
        func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let samples = [UInt8](repeating: 0, count: 16_000)
        return Array("RIFF".utf8) + word(36 + 16_000) + Array("WAVEfmt ".utf8) + word(16) + [1, 0, 1, 0]
            + word(8_000) + word(16_000) + [2, 0, 16, 0] + Array("data".utf8) + word(16_000) + samples
    }()

    @Test(
        "a file that is no video, or has no frame, ends with code 2 and is named",
        arguments: [
            ("empty.mp4", []), ("empty.jsonl", []), ("text.mp4", Array("not a video at all\n".utf8)),
            ("sound.wav", silence),
        ])
    func noVideo(name: String, bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: folder.file(name))
        let result = try LabanProcess.run("run", folder.file(name).path)
        #expect(result.status == 2)
        #expect(result.errors.contains(name))
        #expect(!result.output.contains("laban."))
    }

    @Test("a missing file, a bad option and a bad date end with code 2")
    func usage() throws {
        for arguments in [
            ["run", "no-such-file.mp4"], ["run"], ["run", "a.mp4", "--colour"], ["fly"],
            ["run", LabanProcess.fixture("crossing.mp4"), "--recorded-at", "yesterday-ish"],
            ["run", LabanProcess.fixture("crossing.mp4"), "--events", "/no/such/folder/events.jsonl"],
            ["run", LabanProcess.fixture("workout.truth.jsonl"), "--hands"],
            ["history", "actions", "--history", "no-such.db"],
            ["history", "actions", "--history", "no-such.db", "--since", "once upon a time"],
            ["evaluate", "no/such/model", "no-such-folder"], ["train", "no-such-folder", "--output", "x"],
            ["serve", "--config", "no-such.yaml"],
            ["run", LabanProcess.fixture("workout.truth.jsonl"), "--model", ""],
            ["train", "no-such-folder", "--output", "x", "--test-subjects", ""],
            ["train", "no-such-folder", "--output", "x", "--cross-validate", "0"],
            ["count", LabanProcess.fixture("crossing.mp4"), "--exercise", "hop"],
        ] {
            let result = try LabanProcess(arguments).wait()
            #expect(result.status == 2, "\(arguments): \(result.status) \(result.errors)")
            #expect(!result.errors.isEmpty, "\(arguments)")
        }
    }

    @Test("how to write a command is shown where the command line is wrong, not where the data are")
    func usageLine() throws {
        let folder = try TemporaryFolder()
        let recordings = folder.file("recordings/squat")
        try FileManager.default.createDirectory(at: recordings, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: LabanProcess.fixture("workout.truth.jsonl"), toPath: recordings.appending(path: "a.jsonl").path)
        let place = folder.file("recordings").path
        for arguments in [
            ["evaluate", "everyday", place, "--subjects", "nobody"], ["evaluate", "everyday", place, "--stream"],
            ["train", place, "--output", folder.file("m").path, "--test-subjects", "nobody"],
            ["count", LabanProcess.fixture("workout.truth.jsonl"), "--exercise", "hop"],
            ["run", LabanProcess.fixture("workout.truth.jsonl"), "--fps", "25"],
            ["evaluate", "everyday", place, "--picture", "/no/such/folder/a.png"],
            ["evaluate", "everyday", place, "--stream", "--timeline", "/no/such/folder/a.csv"],
            ["history", "actions", "--since", "today", "--until", "yesterday"],
            ["train", place, "--output", folder.file("m").path, "--cross-validate", "1", "--picture", "a.jpg"],
        ] {
            let result = try LabanProcess(arguments).wait()
            #expect(result.status == 2 && result.errors.contains("Error: "), "\(arguments): \(result.errors)")
            #expect(!result.errors.contains("Usage:"), "\(arguments): \(result.errors)")
        }
        for arguments in [["run"], ["evaluate", "everyday"], ["run", "a.mp4", "--threads", "0"]] {
            let result = try LabanProcess(arguments).wait()
            #expect(result.status == 2 && result.errors.contains("Usage: laban \(arguments[0])"), "\(result.errors)")
        }
    }

    @Test("a run does not overwrite what it reads, nor one result with another")
    func overwriting() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("recorded.jsonl")
        try FileManager.default.copyItem(atPath: LabanProcess.fixture("workout.truth.jsonl"), toPath: file.path)
        let before = try Data(contentsOf: file)
        for options in [["--skeletons", file.path], ["--events", file.path], ["--events", "x", "--history", "x"]] {
            let result = try LabanProcess(["run", file.path] + options).wait()
            #expect(result.status == 2, "\(options)")
            #expect(result.errors.contains("overwrite"))
        }
        #expect(try Data(contentsOf: file) == before)
    }

    @Test("a bad skeleton line is named by file and line, and what came before it is not lost")
    func badLine() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("cut.jsonl")
        let truth = try String(contentsOfFile: LabanProcess.fixture("workout.truth.jsonl"), encoding: .utf8)
        let lines = truth.split(separator: "\n").prefix(5)
        try (lines.joined(separator: "\n") + "\n{\"v\":1,\"type\":\"laban.skel").write(
            to: file, atomically: true, encoding: .utf8)
        let result = try LabanProcess.run("run", file.path, "--json")
        #expect(result.status == 2)
        #expect(result.errors.contains("cut.jsonl"))
        #expect(result.errors.contains("6"))
        let events = try EventLines(result.output)
        #expect(events.of("laban.track", phase: "begin").count == 1)
        #expect(events.of("laban.track", phase: "end").first?["reason"] as? String == "failed")
    }

    @Test("settings that do not hold are refused with file and line")
    func badSettings() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("laban.yaml")
        for (text, expected) in [
            ("cameras:\n  gym:\n    inptu: a.mp4\n", "laban.yaml:3"), ("site: x\n", "cameras"),
            ("publish: http://x\ncameras: {a: {input: b.mp4}}\n", "laban.yaml:1"), ("cameras: {}\n", "laban.yaml:1"),
        ] {
            try text.write(to: file, atomically: true, encoding: .utf8)
            let result = try LabanProcess.run("serve", "--config", file.path, "--check")
            #expect(result.status == 2)
            #expect(result.errors.contains(expected), "\(result.errors)")
        }
    }

    @Test("a check of settings tries addresses, the history and the files, and names all that would not do")
    func checkedSettings() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("laban.yaml")
        func check(_ text: String) throws -> CommandResult {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return try LabanProcess.run("serve", "--config", file.path, "--check")
        }
        try FileManager.default.copyItem(
            atPath: LabanProcess.fixture("workout.truth.jsonl"), toPath: folder.file("a.jsonl").path)
        let good = try check(
            "publish: ipc://\(folder.file("s").path)\nhistory: h.db\nmodel: none\ncameras:\n  gym: {input: a.jsonl}\n"
                + "  door: {input: 'tcp://127.0.0.1:9'}\n")
        #expect(good.status == 0 && good.output.contains("2 cameras (1 live, not asked)"), "\(good.errors)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["a.jsonl", "laban.yaml"])

        try Data("no history".utf8).write(to: folder.file("h.db"))
        let bad = try check(
            "publish: ipc:///no/such/folder/s\nhistory: h.db\nmodel: none\ncameras:\n  gym: {input: b.jsonl}\n"
                + "  hall: {input: missing.mp4}\n  yard: {input: a.jsonl}\n")
        #expect(bad.status == 2 && bad.output.isEmpty)
        for said in ["publish: ", "history: ", "camera 'gym': ", "camera 'hall': "] {
            #expect(bad.errors.contains("Error: \(file.path): \(said)"), "\(bad.errors)")
        }
        #expect(!bad.errors.contains("yard"))
        let nowhere = try check(
            "history: none/h.db\nmodel: none\npublish: ipc://\(folder.file("s").path)\ncameras: {a: {input: a.jsonl}}\n"
        )
        #expect(nowhere.status == 2 && nowhere.errors.contains("history: "), "\(nowhere.errors)")
    }

    @Test("a video that was cut short gives its readable frames, then one warning")
    func truncated() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("cut.mp4")
        let whole = try #require(FileManager.default.contents(atPath: LabanProcess.fixture("workout.mp4")))
        try whole.prefix(whole.count * 2 / 3).write(to: file)
        let result = try LabanProcess.run("run", file.path, "--json", "--model", "none")
        if result.status == 0 {
            #expect(result.errors.contains("cut.mp4"))
        } else {
            #expect(result.status == 2)
            #expect(result.errors.contains("cut.mp4"))
        }
    }
}
