import ArgumentParser
import Foundation
import LabanCommands
import TestSupport
import Testing

@Suite("Command lines")
struct CommandLineTests {
    private static let skeletons = "people.jsonl"

    /// What is said of a command line that is refused before any work; nil where it is taken.
    private static func refusal(_ words: [String]) -> String? {
        do {
            _ = try Laban.parseAsRoot(words)
            return nil
        } catch { return Laban.message(for: error) }
    }

    @Test(
        "options that contradict each other, or the input, are refused",
        arguments: [
            (["run", skeletons, "--render", "out.mp4"], "draw over a video"),
            (["run", skeletons, "--sheet", "out.png"], "draw over a video"),
            (["run", skeletons, "--hands"], "looks at pictures"),
            (["run", "a.mp4", "--wait-for-subscriber"], "--publish"),
            (["run", "a.mp4", "--events", "out", "--history", "out"], "--history would overwrite --events"),
            (["run", "a.mp4", "--threads", "0"], "expected 1 to 64, found 0"),
            (["run", "a.mp4", "--model", "none", "--model", "everyday"], "found both"),
            (["run", "a.mp4", "--model", "mine", "--model", "mine"], "'mine' again"),
            (["run", "a.mp4", "--false-alarms-per-hour=-1"], "from 0"),
            (["run", "a.mp4", "--speed", "0"], "0.01 to 100"),
            (["run", "rtsp://camera/1", "--render", "out.mp4", "--speed", "2"], "for files"),
            (["run", skeletons, "--picture", "large"], "1280x720"),
            (["run", "a.mp4", "--file-mode", "0400"], "--file-mode"),
            (["bench", "--frames", "0"], "expected 1 or more"),
            (["puppet", "--motion", "squat", "--pair", "hug", "--output", "x"], "either"),
            (["history", "actions", "--json", "--csv"], "exclude each other"),
            (["history", "actions", "--limit", "0"], "expected 1 or more"),
            (["train", "--output", "m"], "--recipe"),
            (["train", "r", "--output", "m", "--threads", "65"], "found 65"),
            (["train", "r", "--output", "m", "--test-subjects", "a", "--cross-validate", "1"], "found both"),
            (["train", "r", "--output", "m", "--cross-validate", "1", "--resume"], "cannot --resume"),
            (["evaluate", "everyday"], "found neither"),
            (["evaluate", "everyday", "r", "--changes"], "go with --recipe"),
        ])
    func refused(words: [String], said: String) throws {
        let refusal = try #require(Self.refusal(words), "\(words)")
        #expect(refusal.contains(said), "\(words): \(refusal)")
    }

    @Test(
        "what belongs together is taken",
        arguments: [
            ["run", "a.mp4"], ["run", "-"], ["run", skeletons, "--speed", "8"],
            ["run", "a.mp4", "--events", "-", "--history", "h.db", "--hands", "--file-mode", "0640"],
            ["watch", "--kind", "rep", "--kind", "gesture"], ["bench", "a.mp4", "--json"],
            ["train", "r", "--output", "m", "--cross-validate", "2", "--picture", "a.png"],
        ])
    func taken(words: [String]) { #expect(Self.refusal(words) == nil, "\(words)") }

    @Test("no output may lie where an input does, whatever name leads there")
    func inputs() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("a.jsonl")
        try Data().write(to: file)
        try FileManager.default.createSymbolicLink(at: folder.file("b.jsonl"), withDestinationURL: file)
        for name in ["a.jsonl", "b.jsonl", "../\(folder.url.lastPathComponent)/a.jsonl"] {
            let refusal = Self.refusal(["run", file.path, "--skeletons", folder.url.path + "/" + name])
            #expect(refusal?.contains("--skeletons would overwrite the input") == true, "\(name)")
        }
    }

    @Test("comparisons with peers are no command of users: another program is named", arguments: ["pose", "actions"])
    func peers(name: String) throws {
        var command = try Laban.parseAsRoot(["bench", name, "--python", "peers/bin/python3"])
        let error = try #require(throws: ValidationError.self) { try command.run() }
        #expect(error.message.contains("Benchmarks"))
    }
}
