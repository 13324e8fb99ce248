import Foundation
import TestSupport
import Testing
import Training

struct LearningCurveTests {
    private static func curve(steps: Int, loss: (Int) -> Double = { 2 / Double($0) }) -> LearningCurve {
        var curve = LearningCurve()
        for step in 0..<steps {
            curve.append(
                TrainingProgress(
                    step: step + 1, steps: steps, loss: loss(step + 1), accuracy: 1 - 1 / Double(step + 1),
                    learningRate: 0.1))
        }
        return curve
    }

    /// The points of each line.
    private static func lines(_ svg: String) -> [[SIMD2<Double>]] {
        svg.components(separatedBy: "points=\"").dropFirst().map { part in
            part.prefix { $0 != "\"" }.split(separator: " ").map { pair in
                let numbers = pair.split(separator: ",").compactMap { Double($0) }
                return SIMD2(numbers[0], numbers[1])
            }
        }
    }

    @Test("two lines run from left to right, the loss downwards and the accuracy upwards, within the picture")
    func lines() {
        for steps in [1, 2, 40, 5_000] {
            let lines = Self.lines(Self.curve(steps: steps).svg)
            #expect(lines.count == 2)
            for (line, sign) in zip(lines, [1.0, -1]) {
                #expect(line.count <= 1_000 && line.count >= min(steps, 300))
                for (a, b) in zip(line, line.dropFirst()) { #expect(a.x <= b.x && sign * (b.y - a.y) >= 0) }
                #expect(line.allSatisfy { 0...640 ~= $0.x && 0...320 ~= $0.y })
                #expect(line.last?.x == 580)
            }
        }
    }

    @Test("a legend names every line in the line's colour")
    func legend() {
        var curve = Self.curve(steps: 3)
        func colours(_ svg: String, of part: String) -> [Substring] {
            svg.components(separatedBy: part).dropFirst().compactMap {
                $0.firstMatch(of: /stroke="(#[0-9a-f]{6})"/)?.output.1
            }
        }
        for names in [["loss", "share right"], ["loss", "share right", "loss of what is kept back"]] {
            #expect(names.allSatisfy { curve.svg.contains(">\($0)</text>") })
            #expect(curve.svg.components(separatedBy: "h18\"").count == names.count + 1)
            #expect(colours(curve.svg, of: "<polyline") == colours(curve.svg, of: "h18\""))
            curve.append(
                TrainingProgress(step: 4, steps: 4, loss: 0.5, accuracy: 0.7, heldOutLoss: 0.9, learningRate: 0.1))
        }
    }

    @Test("a loss that is no number leaves a drawing without one")
    func notFinite() {
        for bad in [Double.nan, .infinity] {
            let svg = Self.curve(steps: 3) { $0 == 2 ? bad : 1 }.svg
            #expect(Self.lines(svg).joined().allSatisfy { $0.x.isFinite && $0.y.isFinite })
        }
        #expect(Self.lines(LearningCurve().svg) == [[], []])
    }

    @Test("a curve that is written is the curve that is read, and what is done anew replaces what was")
    func resumed() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("training.csv")
        let curve = Self.curve(steps: 40)
        try Data(curve.csv.utf8).write(to: file)
        var again = try LearningCurve(resuming: file.path, of: 40)
        #expect(again.csv == curve.csv && again.svg == curve.svg)
        again.append(
            TrainingProgress(step: 21, steps: 40, loss: 0.5, accuracy: 0.7, heldOutLoss: 0.9, learningRate: 0.1))
        let lines = again.csv.split(separator: "\n")
        #expect(lines.count == 22 && lines.last == "21,0.5,0.7,0.9,0.1")
        #expect(try LearningCurve(resuming: folder.file("none").path, of: 40).csv.split(separator: "\n").count == 1)
    }

    @Test(
        "a table that is none is refused by line", arguments: ["", "step\n", "1,2,3\n", "1,2,x,,4\n", "1,2,3,4,5,6\n"])
    func damaged(rows: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.file("training.csv")
        let heading = "step,loss,accuracy,held_out_loss,learning_rate\n"
        try Data((rows.hasPrefix("1") ? heading + rows : rows).utf8).write(to: file)
        let error = #expect(throws: TrainingError.self) { try LearningCurve(resuming: file.path, of: 9) }
        #expect(error?.place == (rows.hasPrefix("1") ? "line 2" : "line 1"))
    }

    @Test("bars fall as the loss does")
    func bars() {
        #expect(LearningCurve().bars(5) == "")
        #expect(Self.curve(steps: 8) { 8.5 - Double($0) }.bars(8) == "█▇▆▅▄▃▂▁")
        #expect(Self.curve(steps: 100).bars(12).count == 12 && Self.curve(steps: 3).bars(12).count == 3)
    }
}

struct LearningCurveFileTests {
    private func step(_ number: Int) -> TrainingProgress {
        TrainingProgress(step: number, steps: 100, loss: 1 / Double(number), accuracy: 0.5, learningRate: 0.01)
    }

    @Test("the table grows as the training goes, in whole lines, and is what the curve is")
    func growth() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("model/training.csv").path
        var (curve, file) = (LearningCurve(), LearningCurveFile(path: path))
        for number in 1...40 {
            curve.append(step(number))
            guard number == 1 || number % 10 == 0 else { continue }
            try file.save(curve)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text == curve.csv && text.hasSuffix("\n"))
        }
    }

    @Test("what another training left there is replaced, and a training that goes on keeps what holds")
    func replaced() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("training.csv").path
        var (curve, file) = (LearningCurve(), LearningCurveFile(path: path))
        for number in 1...30 { curve.append(step(number)) }
        try file.save(curve)
        // Killed amid a line, beyond the checkpoint at step 20.
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("31,0.0".utf8))
        var resumed = try LearningCurve(resuming: path, of: 100)
        var other = LearningCurveFile(path: path)
        resumed.append(step(21))
        try other.save(resumed)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text == resumed.csv && text.split(separator: "\n").count == 22)
        var anew = LearningCurveFile(path: path)
        var first = LearningCurve()
        first.append(step(1))
        try anew.save(first)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == first.csv)
    }
}
