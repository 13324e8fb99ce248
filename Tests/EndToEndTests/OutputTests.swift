import Foundation
import TestSupport
import Testing

@Suite("Output that cannot be written")
struct OutputTests {
    private static let shell = URL(filePath: "/bin/sh")
    private static let skeletons = LabanProcess.fixture("workout.truth.jsonl")

    /// Runs `laban` by the shell, which can point its output anywhere.
    private func run(_ arguments: String, in folder: URL = LabanProcess.checkout) throws -> CommandResult {
        try LabanProcess(
            ["-c", "cd '\(folder.path)' && exec '\(LabanProcess.binary.path)' \(arguments)"], program: Self.shell
        ).wait()
    }

    @Test(
        "a full disk under standard output ends with code 1 and says so",
        arguments: [
            "run \(skeletons)", "run \(skeletons) --json", "count \(skeletons)", "models list", "gesture list",
            "doctor",
            "--help", "help run", "--version",
        ])
    func standardOutput(arguments: String) throws {
        let result = try run(arguments + " > /dev/full")
        #expect(result.status == 1, "\(result.errors)")
        #expect(
            result.errors.contains("standard output: cannot be written: No space left on device"), "\(result.errors)")
    }

    @Test("a full disk under the answer of a history does as well")
    func history() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("h.db").path
        #expect(try run("run \(Self.skeletons) --history \(file)").status == 0)
        for question in ["stats", "tracks --json", "reps --csv"] {
            let result = try run("history \(question) --history \(file) > /dev/full")
            #expect(result.status == 1)
            #expect(result.errors.contains("standard output"))
        }
    }

    @Test(
        "a full disk under any other result ends with code 1 and its path",
        arguments: ["events", "skeletons", "history"])
    func files(option: String) throws {
        let result = try run("run \(Self.skeletons) --\(option) /dev/full")
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.errors.contains("/dev/full: cannot be written"), "\(result.errors)")
    }

    @Test("a sheet that could not be written is refused before the work")
    func sheet() throws {
        let video = LabanProcess.fixture("workout.mp4")
        for (path, says) in [("/no/such/folder/a.png", "/no/such/folder"), ("look.jpg", ".png"), ("look", ".png")] {
            let result = try LabanProcess.run("run", video, "--sheet", path)
            #expect(result.status == 2)
            #expect(result.errors.contains(says))
            #expect(result.output.isEmpty)
        }
    }

    @Test("an empty file is called empty, not missing")
    func emptyHistory() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("h.db")
        try Data().write(to: file)
        let result = try LabanProcess.run("history", "stats", "--history", file.path)
        #expect(result.status == 2)
        #expect(result.errors.contains("found an empty file"))
    }

    @Test("evaluate takes a model folder of that name before one in Models/, and says which")
    func evaluate() throws {
        let folder = try TemporaryFolder()
        let own = folder.file("everyday")
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: "Models/everyday"), to: own)
        let near = try run("evaluate everyday no-such-folder", in: folder.url)
        #expect(near.errors.contains("Model in everyday\n"))
        let far = try run("evaluate everyday no-such-folder")
        #expect(far.errors.contains("Models/everyday\n"))
    }
}
