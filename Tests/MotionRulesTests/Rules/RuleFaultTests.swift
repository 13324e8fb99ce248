import Foundation
import MarkedYAML
import MotionRules
import TestSupport
import Testing

struct RuleFaultTests {
    private static let exercise = """
        exercise: dip
        phases:
          - name: up
            when: {measure: knee, above: 150, release: 140}
          - name: down
            when: {measure: knee, below: 100, release: 110}
        range: {measure: knee, falls: 25}
        duration: {at_least: 0.3, at_most: 8}
        """
    private static let gesture = """
        gesture: stretch
        when:
          all:
            - {measure: left_arm, above: 150, release: 140}
        hold: 0.2
        gap: 0.3
        """

    private func faults(_ text: String) throws -> [YAMLFileError] {
        try #require(throws: YAMLFileError.self) { try MotionRule(yaml: text, file: "r.yaml") }.each
    }

    @Test("a wrong word for the sides hides no other fault")
    func wrongSides() throws {
        let found = try faults(
            Self.gesture.replacing("when:", with: "sides: both\nwhen:").replacing("left_arm", with: "own_arn"))
        #expect(found.map(\.line) == [2, 5])
    }

    @Test("everything that is wrong with a file is said at once, each fault at its place")
    func all() throws {
        let found = try faults(
            """
            exercise: Dip
            colour: red
            phases:
              - name: up
                when: {measure: left_kne, above: 150, release: 140}
              - name: up
                when: {measure: knee, below: 400, release: x}
            range: {measure: knee, falls: 400}
            duration: {at_least: -1, at_most: 8}
            patience: nan
            """)
        #expect(
            found.map { "\($0.line ?? 0):\($0.column ?? 0)" } == [
                "1:11", "2:9", "5:21", "6:11", "7:34", "7:48", "8:31", "9:22", "10:11",
            ], "\(found)")
    }

    @Test(
        "a misspelt measure gets the three nearest names",
        arguments: [
            ("left_kne", "left_knee"), ("leftKnee", "left_knee"), ("knee_left", "left_knee"),
            ("left_wrist", "left_wrist_speed"), ("hip_depth", "hip_drop"), ("torsoo", "torso"), ("kene", "knee"),
            ("arms_span", "arm_span"), ("left-elbow", "left_elbow"),
        ])
    func nearest(written: String, meant: String) throws {
        let fault = try #require(try faults(Self.gesture.replacing("left_arm", with: written)).first)
        let names = try #require(fault.message.components(separatedBy: "nearest: ").last)
            .components(separatedBy: " (")[0].components(separatedBy: ", ")
        #expect(names.count == 3 && names.contains(meant), "\(fault)")
        #expect(names.allSatisfy { Measure.named($0) != nil })
    }

    @Test("a misspelt key gets the nearest names")
    func nearestKeys() throws {
        #expect(
            try faults(Self.exercise.replacing("phases:", with: "phase:")).contains {
                $0.message.contains("nearest: phases")
            })
        #expect(
            try faults(Self.gesture.replacing("above", with: "abvoe")).contains {
                $0.message.contains("nearest: above")
            })
    }

    @Test(
        "rules that can never be met are refused with the reason",
        arguments: [
            (
                "falls: 25", "falls: 400",
                "expected at most 180 degrees, farther than which 'knee' cannot move, found '400'"
            ),
            ("falls: 25", "rises: 25", "expected 'falls': by the phases 'knee' goes from 150…180 to 0…100"),
            ("falls: 25", "falls: inf", "expected a number, found 'inf'"),
            ("falls: 25", "falls: -3", "expected a number above 0, found '-3'"),
            ("above: 150", "above: 190", "expected 0 to 180 degrees, which 'knee' can be, found '190'"),
            ("above: 150", "above: .nan", "expected a number, found '.nan'"),
            (
                "below: 100, release: 110", "below: 160, release: 165",
                "overlap 'up', found that both hold with 'knee' from 150 to 160 degrees"
            ),
            ("at_most: 8", "at_most: 0.1", "expected at_least ≤ at_most"),
            ("{at_least: 0.3, at_most: 8}", "{at_least: 0, at_most: 0}", "or no repetition ever counts"),
            ("{measure: knee, below: 100, release: 110}", "{all: []}", "expected a list with entries"),
            ("{measure: knee, below: 100, release: 110}", "", "expected a mapping, found nothing"),
            (
                "{measure: knee, below: 100, release: 110}",
                "{all: [{measure: knee, below: 60, release: 65}, {measure: knee, above: 90, release: 80}]}",
                "found 'knee' below 60 degrees and 'knee' above 90 degrees, which never are"
            ),
            (
                "{measure: knee, below: 100, release: 110}",
                "{all: [{measure: least_hip, above: 90, release: 80}, {measure: greatest_hip, below: 60, release: 70}]}",
                "'least_hip' above 90 degrees and 'greatest_hip' below 60 degrees, which never are"
            ),
            (
                "{measure: knee, below: 100, release: 110}",
                "{all: [{measure: hip, above: 90, release: 80}, {none: [{measure: hip, above: 40, release: 35}]}]}",
                "which never are: this can never hold"
            ),
        ])
    func impossible(part: String, replacement: String, expected: String) throws {
        let found = try faults(Self.exercise.replacing(part, with: replacement))
        #expect(found.contains { $0.message.contains(expected) }, "\(found)")
        #expect(found.allSatisfy { $0.line != nil && $0.column != nil })
    }

    @Test(
        "conditions that hysteresis or another side can meet are kept",
        arguments: [
            // Held from above while it begins from below.
            "{all: [{measure: hip, above: 100, release: 60}, {measure: hip, below: 80, release: 120}, {measure: knee, below: 90, release: 95}]}",
            "{all: [{measure: left_knee, below: 60, release: 70}, {measure: right_knee, above: 120, release: 110}, {measure: knee, below: 100, release: 105}]}",
            "{measure: knee, below: 150, release: 155}",
            "{all: [{measure: thigh, above: 60, release: 50}, {measure: torso, below: 60, release: 70}]}",
        ])
    func possible(when: String) throws {
        _ = try MotionRule(
            yaml: Self.exercise.replacing("{measure: knee, below: 100, release: 110}", with: when), file: "r.yaml")
    }

    @Test("a rule with sides says a fault once, and 'own_' without sides says what it needs")
    func sides() throws {
        let own = Self.gesture.replacing("left_arm", with: "own_arm")
        #expect(try faults(own).map(\.message).joined().contains("needs a gesture with 'sides'"))
        let sided = own.replacing("when:", with: "sides: each\nwhen:").replacing("own_arm", with: "own_ram")
        #expect(try faults(sided).count == 1)
        #expect(try faults(sided)[0].message.contains("own_arm"))
    }

    @Test("all files of a folder are checked in one go, and a name used twice has its place")
    func folder() throws {
        let folder = try TemporaryFolder()
        try Self.gesture.write(to: folder.file("a.yaml"), atomically: true, encoding: .utf8)
        try ("# again\n" + Self.gesture).write(to: folder.file("b.yaml"), atomically: true, encoding: .utf8)
        try "gesture: x\n".write(to: folder.file("c.yaml"), atomically: true, encoding: .utf8)
        try Data([0x61, 0x0A, 0x62, 0xFF]).write(to: folder.file("d.yaml"))
        let error = try #require(throws: YAMLFileError.self) { try MotionRuleSet(folder: folder.url) }
        let places = error.each.map { "\(URL(filePath: $0.file).lastPathComponent):\($0.line ?? 0):\($0.column ?? 0)" }
        #expect(places == ["b.yaml:2:10", "c.yaml:1:1", "c.yaml:1:1", "c.yaml:1:1", "d.yaml:2:2"])
        #expect(error.description.split(separator: "\n").count == 5)
    }

    @Test("every fault of an altered rule file has a file, a line and a column")
    func mutations() throws {
        var random = SeededGenerator(seed: 5)
        let files = try FileManager.default
            .contentsOfDirectory(at: MotionRuleTests.shipped, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
        let folder = try TemporaryFolder()
        let file = folder.file("r.yaml")
        for round in 0..<600 {
            let bytes = [UInt8](try Data(contentsOf: files[round % files.count])).mutated(using: &random)
            do {
                if round % 2 == 0 {
                    try Data(bytes).write(to: file)
                    _ = try MotionRuleSet.rule(at: file)
                } else {
                    _ = try MotionRule(yaml: String(decoding: bytes, as: UTF8.self), file: "r.yaml")
                }
            } catch let error as YAMLFileError {
                for fault in error.each {
                    #expect(fault.file.hasSuffix("r.yaml") && fault.line != nil && fault.column != nil, "\(fault)")
                }
            }
        }
    }
}
