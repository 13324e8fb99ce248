import Foundation
import Puppet
import Recordings
import Skeleton
import TestSupport
import Testing

/// What training and measuring say of themselves while they last and before they begin.
@Suite("What long work says")
struct TrainingTalkTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Clips of puppets, in class folders.
    private func draw(_ kinds: [PuppetKind], clips: Int, into name: String) throws -> String {
        for kind in kinds {
            let place = folder.file("\(name)/\(kind.rawValue)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for number in 0..<clips {
                let writer = try SkeletonFileWriter(path: place.appending(path: "\(kind.rawValue)\(number).jsonl").path)
                let poses = PuppetClip(kind, frames: 40, frameRate: 20, seed: UInt64(number)).poses
                for (index, pose) in poses.enumerated() {
                    try writer.append(
                        SkeletonFrame(
                            camera: "puppet", index: index, presentationTime: .milliseconds(index * 50),
                            people: [TrackedPose(track: TrackID(1), pose: pose)]))
                }
                try writer.finish()
            }
        }
        return folder.file(name).path
    }

    @Test("long work says a line every ten seconds where no terminal is, and short work says none")
    func logLines() throws {
        let skeletons = LabanProcess.fixture("workout.truth.jsonl")
        let slow = "head -n 100 \(skeletons); sleep 10.2; tail -n +101 \(skeletons) | head -n 100"
        func run(_ input: String) throws -> CommandResult {
            try LabanProcess(
                ["-c", "{ \(input); } | '\(LabanProcess.binary.path)' run - --json"], program: URL(filePath: "/bin/sh")
            ).wait()
        }
        let long = try run(slow)
        #expect(long.status == 0)
        let lines = long.errors.split(separator: "\n").filter { $0.contains(" frames  ") }
        #expect(lines.count >= 1 && lines.allSatisfy { $0.hasSuffix("/s") }, "\(long.errors)")
        #expect(!long.errors.contains("\r") && !long.errors.contains("█"))
        #expect(try !run("cat \(skeletons)").errors.contains(" frames  "))
    }

    @Test("training.csv is there and whole when a training is killed")
    func killed() throws {
        let recordings = try draw([.squat, .wave], clips: 4, into: "recordings")
        let recipe = folder.file("recipe.json")
        try #"{"epochs": 10000, "steps_per_epoch": [2, 2], "batch": 16}"#
            .write(to: recipe, atomically: true, encoding: .utf8)
        let table = folder.file("model/training.csv")
        var rows: [Substring] = []
        do {
            let process = try LabanProcess([
                "train", recordings, "--recipe", recipe.path, "--output", folder.file("model").path,
            ])
            #expect(
                process.wait {
                    rows = ((try? String(contentsOf: table, encoding: .utf8)) ?? "").split(separator: "\n")
                    return rows.count > 20
                }, "\(process.errors)")
            // Killed as it is let go.
        }
        let text = try String(contentsOf: table, encoding: .utf8)
        #expect(text.hasSuffix("\n"))
        let lines = text.split(separator: "\n")
        #expect(lines.count >= rows.count && lines.dropFirst().allSatisfy { $0.split(separator: ",").count == 4 })
    }

    @Test("what a recipe for measuring gets wrong is said at once, all of it, before any set is measured")
    func measuring() throws {
        _ = try draw([.squat], clips: 2, into: "data/gym")
        _ = try draw([.wave], clips: 2, into: "data/hall")
        let recipe = folder.file("recipe.json")
        try #"""
        {"sources": [{"kind": "folder", "path": "gym", "labels": {"squat": "squat"}},
         {"kind": "folder", "path": "hall", "labels": {"waves": "wave", "wave": "hello"}}]}
        """#.write(to: recipe, atomically: true, encoding: .utf8)
        let result = try LabanProcess.run(
            "evaluate", "everyday", "--recipe", recipe.path, "--data", folder.file("data").path)
        #expect(result.status == 2)
        #expect(!result.errors.contains("Measuring on"), "\(result.errors)")
        for part in ["the folder has no label 'waves'", "the model has no class 'hello'"] {
            #expect(result.errors.contains(part), "\(result.errors)")
        }
    }

    @Test("sets are told apart with how much each brings, what is left out is counted, and a model keeps its figures")
    func sets() throws {
        _ = try draw([.squat, .wave], clips: 3, into: "data/gym")
        _ = try draw([.squat, .kick], clips: 2, into: "data/hall")
        let recipe = folder.file("recipe.json")
        try #"""
        {"sources": [{"kind": "folder", "path": "gym", "labels": {"squat": "squat"}},
         {"kind": "folder", "path": "hall", "apart": true, "labels": {"squat": "squat", "kick": "kick"}}]}
        """#.write(to: recipe, atomically: true, encoding: .utf8)
        let models = folder.file("Models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.file("Gestures"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: LabanProcess.checkout.appending(path: "Models/everyday"), to: models.appending(path: "everyday"))
        func laban(_ arguments: String...) throws -> CommandResult {
            try LabanProcess(arguments, variables: ["LABAN_HOME": folder.url.path]).wait()
        }
        let result = try laban(
            "evaluate", models.appending(path: "everyday").path, "--recipe", recipe.path, "--data",
            folder.file("data").path, "--record")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("left out: 3 clips of labels without a class wave"), "\(result.output)")
        let lines = result.lines.map { $0.split(separator: " ").map(String.init) }
        #expect(lines.contains { $0.starts(with: ["gym", "3"]) })
        #expect(lines.contains { $0.starts(with: ["hall", "(apart)", "4"]) })
        #expect(result.lines.last?.hasPrefix("all that nothing was chosen by") == true)
        let list = try laban("models", "list", "--json")
        let everyday = try #require(try EventLines(list.output).events.last)
        #expect((everyday["elsewhere"] as? [String: Any])?["clips"] as? Int == 3)
        #expect((everyday["apart"] as? [String: Any])?["clips"] as? Int == 4)
        #expect(everyday["state"] as? String == "verified")
        #expect(try laban("models", "list").output.contains(" of 4\n"))
    }

    @Test("the model that ships has a digest, and one byte of its weights changed is named and ends with 1")
    func digest() throws {
        let models = folder.file("Models")
        try FileManager.default.createDirectory(at: folder.file("Gestures"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: LabanProcess.checkout.appending(path: "Models"), to: models)
        func verify() throws -> CommandResult {
            try LabanProcess(["models", "verify"], variables: ["LABAN_HOME": folder.url.path]).wait()
        }
        let whole = try verify()
        #expect(whole.output.contains("everyday: verified"), "\(whole.output)")
        let weights = models.appending(path: "everyday/weights.safetensors")
        var bytes = try Data(contentsOf: weights)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: weights)
        let altered = try verify()
        #expect(altered.status == 1)
        #expect(
            altered.output.contains("everyday: altered\n  everyday/weights.safetensors: altered\n"), "\(altered.output)"
        )
        #expect(altered.output.contains("expected sha256 ") && altered.output.contains("found    sha256 "))
    }
}
