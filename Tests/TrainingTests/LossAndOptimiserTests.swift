import Foundation
import Inference
import Randomness
import TestSupport
import Testing
import Training

struct LossAndOptimiserTests {
    @Test("the loss's gradient is that of finite differences", arguments: [Float(0), 0.1, 0.5])
    func lossGradient(smoothing: Float) {
        var stream = SplitMix64(seed: 1)
        let logits = (0..<15).map { _ in 2 * stream.normal() }
        let labels = [0, 4, 2]
        let loss = ClassificationLoss(smoothing: smoothing)
        let gradient = loss.evaluate(logits, labels: labels).gradient
        for i in logits.indices {
            var (up, down) = (logits, logits)
            up[i] += 0.01
            down[i] -= 0.01
            let slope = (loss.evaluate(up, labels: labels).loss - loss.evaluate(down, labels: labels).loss) / 0.02
            #expect(abs(slope - Double(gradient[i])) < 2e-4)
        }
    }

    @Test("rows count by their weight, and those of weight 0 not at all")
    func weightedLoss() {
        var stream = SplitMix64(seed: 2)
        let logits = (0..<20).map { _ in 2 * stream.normal() }
        let loss = ClassificationLoss(smoothing: 0.1)
        let (labels, weights) = ([0, -1, 2, 4], [Float(0.5), 0, 2, 1])
        let result = loss.evaluate(logits, labels: labels, weights: weights)
        for i in logits.indices {
            var (up, down) = (logits, logits)
            up[i] += 0.01
            down[i] -= 0.01
            let higher = loss.evaluate(up, labels: labels, weights: weights).loss
            let slope = (higher - loss.evaluate(down, labels: labels, weights: weights).loss) / 0.02
            #expect(abs(slope - Double(result.gradient[i])) < 2e-4)
        }
        #expect(result.gradient[5..<10].allSatisfy { $0 == 0 })
        let single = [0, 2, 3].map { row in
            loss.evaluate(Array(logits[row * 5..<(row + 1) * 5]), labels: [labels[row]])
        }
        let mean = (0.5 * single[0].loss + 2 * single[1].loss + single[2].loss) / 3.5
        #expect(abs(mean - result.loss) < 1e-6)
        #expect(result.correct == single.reduce(0) { $0 + $1.correct })
        let nothing = loss.evaluate(logits, labels: labels, weights: [0, 0, 0, 0])
        #expect(nothing.loss == 0 && nothing.correct == 0 && nothing.gradient.allSatisfy { $0 == 0 })
    }

    @Test("a sure and correct answer costs next to nothing, an even one the logarithm of the classes")
    func lossValues() {
        let loss = ClassificationLoss(smoothing: 0)
        #expect(loss.evaluate([30, 0, 0, 0], labels: [0]).loss < 1e-6)
        #expect(abs(loss.evaluate([1, 1, 1, 1], labels: [2]).loss - 1.3862944) < 1e-5)
        #expect(loss.evaluate([0, 3, 1, 5, 0, 1], labels: [1, 0]).correct == 2)
    }

    @Test("both optimisers find the bottom of a bowl", arguments: OptimiserSettings.Kind.allCases)
    func optimisers(kind: OptimiserSettings.Kind) {
        let layers = TemporalLayers(
            architecture: TemporalArchitecture(
                inputChannels: 1, frames: 2, classes: 2, blocks: [.init(channels: 2, kernel: 1)]),
            joints: 2, edges: [(1, 0)], center: 0)
        var settings = OptimiserSettings()
        settings.kind = kind
        settings.learningRate = 0.05
        settings.weightDecay = 0
        settings.averaging = 0.5
        var parameters = layers.initialParameters(seed: 1)
        let count = parameters.count
        let goal = (0..<count).map { Float($0 % 5) * 0.3 }
        var optimiser = Optimiser(settings: settings, layout: layers.layout, parameters: parameters, steps: 400)
        for _ in 0..<400 {
            var gradient = zip(parameters, goal).map { $0 - $1 }
            // Running statistics are not descended: their places receive values, not slopes.
            for slot in layers.layout.slots where slot.role == .statistic {
                for i in slot.range { gradient[i] = goal[i] }
            }
            optimiser.update(&parameters, gradient: gradient)
        }
        expectClose(optimiser.averaged, goal, tolerance: 0.02)
    }

    @Test("the learning rate rises, then falls to next to nothing")
    func schedule() {
        let layers = TemporalLayers(
            architecture: TemporalArchitecture(
                inputChannels: 1, frames: 2, classes: 2, blocks: [.init(channels: 1, kernel: 1)]),
            joints: 2, edges: [(1, 0)], center: 0)
        var parameters = layers.initialParameters(seed: 1)
        var optimiser = Optimiser(settings: .init(), layout: layers.layout, parameters: parameters, steps: 100)
        var rates: [Float] = []
        for _ in 0..<100 {
            rates.append(optimiser.learningRate)
            optimiser.update(&parameters, gradient: parameters.map { _ in 0 })
        }
        let top = rates.firstIndex(of: rates.max() ?? 0) ?? 0
        #expect(4...6 ~= top)
        #expect(zip(rates[...top], rates[...top].dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(rates[top...], rates[top...].dropFirst()).allSatisfy { $0 >= $1 })
        #expect((rates.last ?? 1) < 0.01 * rates[top])
    }

    @Test("probabilities made too sharp or too flat are brought back", arguments: [Float(0.5), 2, 3])
    func temperature(factor: Float) {
        var stream = SplitMix64(seed: 4)
        var rows: [[Float]] = []
        var labels: [Int] = []
        for _ in 0..<4_000 {
            let logits = (0..<4).map { _ in 1.5 * stream.normal() }
            func softmax(_ scale: Float) -> [Float] {
                let powers = logits.map { exp($0 * scale) }
                let sum = powers.reduce(0, +)
                return powers.map { $0 / sum }
            }
            // The truth is drawn from the honest probabilities; the model states sharpened ones.
            var draw = stream.unit()
            labels.append(
                softmax(1).firstIndex {
                    draw -= $0; return draw < 0
                } ?? 3)
            rows.append(softmax(factor))
        }
        #expect(abs(TemperatureScaling.fit(rows, labels: labels) / factor - 1) < 0.1)
    }
}
