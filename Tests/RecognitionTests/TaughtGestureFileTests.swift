import Files
import Foundation
import Recognition
import TestSupport
import Testing

@Suite("Files of taught gestures")
struct TaughtGestureFileTests {
    @Test("what is written is read again")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        var gesture = try ShownArm.gesture(mirrored: true)
        gesture.falseAlarmsPerHour = 2
        let place = folder.file("arm_up.gesture.json").path
        try gesture.write(to: place)
        let read = try TaughtGesture(contentsOf: place)
        #expect(read.name == "arm_up" && read.isMirrored && read.threshold == 0.6 && read.falseAlarmsPerHour == 2)
        #expect(read.examples.count == 1 && read.examples[0].samples.count == gesture.examples[0].samples.count)
        // Numbers are rounded once.
        #expect(try TaughtGesture(read.text, file: "again") == read)
        #expect(gesture.text.count < 64 << 10)
    }

    @Test(
        "what is wrong is told with its place",
        arguments: [
            ("{\n  \"v\": 2}", "x:2:8", "expected version 1"),
            ("{\"v\":1,\"type\":\"laban.skeleton\"}", "x:1:15", "laban.taught_gesture"),
            ("{\"v\":1,\"type\":\"laban.taught_gesture\",\"gesture\":\"A b\"}", "x:1:48", "small letters"),
            ("{\"v\":1,\n\"threshold\":9}", "x:2:13", "threshold from"),
            ("[]", "x:1:1", "a JSON object"), ("{\"v\":1}", "x:1:8", "\"type\""),
        ])
    func faults(text: String, place: String, words: String) throws {
        let error = try #require(throws: RecognitionError.self) { try TaughtGesture(Array(text.utf8), file: "x") }
        #expect(error.sentence.hasPrefix(place + ": ") && error.sentence.contains(words), "\(error.sentence)")
    }

    @Test("no damaged file does more than being refused", arguments: 0..<4)
    func mutated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = try ShownArm.gesture().text
        for _ in 0..<150 {
            let bytes = text.mutated(using: &generator)
            guard let gesture = try? TaughtGesture(bytes, file: "x") else { continue }
            _ = ExemplarSet([gesture], model: TinyModel.model())
        }
    }
}
