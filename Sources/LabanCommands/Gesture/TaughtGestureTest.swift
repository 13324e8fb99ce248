import ArgumentParser
import LabanServer
import Recognition
import Skeleton

/// A taught gesture tried on the examples it is stored with: each is looked for with the others (with a single one, in
/// slower and faster copies of it), and none of the other gestures' examples may be taken for it.
struct TaughtGestureTest {
    private struct Clip {
        let name: String
        let motion: DescribedMotion
        let set: ExemplarSet
        let isShown: Bool
    }

    private struct Line: Encodable {
        let type = "laban.gesture_test"
        let gesture, clip: String
        let expected, found, passed: Bool
    }

    private let gesture: TaughtGesture
    private let clips: [Clip]

    init(_ gesture: TaughtGesture, others: [TaughtGesture], model: ActionModel) {
        self.gesture = gesture
        let teacher = GestureTeacher(model: model)
        let whole = ExemplarSet([gesture], model: model)
        let own = gesture.examples.enumerated().flatMap { index, example -> [Clip] in
            let name = "\(gesture.name) \(index + 1)"
            guard gesture.examples.count > 1 else {
                return [(1, ""), (1.3, ", slower"), (0.77, ", faster")].map { factor, how in
                    Clip(
                        name: name + how, motion: teacher.describe(example.stretched(by: factor)), set: whole,
                        isShown: true)
                }
            }
            var rest = gesture
            rest.examples.remove(at: index)
            return [
                Clip(
                    name: name, motion: teacher.describe(example.samples), set: ExemplarSet([rest], model: model),
                    isShown: true)
            ]
        }
        let foreign = others.filter { $0.name != gesture.name }.flatMap { other in
            other.examples.enumerated().map { index, example in
                Clip(
                    name: "\(other.name) \(index + 1)", motion: teacher.describe(example.samples), set: whole,
                    isShown: false)
            }
        }
        clips = own + foreign
    }

    /// Prints what became of every clip.
    ///
    /// - Throws: `ExitCode(1)` where one was taken wrongly.
    func run(json: Bool) throws {
        var table = TextTable([("CLIP", .left), ("EXPECTED", .left), ("FOUND", .left), ("", .left)])
        var failures = 0
        for clip in clips {
            let found = GestureTrial(clip.set).told(in: clip.motion).contains { $0.name == gesture.name }
            if found != clip.isShown { failures += 1 }
            if json {
                try StandardOutput.print(
                    JSONLine.text(
                        Line(
                            gesture: gesture.name, clip: clip.name, expected: clip.isShown, found: found,
                            passed: found == clip.isShown)))
            }
            table.append([
                clip.name, clip.isShown ? gesture.name : "-", found ? gesture.name : "-",
                found == clip.isShown ? "ok" : "WRONG",
            ])
        }
        if !json {
            try StandardOutput.print(table.text, terminator: "")
            try StandardOutput.print("\(clips.count - failures) of \(clips.count) clips as expected")
        }
        if failures > 0 { throw ExitCode(1) }
    }
}

extension TaughtGesture.Example {
    /// Its samples at another speed.
    fileprivate func stretched(by factor: Double) -> [MotionSample] {
        samples.map { sample in
            var sample = sample
            sample.time *= factor
            return sample
        }
    }
}
