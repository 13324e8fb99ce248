import Foundation
import MarkedYAML
import MotionRules
import Skeleton
import TestSupport
import Testing

struct HandGestureTests {
    private func gestures(_ text: String) throws -> [Gesture] {
        try MotionRule.all(YAMLNode(yaml: text, file: "r.yaml")).compactMap {
            if case .gesture(let gesture) = $0 { gesture } else { nil }
        }
    }

    private func begins(_ rules: [String], _ frames: [SkeletonFrame]) throws -> [SegmentChange] {
        var recogniser = GestureRecogniser(gestures: try rules.flatMap { try gestures($0) })
        return frames.flatMap { recogniser.update($0) }.filter { $0.phase == .begin }
    }

    private func moved(_ direction: String, by way: Float = 0.5) -> String {
        """
        gesture: went
        when: {moved: \(direction), by: \(way), within: 0.5}
        hold: 0
        gap: 0.2
        """
    }

    @Test(
        "a hand alone that goes one way is told from one that goes another",
        arguments: [
            ("left", SIMD2<Float>(0.4, 0)), ("right", SIMD2(-0.4, 0)), ("up", SIMD2(0, -0.4)), ("down", SIMD2(0, 0.4)),
        ])
    func directions(direction: String, way: SIMD2<Float>) throws {
        for other in ["left", "right", "up", "down"] {
            let found = try begins([moved(other)], HandMotion.move(way))
            #expect(found.count == (other == direction ? 1 : 0), "\(other)")
        }
    }

    @Test("outward is to the left for the left hand and to the right for the right one")
    func mirrored() throws {
        for (side, sign) in [(HandPose.Side.left, Float(1)), (.right, -1)] {
            #expect(try begins([moved("outward")], HandMotion.move(SIMD2(0.4 * sign, 0), side: side)).count == 1)
            #expect(try begins([moved("inward")], HandMotion.move(SIMD2(0.4 * sign, 0), side: side)).isEmpty)
        }
    }

    @Test("slow ways are not those that must be quick")
    func slow() throws {
        #expect(try begins([moved("left")], HandMotion.move(SIMD2(0.4, 0), frames: 45)).isEmpty)
    }

    @Test("a circle has its sense, and half a circle is none", arguments: [Float(1), -1])
    func circles(sense: Float) throws {
        let rule = { (word: String) in
            "gesture: round\nwhen: {circling: \(word), turns: 0.9, within: 2}\nhold: 0\ngap: 0.5\n"
        }
        func frames(_ turns: Float) -> [SkeletonFrame] {
            HandMotion.frames(
                (0..<Int(40 * turns)).map { step in
                    let angle = Double(step) / 40 * 2 * .pi * Double(sense)
                    return HandMotion.hand(at: SIMD2(0.5 + 0.15 * Float(cos(angle)), 0.5 + 0.15 * Float(sin(angle))))
                })
        }
        // In a picture, whose y grows downwards, this turns clockwise; the person sees it the other way round.
        let (word, other) = sense > 0 ? ("counterclockwise", "clockwise") : ("clockwise", "counterclockwise")
        #expect(try begins([rule(word)], frames(1.3)).count == 1)
        #expect(try begins([rule(other)], frames(1.3)).isEmpty)
        #expect(try begins([rule(word)], frames(0.55)).isEmpty)
    }

    private static let rolls = """
        gesture: rolled
        when:
          steps:
            - {measure: greatest_middle_curl, below: 0.1, release: 0.2}
            - {measure: greatest_middle_curl, above: 0.4, release: 0.3}
          between: 0.5
        hold: 0
        gap: 0.2
        """

    @Test("steps count in their order and in their time")
    func steps() throws {
        func frames(_ curls: [(Float, Int)]) -> [SkeletonFrame] {
            HandMotion.frames(
                curls.flatMap { Array(repeating: HandMotion.hand(at: SIMD2(0.5, 0.5), curl: $0.0), count: $0.1) })
        }
        #expect(try begins([Self.rolls], frames([(0, 10), (1, 10)])).count == 1)
        #expect(try begins([Self.rolls], frames([(1, 20)])).isEmpty)
        #expect(try begins([Self.rolls], frames([(0, 10), (0.12, 30), (1, 10)])).count == 1)
        #expect(try begins([Self.rolls], frames([(0, 10), (0.35, 30), (1, 10)])).isEmpty)
    }

    @Test("a cool-down keeps the next segment away, and no longer")
    func cooldown() throws {
        let text = """
            gesture: rolled
            when: {measure: greatest_middle_curl, above: 0.4, release: 0.3}
            hold: 0
            gap: 0.05
            cooldown: 1
            """
        let hands = (0..<150).map { HandMotion.hand(at: SIMD2(0.5, 0.5), curl: $0 % 15 < 5 ? 1 : 0) }
        let found = try begins([text], HandMotion.frames(hands)).map(\.start)
        #expect((3...4).contains(found.count))
        for (one, next) in zip(found, found.dropFirst()) { #expect(next - one >= .seconds(1)) }
    }

    @Test("an armed gesture is looked for only while it is armed")
    func arming() throws {
        let text = moved("left") + "\narmed_by: {measure: greatest_middle_curl, above: 0.4, release: 0.3}\n"
        let frames = HandMotion.move(SIMD2(0.4, 0))
        #expect(try begins([text], frames).isEmpty)
        let curled = frames.map { frame in
            var frame = frame
            let wrist = frame.people[0].pose.hands[0].imagePoints[0]
            frame.people[0].pose.hands = [HandMotion.hand(at: SIMD2(wrist.x, wrist.y), curl: 1)]
            return frame
        }
        #expect(try begins([text], curled).count == 1)
    }

    @Test("only who is in control gives gestures that need it, until they give it away")
    func control() throws {
        func rule(_ name: String, _ control: String, _ curl: String) -> String {
            """
            gesture: \(name)
            when: {measure: greatest_middle_curl, \(curl)}
            hold: 0
            gap: 0.05
            control: \(control)
            """
        }
        let rules = [
            rule("take", "takes", "above: 0.6, release: 0.55"),
            rule("act", "needs", "within: [0.3, 0.5], release: [0.3, 0.5]"),
            rule("leave", "gives", "within: [0.15, 0.25], release: [0.15, 0.25]"),
        ]
        var recogniser = GestureRecogniser(gestures: try rules.flatMap { try gestures($0) })
        var time = 0
        func show(_ curl: Float, by track: Int) -> [String] {
            var found: [SegmentChange] = []
            for curl in [curl, curl, curl, 0, 0, 0] {
                time += 1
                let hand = HandMotion.hand(at: SIMD2(0.5, 0.5), curl: curl)
                var frame = HandMotion.frames([hand], track: track)[0]
                frame.index = time
                frame.presentationTime = .milliseconds(time * 33)
                found += recogniser.update(frame)
            }
            return found.filter { $0.phase == .begin }.map(\.label)
        }
        #expect(show(0.4, by: 1).isEmpty)
        #expect(show(1, by: 1) == ["take"])
        #expect(show(0.4, by: 1) == ["act"])
        #expect(show(1, by: 2).isEmpty && show(0.4, by: 2).isEmpty && show(0.2, by: 2).isEmpty)
        #expect(show(0.2, by: 1) == ["leave"])
        #expect(show(1, by: 2) == ["take"])
        #expect(show(0.4, by: 2) == ["act"] && show(0.4, by: 1).isEmpty)
        _ = recogniser.end(TrackID(2), frame: time, at: .milliseconds(time * 33), reason: .trackEnded)
        #expect(recogniser.controller == nil)
    }
}
