import Foundation
import TestSupport
import Testing

@Suite("README", .serialized)
struct ReadmeTests {
    /// Commands that do not end by themselves or take long; other tests run them.
    private static let elsewhere = ["serve", "watch", "train", "evaluate", "bench", "models import", "models check"]

    @Test("its commands work as printed")
    func commands() throws {
        let folder = try TemporaryFolder()
        let readme = try String(contentsOf: LabanProcess.checkout.appending(path: "README.md"), encoding: .utf8)
        let lines = readme.components(separatedBy: "```sh\n").dropFirst()
            .flatMap { $0.components(separatedBy: "```")[0].split(separator: "\n") }
            .map { $0.components(separatedBy: " #")[0].trimmingCharacters(in: .whitespaces) }
            .filter { line in
                line.hasPrefix("laban ") && !Self.elsewhere.contains { line.hasPrefix("laban \($0)") }
            }
        #expect(lines.count >= 6)
        // Training is tested elsewhere; what it makes is stood in for.
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: "Models/everyday"), to: folder.file("mine"))
        for line in lines {
            let words = line.split(separator: " ").dropFirst().map { word in
                // What a command writes, and what later ones read, goes into a folder of the test's own.
                if word == "Models/mine" { return folder.file("mine").path }
                return [
                    "out.mp4", "events.jsonl", "skeletons.jsonl", "laban.db", "look.png", "recordings",
                    "recordings/squat",
                ]
                .contains(word) ? folder.file(String(word)).path : String(word)
            }
            let result = try LabanProcess(words).wait()
            #expect(result.status == 0, "\(line): \(result.errors)")
            #expect(!result.output.isEmpty, "\(line)")
        }
    }

    @Test("every command teaches itself")
    func help() throws {
        let overview = try LabanProcess.run("--help")
        for command in [
            "run", "count", "serve", "watch", "history", "gesture", "models", "train", "evaluate", "calibrate",
            "doctor", "bench",
            "puppet",
        ] {
            #expect(overview.output.contains("  \(command)"))
            let help = try LabanProcess.run("help", command)
            #expect(help.status == 0)
            #expect(help.output.contains("laban \(command)"))
        }
    }
}
