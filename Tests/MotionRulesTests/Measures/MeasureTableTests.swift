import Foundation
import MotionRules
import Skeleton
import TestSupport
import Testing

/// Files that carry the table of measures agree with it; run with `LABAN_RECORD=1` to write it anew into them.
struct MeasureTableTests {
    private static let checkout = Checkout.folder
    private static let isRecording = ProcessInfo.processInfo.environment["LABAN_RECORD"] != nil

    /// Puts `text` between two marks of a file when recording, and expects it there.
    private func expect(_ text: String, between start: String, and end: String, in path: String) throws {
        let file = Self.checkout.appending(path: path)
        var content = try String(contentsOf: file, encoding: .utf8)
        let first = try #require(content.range(of: start))
        let last = try #require(content.range(of: end, range: first.upperBound..<content.endIndex))
        let place = first.upperBound..<last.lowerBound
        if Self.isRecording {
            content.replaceSubrange(place, with: text)
            try content.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(
                content[place] == text[...], "\(path): run this test with LABAN_RECORD=1 after a change of the table")
        }
    }

    @Test("the schema carries every measure with its description, and no other")
    func schema() throws {
        let lines = MeasureTable.schema.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        try expect(
            "\n" + lines, between: "\"word\": { \"type\": \"string\", \"pattern\": \"^[a-z][a-z0-9_]{0,63}$\" },",
            and: "\n  }\n}", in: "Gestures/schema.json")
        let data = try Data(contentsOf: Self.checkout.appending(path: "Gestures/schema.json"))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let definitions = try #require(root["$defs"] as? [String: Any])
        let choices = try #require((definitions["measure"] as? [String: Any])?["oneOf"] as? [[String: String]])
        let names = choices.compactMap { $0["const"] }
        #expect(names.filter { !$0.hasPrefix("own_") && !$0.hasPrefix("other_") } == Measure.all.map(\.name))
        #expect(names.count == Set(names).count)
        for choice in choices { #expect(choice["description"]?.isEmpty == false) }
    }

    @Test("the article has the table")
    func article() throws {
        try expect(
            "\n" + MeasureTable.article + "\n", between: "<!-- table -->", and: "<!-- end -->",
            in: "Sources/MotionRules/MotionRules.docc/Measures.md")
    }

    @Test("angles, shares and counts of any body lie within the range of the table")
    func ranges() throws {
        var random = SeededGenerator(seed: 4)
        var measurer = Measurer(measures: Measure.all)
        for frame in 0..<500 {
            var pose = StickFigure().pose()
            for joint in pose.worldPoints.indices {
                pose.worldPoints[joint] = SIMD3(
                    .random(in: -1...1, using: &random), .random(in: -1...1, using: &random),
                    .random(in: -1...1, using: &random))
            }
            measurer.update(pose, aspectRatio: 1, at: .milliseconds(frame * 33))
            for (measure, value) in zip(Measure.all, measurer.values)
            where [.degrees, .count].contains(measure.unit) || measure.family == "arm_span" {
                if let value { #expect(measure.range.contains(value.value), "\(measure.name) \(value.value)") }
            }
        }
    }

    @Test("every measure says its range, its meaning and the places it rests on")
    func completeness() {
        for measure in Measure.all {
            #expect(measure.range.lowerBound < measure.range.upperBound)
            #expect(!measure.summary.isEmpty && !measure.points.isEmpty)
            #expect(MeasureFamily.all.contains { $0.name == measure.family })
        }
    }
}
