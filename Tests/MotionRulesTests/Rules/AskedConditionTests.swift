import MarkedYAML
import MotionRules
import TestSupport
import Testing

struct AskedConditionTests {
    private func faults(_ text: String) throws -> [YAMLFileError] {
        try #require(throws: YAMLFileError.self) { try MotionRule(yaml: text, file: "r.yaml") }.each
    }

    private func gesture(_ when: String, more: String = "") -> String {
        "gesture: shown\nwhen: \(when)\nhold: 0.2\ngap: 0.3\n\(more)"
    }

    @Test("each name of a family is a gesture by its own word")
    func family() throws {
        let text = gesture("{hand: itself}").replacing("gesture: shown", with: "gesture: [fist, thumb_up]")
        let rules = try MotionRule.all(YAMLNode(yaml: text, file: "r.yaml"))
        #expect(rules.map(\.name) == ["fist", "thumb_up"])
        guard case .gesture(let gesture) = rules[1] else { return }
        #expect(gesture.measures.map(\.name) == ["greatest_hand_thumb_up"])
    }

    @Test(
        "a wrong word is told with its place and the nearest ones",
        arguments: [
            ("{hand: fists}", "r.yaml:2:14: expected a hand shape, found 'fists'; nearest: fist"),
            ("{hand: itself}", "r.yaml:2:14: expected a hand shape, found 'shown', the gesture's own name"),
            ("{posture: t_poze}", "r.yaml:2:17: expected a posture, found 't_poze'; nearest: t_pose"),
            ("{moved: lefd, by: 1, within: 1}", "r.yaml:2:15: expected a direction, found 'lefd'; nearest: left"),
            ("{moved: left, by: 1, within: 9}", "r.yaml:2:36: expected 0.1 to 5 seconds"),
            ("{moved: left, by: 0, within: 1}", "r.yaml:2:25: expected a number above 0"),
            ("{circling: left, turns: 1, within: 1}", "r.yaml:2:18: expected a sense"),
            ("{hand: fist, side: own}", "r.yaml:2:26: expected one of 'left', 'right', 'either', 'both'"),
            ("{hand: fist, above: 2}", "r.yaml:2:27: expected 0.00 to 1.00"),
            ("{hand: fist, above: 0.5, release: 0.7}", "r.yaml:2:41: expected at most 0.5"),
            ("{hand: fist, finger: 2}", "r.yaml:2:28: expected one of the keys"),
            ("{steps: [{hand: fist}], between: 1}", "expected at least two steps"),
            ("{steps: [{hand: fist}, {hand: palm}]}", "between"),
        ])
    func wrongWords(when: String, expected: String) throws {
        let found = try faults(gesture(when)).map { "\($0)" }.joined(separator: "\n")
        #expect(found.contains(expected), "\(found)")
    }

    @Test("names of a family are told once")
    func repeated() throws {
        let text = gesture("{hand: itself}").replacing("gesture: shown", with: "gesture: [fist, ok, fist]")
        #expect(try faults(text).map { $0.column ?? 0 } == [21])
    }

    @Test("control takes one of three words")
    func control() throws {
        #expect(try faults(gesture("{hand: fist}", more: "control: mine")).map(\.line) == [5])
    }

    @Test("an exercise cannot ask for hand shapes")
    func exercise() throws {
        let found = try faults(
            """
            exercise: squeeze
            phases:
              - name: open
                when: {hand: palm}
              - name: closed
                when: {measure: index_curl, above: 0.5, release: 0.4}
            range: {measure: index_curl, rises: 0.3}
            """)
        #expect(found.map(\.line) == [4])
    }
}
