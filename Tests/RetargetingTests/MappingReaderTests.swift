import Foundation
import MarkedYAML
import Retargeting
import Robots
import TestSupport
import Testing

struct MappingReaderTests {
    private static let robots = ["seven", "five"]

    private static func robot(_ name: String) throws -> RobotDescription {
        try URDFReader.read("Fixtures/robots/\(name).urdf")
    }

    @Test("the mappings beside the small robots are what laban robot init writes for them", arguments: robots)
    func fixtures(_ name: String) throws {
        let robot = try Self.robot(name)
        let text = try String(contentsOfFile: "Fixtures/robots/\(name).yaml", encoding: .utf8)
        #expect(RobotMapping.proposal(for: robot).yaml(for: robot) == text.trimmingSuffix("\n") + "\n")
    }

    @Test("what is proposed is read back with the same arms", arguments: robots)
    func roundTrip(_ name: String) throws {
        let robot = try Self.robot(name)
        let proposal = RobotMapping.proposal(for: robot)
        let (back, warnings) = try MappingReader.read(yaml: proposal.yaml(for: robot), file: "m.yaml", for: robot)
        #expect(warnings.isEmpty)
        #expect(back.arms.count == 1)
        #expect(back.arms.map(\.joints) == proposal.arms.map(\.joints))
        #expect(back.arms.map(\.elbow) == proposal.arms.map(\.elbow))
        #expect(back.arms[0].mode == (name == "seven" ? .armDirections : .wristVector))
        #expect(back.arms[0].grip?.joint == proposal.arms[0].grip?.joint)
        #expect(back.safety == proposal.safety)
        _ = try RobotController(mapping: back, robot: robot)
    }

    private static let good = """
        version: 1
        robot: seven
        bounds: {velocity: 2, acceleration: 10, jerk: 1000}
        joints:
          elbow: {lower: -120, upper: 0, velocity: 1}
        arms:
          - name: right
            side: right
            mode: arm_directions
            shoulder: shoulder_lift_link
            elbow: forearm
            wrist: wrist_bend_link
            tip: hand
            mount: {roll: 90}
            rest: {elbow: -90}
            grip: {joint: grip, open: 0.04, closed: 0}
        safety: {silence: 0.08, visibility: 0.6, blend: 1, speed: 0.5, dead_man: open_palm}
        clearance: 0.02
        """

    @Test("angles are degrees, and all that is told is kept")
    func values() throws {
        let (mapping, _) = try MappingReader.read(yaml: Self.good, file: "m.yaml", for: Self.robot("seven"))
        #expect(abs((mapping.jointBounds["elbow"]?.lower ?? 0) + 2 * .pi / 3) < 1e-12)
        #expect(abs((mapping.arms[0].rest["elbow"] ?? 0) + .pi / 2) < 1e-12)
        #expect((mapping.arms[0].mount * Vector3(0, 1, 0) - Vector3(0, 0, 1)).length < 1e-12)
        #expect(mapping.safety.silence == .milliseconds(80))
        #expect(mapping.safety.speed == 0.5)
        #expect(mapping.safety.deadMan == "open_palm")
        #expect(mapping.clearance == 0.02)
    }

    @Test(
        "faults are told with their line and what was expected",
        arguments: [
            ("version: 1", "version: 2", 1, "expected version 1"),
            ("robot: seven", "robots: seven", 2, "nearest"),
            ("velocity: 2,", "velocity: fast,", 3, "rad/s"),
            ("  elbow: {lower", "  elbo: {lower", 5, "nearest: elbow"),
            ("lower: -120", "lower: -190", 5, "inside its limits"),
            ("lower: -120", "lower: 1", 5, "lower below upper"),
            ("velocity: 1}", "velocity: 9}", 5, "no faster"),
            ("side: right", "side: middle", 8, "left or right"),
            ("mode: arm_directions", "mode: directions", 9, "arm_directions or wrist_vector"),
            ("elbow: forearm", "elbow: fore_arm", 11, "nearest: forearm"),
            ("wrist: wrist_bend_link", "wrist: post", 7, "in this order"),
            ("mount: {roll: 90}", "mount: {roll: 900}", 14, "degrees"),
            ("rest: {elbow: -90}", "rest: {elbow: 90}", 15, "at rest inside its limits"),
            ("grip: {joint: grip,", "grip: {joint: hand,", 16, "moving joint"),
            ("silence: 0.08", "silence: 3", 17, "0.02 to 0.1"),
            ("speed: 0.5", "speed: 2", 17, "0.01 to 1.0"),
            ("clearance: 0.02", "clearance: -1", 18, "metres"),
        ])
    func faults(_ part: String, _ other: String, _ line: Int, _ message: String) throws {
        let text = Self.good.replacing(part, with: other)
        try #require(text != Self.good)
        let error = try #require(throws: YAMLFileError.self) {
            try MappingReader.read(yaml: text, file: "m.yaml", for: Self.robot("seven"))
        }
        #expect(error.each.contains { $0.line == line && $0.message.contains(message) }, "\(error)")
    }

    @Test("all faults are told at once")
    func together() throws {
        let text = Self.good.replacing("side: right", with: "side: up").replacing("speed: 0.5", with: "speed: 5")
            .replacing("clearance: 0.02", with: "clearance: x")
        let error = try #require(throws: YAMLFileError.self) {
            try MappingReader.read(yaml: text, file: "m.yaml", for: Self.robot("seven"))
        }
        #expect(error.each.count == 3)
    }

    @Test("a joint in two arms is refused")
    func shared() throws {
        let robot = try Self.robot("seven")
        let arm = Self.good.split(separator: "\n", omittingEmptySubsequences: false)[6..<16].joined(separator: "\n")
        let text = Self.good.replacing(arm, with: arm + "\n" + arm.replacing("name: right", with: "name: other"))
        let error = try #require(throws: YAMLFileError.self) {
            try MappingReader.read(yaml: text, file: "m.yaml", for: robot)
        }
        #expect(error.message.contains("each joint in one arm"))
    }

    @Test("mutated mappings are read or refused, and never crash")
    func mutations() throws {
        var generator = SeededGenerator(seed: 6)
        let robot = try Self.robot("seven")
        for _ in 0..<1_000 {
            let bytes = Array(Self.good.utf8).mutated(using: &generator)
            guard let text = String(validating: bytes, as: UTF8.self) else { continue }
            guard let read = try? MappingReader.read(yaml: text, file: "m.yaml", for: robot) else { continue }
            _ = try? RobotController(mapping: read.mapping, robot: robot)
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        var text = self
        while text.last == character { text.removeLast() }
        return text
    }
}
