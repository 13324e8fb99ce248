import Foundation
package import Randomness
package import Shapes

/// One example for a network of shapes: what it looks at, and the classes that would be right.
package struct ShapeExample: Sendable {
    package var features: [Float]
    /// One bit a class. Where several are set, any of them is right: the network may choose (learning from partial
    /// labels; Jin and Ghahramani 2002).
    package var allowed: UInt64

    package init(features: [Float], allowed: UInt64) {
        self.features = features
        self.allowed = allowed
    }
}

/// Trains a perceptron for shapes: cross-entropy, Adam (Kingma and Ba 2015), a rate that falls along a half cosine.
package struct DenseTraining {
    package struct Settings: Sendable {
        package var hidden = [96, 64]
        package var epochs = 24
        package var batch = 128
        package var rate: Float = 0.003
        package var decay: Float = 1e-4
        /// Share of each target spread over all classes.
        package var smoothing: Float = 0.03

        package init() {}
    }

    /// First and second moments of the gradients of one layer.
    private struct Moments {
        var first: [Float]
        var second: [Float]

        init(_ count: Int) {
            first = Array(repeating: 0, count: count)
            second = first
        }
    }

    private let settings: Settings
    private var network: DenseNetwork
    private var weights: [Moments]
    private var biases: [Moments]
    private var steps = 0

    /// A trained network.
    ///
    /// - Parameter examples: makes the examples of an epoch, changed anew each time.
    package static func train(
        inputs: Int, classes: Int, settings: Settings = .init(), seed: UInt64,
        examples: (inout SplitMix64) -> [ShapeExample]
    ) -> DenseNetwork {
        var random = SplitMix64(seed: seed)
        var training = DenseTraining(inputs: inputs, classes: classes, settings: settings, using: &random)
        for epoch in 0..<settings.epochs {
            let share = Float(epoch) / Float(settings.epochs)
            let rate = settings.rate * 0.5 * (1 + Float(cos(Double(share) * .pi))) + 1e-5
            let rows = examples(&random).shuffled(using: &random)
            var start = 0
            while start + settings.batch <= rows.count {
                training.step(rows[start..<start + settings.batch], rate: rate)
                start += settings.batch
            }
        }
        return training.network
    }

    private init(inputs: Int, classes: Int, settings: Settings, using random: inout SplitMix64) {
        self.settings = settings
        let sizes = [inputs] + settings.hidden + [classes]
        network = DenseNetwork(
            layers: zip(sizes, sizes.dropFirst()).map { inputs, outputs in
                let scale = (2 / Float(inputs)).squareRoot()
                return DenseNetwork.Layer(
                    inputs: inputs, outputs: outputs,
                    weights: (0..<inputs * outputs).map { _ in random.normal() * scale },
                    bias: Array(repeating: 0, count: outputs))
            })
        weights = network.layers.map { Moments($0.weights.count) }
        biases = network.layers.map { Moments($0.bias.count) }
    }

    private mutating func step(_ rows: ArraySlice<ShapeExample>, rate: Float) {
        steps += 1
        let count = rows.count
        var activations: [[Float]] = [rows.flatMap(\.features)]
        for (index, layer) in network.layers.enumerated() {
            var output = [Float]()
            output.reserveCapacity(count * layer.outputs)
            for _ in 0..<count { output += layer.bias }
            MatrixProduct.multiply(
                m: count, n: layer.outputs, k: layer.inputs, activations[index], lda: layer.inputs, by: layer.weights,
                ldb: layer.outputs, into: &output, ldc: layer.outputs, adding: true)
            if index < network.layers.count - 1 {
                for place in output.indices { output[place] = max(0, output[place]) }
            }
            activations.append(output)
        }
        var gradient = slope(activations[network.layers.count], rows)
        for index in network.layers.indices.reversed() {
            let layer = network.layers[index]
            var weightSlope = layer.weights.map { $0 * settings.decay }
            MatrixProduct.multiply(
                m: layer.inputs, n: layer.outputs, k: count, activations[index], lda: layer.inputs, transposingA: true,
                by: gradient, ldb: layer.outputs, into: &weightSlope, ldc: layer.outputs, adding: true)
            var biasSlope = [Float](repeating: 0, count: layer.outputs)
            for row in 0..<count {
                for place in 0..<layer.outputs { biasSlope[place] += gradient[row * layer.outputs + place] }
            }
            if index > 0 {
                var below = [Float](repeating: 0, count: count * layer.inputs)
                MatrixProduct.multiply(
                    m: count, n: layer.inputs, k: layer.outputs, gradient, lda: layer.outputs, by: layer.weights,
                    ldb: layer.outputs, transposingB: true, into: &below, ldc: layer.inputs)
                for place in below.indices where activations[index][place] <= 0 { below[place] = 0 }
                gradient = below
            }
            Self.descend(&network.layers[index].weights, weightSlope, &weights[index], steps, rate)
            Self.descend(&network.layers[index].bias, biasSlope, &biases[index], steps, rate)
        }
    }

    /// The slope of the loss at the logits, shape (rows, classes).
    private func slope(_ logits: [Float], _ rows: ArraySlice<ShapeExample>) -> [Float] {
        let classes = network.classes
        var slope = logits
        for (row, example) in rows.enumerated() {
            let places = row * classes..<(row + 1) * classes
            let greatest = logits[places].max() ?? 0
            var (sum, right): (Float, Float) = (0, 0)
            for (number, place) in places.enumerated() {
                slope[place] = Float(exp(Double(logits[place] - greatest))) + 1e-9
                sum += slope[place]
                if example.allowed >> UInt64(number) & 1 == 1 { right += slope[place] }
            }
            for (number, place) in places.enumerated() {
                let isAllowed = example.allowed >> UInt64(number) & 1 == 1
                let target =
                    (isAllowed ? slope[place] / right : 0) * (1 - settings.smoothing)
                    + settings.smoothing / Float(classes)
                slope[place] = (slope[place] / sum - target) / Float(rows.count)
            }
        }
        return slope
    }

    private static func descend(
        _ values: inout [Float], _ slope: [Float], _ moments: inout Moments, _ steps: Int, _ rate: Float
    ) {
        let (a, b) = (1 - Float(pow(0.9, Double(steps))), 1 - Float(pow(0.999, Double(steps))))
        for index in values.indices {
            moments.first[index] = 0.9 * moments.first[index] + 0.1 * slope[index]
            moments.second[index] = 0.999 * moments.second[index] + 0.001 * slope[index] * slope[index]
            values[index] -= rate * (moments.first[index] / a) / ((moments.second[index] / b).squareRoot() + 1e-8)
        }
    }
}
