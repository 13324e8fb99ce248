import Foundation
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

    @Test("a loss that is no number leaves a drawing without one")
    func notFinite() {
        for bad in [Double.nan, .infinity] {
            let svg = Self.curve(steps: 3) { $0 == 2 ? bad : 1 }.svg
            #expect(Self.lines(svg).joined().allSatisfy { $0.x.isFinite && $0.y.isFinite })
        }
        #expect(Self.lines(LearningCurve().svg) == [[], []])
    }
}
