import Foundation
import Puppet
import Recordings
import TestSupport
import Testing

@Suite("Leading robots")
struct RobotRunTests {
    private let folder: TemporaryFolder
    /// Somebody who waves, 20 frames a second.
    private let waving: String

    init() throws {
        folder = try TemporaryFolder()
        waving = folder.file("waving.jsonl").path
        let scene = PuppetScene.single(.wave, seconds: 8, seed: 3)
        try SkeletonFileWriter.write((0..<scene.frameCount).lazy.map { scene.frame(at: $0) }, to: waving)
    }

    private static let seven = [
        "--urdf", "Fixtures/robots/seven.urdf", "--srdf", "Fixtures/robots/seven.srdf", "--mapping",
        "Fixtures/robots/seven.yaml",
    ]

    private func laban(_ arguments: [String]) throws -> CommandResult { try LabanProcess(["robot"] + arguments).wait() }

    /// The lines of an output as JSON objects.
    private func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test("skeletons lead an arm: the same commands every time, a hundredth of a second apart, inside every bound")
    func commands() throws {
        let arguments = [waving] + Self.seven + ["--json"]
        let first = try laban(arguments)
        #expect(first.status == 0, "\(first.errors)")
        let events = try objects(first.output)
        let commands = events.filter { $0["phase"] as? String == "update" }
        try #require(commands.count > 500)
        var last: Int64?
        var positions: [[Double]] = []
        for command in commands {
            #expect(command["type"] as? String == "laban.robot")
            #expect(command["dry_run"] as? Bool == true)
            let target = try #require((command["target_us"] as? NSNumber)?.int64Value)
            if let last { #expect(target - last == 10_000) }
            last = target
            positions.append(try #require(command["q"] as? [Double]))
        }
        for joint in 0..<7 {
            let v = zip(positions.dropFirst(), positions).map { ($0[joint] - $1[joint]) * 100 }
            let a = zip(v.dropFirst(), v).map { ($0 - $1) * 100 }
            let jerk = zip(a.dropFirst(), a).map { ($0 - $1) * 100 }
            #expect(v.allSatisfy { abs($0) <= 2.001 })
            #expect(a.allSatisfy { abs($0) <= 10.01 })
            // Eight decimals of a position are 0.04 of a jerk.
            #expect(jerk.allSatisfy { abs($0) <= 1_001 })
        }
        let second = try laban(arguments)
        func moves(_ text: String) throws -> [[Double]] { try objects(text).compactMap { $0["q"] as? [Double] } }
        #expect(try moves(second.output) == moves(first.output))
    }

    @Test("the summary tells how long the arm followed, and that nothing was moved")
    func summary() throws {
        let result = try laban([waving] + Self.seven)
        #expect(result.status == 0)
        #expect(result.output.contains("FOLLOWED"))
        #expect(result.output.contains("upper arm"))
        #expect(result.errors.contains("Dry run"))
    }

    @Test("trajectories have names, positions, velocities, accelerations and a time")
    func trajectory() throws {
        let result = try laban([waving, "--trajectory"] + Self.seven)
        let lines = try objects(result.output)
        try #require(lines.count > 500)
        let names = try #require(lines[0]["joint_names"] as? [String])
        #expect(names.count == 7)
        let point = try #require((lines[0]["points"] as? [[String: Any]])?.first)
        for key in ["positions", "velocities", "accelerations"] { #expect((point[key] as? [Double])?.count == 7) }
        #expect((point["time_from_start"] as? [String: Any])?["nanosec"] != nil)
    }

    @Test("a demonstration's skeletons lead the arm again to the same commands")
    func demonstration() throws {
        let place = folder.file("demo").path
        let result = try laban([waving, "--record", place] + Self.seven)
        #expect(result.status == 0, "\(result.errors)")
        func moves(_ text: String) throws -> [[Double]] { try objects(text).compactMap { $0["q"] as? [Double] } }
        let recorded = try moves(String(contentsOfFile: place + "/commands.jsonl", encoding: .utf8))
        let again = try moves(try laban([place + "/skeletons.jsonl", "--json"] + Self.seven).output)
        #expect(recorded.count > 500)
        #expect(again.count == recorded.count)
        // Skeleton lines carry four decimals of a metre.
        let worst = zip(again, recorded).flatMap { zip($0, $1).map { abs($0 - $1) } }.max() ?? 1
        #expect(worst < 0.02)
    }

    @Test("a first mapping is written, checked and taken; one that is there is left alone")
    func mapping() throws {
        let place = folder.file("five.yaml").path
        let urdf = ["--urdf", "Fixtures/robots/five.urdf"]
        #expect(try laban(["init"] + urdf + ["--output", place]).status == 0)
        let again = try laban(["init"] + urdf + ["--output", place])
        #expect(again.status == 2)
        #expect(again.errors.contains("--force"))
        let check = try laban(["check"] + urdf + ["--mapping", place])
        #expect(check.status == 0, "\(check.errors)")
        #expect(check.output.contains("wrist_vector"))
        #expect(try laban([waving, "--mapping", place] + urdf).status == 0)
    }

    @Test("a bad description or mapping is told with its line, and nothing moves")
    func badFiles() throws {
        let urdf = folder.file("bad.urdf").path
        let text = try String(contentsOfFile: "Fixtures/robots/seven.urdf", encoding: .utf8)
        try text.replacing("upper=\"0.05\"", with: "upper=\"-9\"").write(
            toFile: urdf, atomically: true, encoding: .utf8)
        let bad = try laban([waving, "--urdf", urdf, "--json"])
        #expect(bad.status == 2)
        #expect(bad.output.isEmpty)
        #expect(bad.errors.contains("\(urdf):"))
        #expect(bad.errors.contains("joint elbow"))
        let mapping = folder.file("bad.yaml").path
        let yaml = try String(contentsOfFile: "Fixtures/robots/seven.yaml", encoding: .utf8)
        try yaml.replacing("side: right", with: "side: rihgt").write(toFile: mapping, atomically: true, encoding: .utf8)
        let other = try laban(
            ["check", "--urdf", "Fixtures/robots/seven.urdf", "--mapping", mapping])
        #expect(other.status == 2)
        #expect(other.errors.contains("left or right"))
        #expect(try laban([waving, "--person", "tall"] + Self.seven).status == 2)
        #expect(try laban([waving, "--urdf", "/nowhere.urdf"]).status == 2)
    }
}
