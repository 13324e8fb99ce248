import Foundation
import MarkedYAML
import MotionRules
import Shapes
import TestSupport
import Testing

struct MotionRuleTests {
    static let shipped = Checkout.gestures

    @Test("the shipped folder holds the exercises and gestures promised")
    func shippedRules() throws {
        let rules = try MotionRuleSet(folder: Self.shipped)
        #expect(
            rules.exercises.map(\.name) == [
                "bench_press", "bicep_curl", "burpee", "deadlift", "front_raise", "jumping_jack", "lateral_raise",
                "leg_raise", "lunge", "pull_up", "push_up", "rope_pushdown", "sit_up", "squat",
            ])
        #expect(rules.holds.map(\.label) == ["plank"])
        let labels = Set(rules.gestures.map(\.label))
        #expect(labels.isSuperset(of: ["arms_crossed", "arms_sideways", "raise_hand", "wave"]))
        let motions = try MotionRuleSet(folder: Self.shipped.appending(path: "motions"))
        #expect(
            motions.gestures.map(\.label) == [
                "beckon", "circle_clockwise", "circle_counterclockwise", "clap", "push", "swipe_down", "swipe_left",
                "swipe_right", "swipe_up",
            ])
        #expect(labels.isDisjoint(with: motions.names))
        // Each hand shape and each body signal that nobody gives by standing about.
        #expect(rules.gestures.count { $0.networks == [.hand] } == 26)
        #expect(rules.gestures.count { $0.networks == [.body] } == 15)
    }

    private static let gesture = """
        gesture: stretch
        when:
          all:
            - {measure: left_arm, above: 150, release: 140}
        hold: 0.2
        gap: 0.3
        """

    @Test(
        "errors name the file, the line, the column, what was expected and what was found",
        arguments: [
            ("above: 150", "above: high", "r.yaml:4:34: expected a number, found 'high'"),
            ("left_arm", "left_leg", "r.yaml:4:17: expected a measure"),
            ("release: 140", "release: 160", "r.yaml:4:48: expected at most 150.0, found '160'"),
            ("hold: 0.2", "hold: -1", "r.yaml:5:7: expected 0 to 3600 seconds, found '-1'"),
            ("gap: 0.3", "gape: 0.3", "r.yaml:6:7: expected one of the keys"),
            ("gap: 0.3", "about: x", "r.yaml:1:1: expected the key 'gap', found none"),
            ("gesture: stretch", "gesture: Stretch!", "r.yaml:1:10: expected a word of a-z, 0-9 and _"),
            ("gesture: stretch", "gestures: stretch", "r.yaml:1:1: expected the key 'exercise' or 'gesture'"),
            ("all:", "all: {}", "r.yaml:4:5: expected YAML, found"),
            ("above: 150, ", "", "r.yaml:4:7: expected one of 'above', 'below', 'within'"),
            ("above: 150", "within: [150, 20]", "expected two numbers, the lower first"),
            ("hold: 0.2", "hold: 0.2\nhold: 0.3", "expected each key once"),
        ])
    func errors(part: String, replacement: String, expected: String) throws {
        let text = Self.gesture.replacing(part, with: replacement)
        let error = try #require(throws: YAMLFileError.self) { try MotionRule(yaml: text, file: "r.yaml") }
        #expect(error.description.contains(expected), "\(error)")
    }

    @Test("a rule made for each side asks for left and right in turn")
    func sides() throws {
        let text = Self.gesture.replacing("left_arm", with: "own_arm").replacing("when:", with: "sides: each\nwhen:")
        guard case .gesture(let gesture) = try MotionRule(yaml: text, file: "r.yaml") else {
            Issue.record("not a gesture")
            return
        }
        #expect(gesture.variants.map { $0.measures.map(\.name) } == [["left_arm"], ["right_arm"]])
        guard
            case .gesture(let one) = try MotionRule(yaml: text.replacing("each", with: "either"), file: "r.yaml")
        else {
            Issue.record("not a gesture")
            return
        }
        #expect(one.variants.map { $0.measures.map(\.name) } == [["left_arm", "right_arm"]])
        #expect(throws: YAMLFileError.self) {
            try MotionRule(yaml: Self.gesture.replacing("left_arm", with: "own_arm"), file: "r.yaml")
        }
    }

    @Test("an empty file, a missing folder and two rules of one name are errors")
    func folders() throws {
        #expect(throws: YAMLFileError.self) { try MotionRule(yaml: "", file: "r.yaml") }
        let folder = try TemporaryFolder()
        #expect(throws: YAMLFileError.self) { try MotionRuleSet(folder: folder.file("none")) }
        try Self.gesture.write(to: folder.file("a.yaml"), atomically: true, encoding: .utf8)
        try "not a rule".write(to: folder.file("notes.txt"), atomically: true, encoding: .utf8)
        #expect(try MotionRuleSet(folder: folder.url).gestures.map(\.label) == ["stretch"])
        let elsewhere = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(at: elsewhere.file("link"), withDestinationURL: folder.url)
        #expect(try MotionRuleSet(folder: elsewhere.file("link")).gestures.map(\.label) == ["stretch"])
        try Self.gesture.write(to: folder.file("b.yaml"), atomically: true, encoding: .utf8)
        let error = try #require(throws: YAMLFileError.self) { try MotionRuleSet(folder: folder.url) }
        #expect(error.file.hasSuffix("b.yaml") && error.message.contains("stretch"))
        try Data([0x61, 0xFF, 0xFE]).write(to: folder.file("b.yaml"))
        #expect(throws: YAMLFileError.self) { try MotionRuleSet(folder: folder.url) }
    }

    @Test("aliases that unfold to very much are refused")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<9 {
            let last = "*a\(level - 1)"
            text += "a\(level): &a\(level) [" + Array(repeating: last, count: 10).joined(separator: ", ") + "]\n"
        }
        #expect(throws: YAMLFileError.self) { try MotionRule(yaml: text, file: "r.yaml") }
    }

    @Test("altered rule files are read or refused, and never crash")
    func mutations() throws {
        var random = SeededGenerator(seed: 3)
        let files = try FileManager.default.contentsOfDirectory(at: Self.shipped, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
        var refused = 0
        for round in 0..<1200 {
            let bytes = [UInt8](try Data(contentsOf: files[round % files.count])).mutated(using: &random)
            do {
                _ = try MotionRule(yaml: String(decoding: bytes, as: UTF8.self), file: "r.yaml")
            } catch {
                refused += 1
                #expect(!error.message.isEmpty)
            }
        }
        #expect((200..<1200).contains(refused))
    }
}
