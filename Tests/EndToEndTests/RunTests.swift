import Foundation
import TestSupport
import Testing

@Suite("laban run", .serialized)
struct RunTests {
    @Test("the workout gives its repetitions, no others, and one action for each exercise")
    func workout() throws {
        let folder = try TemporaryFolder()
        let events = folder.file("events.jsonl")
        let result = try LabanProcess.run(
            "run", LabanProcess.fixture("workout.mp4"), "--events", events.path,
            "--skeletons", folder.file("skeletons.jsonl").path, "--sheet", folder.file("sheet.png").path)
        #expect(result.status == 0, "\(result.errors)")
        let lines = try EventLines(file: events)

        let truth = try String(contentsOfFile: LabanProcess.fixture("workout.truth.csv"), encoding: .utf8)
        for exercise in ["squat", "jumping_jack", "push_up"] {
            let expected = truth.split(separator: "\n").count {
                $0.hasPrefix("repetition,") && $0.contains(",\(exercise),")
            }
            #expect(expected > 0)
            #expect(lines.of("laban.rep", label: exercise).count == expected, "\(exercise)")
            // An update may have corrected the label: the one at the end counts.
            #expect(lines.of("laban.action", label: exercise, phase: "end").count == 1, "\(exercise)")
        }
        #expect(lines.of("laban.track", phase: "begin").count == 1)
        #expect(result.output.contains("jumping_jack"))
        #expect(
            FileManager.default.contents(atPath: folder.file("sheet.png").path)?.starts(with: [0x89, 0x50]) == true)

        // The recorded skeletons, replayed, count the same.
        let replay = try LabanProcess.run("run", folder.file("skeletons.jsonl").path, "--json")
        #expect(replay.status == 0, "\(replay.errors)")
        let again = try EventLines(replay.output)
        for exercise in ["squat", "jumping_jack", "push_up"] {
            #expect(again.of("laban.rep", label: exercise).count == lines.of("laban.rep", label: exercise).count)
        }
    }

    @Test("every event that begins ends, with a reason, and sequence numbers have no holes")
    func wellFormed() throws {
        let result = try LabanProcess.run("run", LabanProcess.fixture("everyday.mp4"), "--json")
        #expect(result.status == 0, "\(result.errors)")
        let lines = try EventLines(result.output)
        var open: Set<String> = []
        var sequences: [String: Int] = [:]
        for event in lines.events {
            let id = try #require(event["id"] as? String)
            let stream = try #require(event["stream"] as? String)
            let sequence = try #require(event["seq"] as? Int)
            #expect(sequence == (sequences[stream] ?? 0) + 1)
            sequences[stream] = sequence
            switch event["phase"] as? String {
            case "begin": open.insert(id)
            case "update": #expect(open.contains(id))
            case "end":
                open.remove(id)
                #expect(event["reason"] is String)
            default: Issue.record("no phase in \(event)")
            }
        }
        #expect(open.isEmpty)
        #expect(lines.of("laban.gesture", label: "raise_hand", phase: "begin").count == 2)
        #expect(lines.of("laban.gesture", label: "arms_sideways", phase: "begin").count == 2)
        for action in ["arms_sideways", "clap", "bend", "punch"] {
            #expect(lines.of("laban.action", label: action, phase: "end").count == 1, "\(action)")
        }
        #expect(lines.of("laban.gesture", label: "wave", phase: "begin").count == 1)
        #expect(lines.of("laban.action", label: "walk", phase: "begin").count >= 1)
    }

    @Test(
        "three people who cross are three tracks from beginning to end, and the same file gives the same events twice")
    func crossing() throws {
        let runs = try (0..<2).map { _ in try LabanProcess.run("run", LabanProcess.fixture("crossing.mp4"), "--json") }
        #expect(runs.allSatisfy { $0.status == 0 })
        #expect(try EventLines.comparable(runs[0].output) == EventLines.comparable(runs[1].output))
        #expect(try EventLines(runs[0].output).of("laban.track", phase: "begin").count == 3)
    }

    @Test("Ctrl-C ends open events and says why")
    func interrupt() throws {
        let process = try LabanProcess(["run", LabanProcess.fixture("workout.mp4"), "--json"])
        #expect(process.waitForOutput { $0.contains("laban.track") })
        process.interrupt()
        let result = process.wait()
        #expect(result.status == 0)
        let lines = try EventLines(result.output)
        let ends = lines.of("laban.track", phase: "end")
        #expect(ends.count == lines.of("laban.track", phase: "begin").count)
        #expect(ends.last?["reason"] as? String == "stopped")
        #expect(lines.of("laban.camera", phase: "end").last?["reason"] as? String == "stopped")
    }

    @Test("a drawn video is a video of the same length")
    func render() throws {
        let folder = try TemporaryFolder()
        let drawn = folder.file("drawn.mp4")
        let result = try LabanProcess.run("run", LabanProcess.fixture("crossing.mp4"), "--render", drawn.path)
        #expect(result.status == 0, "\(result.errors)")
        let again = try LabanProcess.run("run", drawn.path, "--json", "--model", "none")
        #expect(again.status == 0, "\(again.errors)")
        let frames = { (text: String) in try EventLines(text).of("laban.camera", phase: "end").first?["frames"] as? Int
        }
        let original = try LabanProcess.run("run", LabanProcess.fixture("crossing.mp4"), "--json", "--model", "none")
        #expect(try frames(again.output) == frames(original.output))
        #expect(try #require(try frames(original.output)) > 100)
    }

    private static let otherAllocator = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2"

    @Test(
        "another allocator can take the place of the system's",
        .enabled(if: FileManager.default.fileExists(atPath: otherAllocator)))
    func allocator() throws {
        let process = try LabanProcess(
            ["run", LabanProcess.fixture("workout.truth.jsonl"), "--json"],
            variables: ["LD_PRELOAD": Self.otherAllocator])
        let result = process.wait()
        #expect(result.status == 0 && !result.lines.isEmpty, "\(result.errors)")
    }
}
