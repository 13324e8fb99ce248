import Foundation
package import Inference

/// A perceptron: dense layers with rectifiers between them and a softmax behind.
package struct DenseNetwork: Sendable {
    /// One layer: `output = input · weights + bias`.
    package struct Layer: Sendable {
        package let inputs: Int
        package let outputs: Int
        /// Row-major, shape (inputs, outputs).
        package var weights: [Float]
        package var bias: [Float]

        package init(inputs: Int, outputs: Int, weights: [Float], bias: [Float]) {
            precondition(weights.count == inputs * outputs && bias.count == outputs, "one weight for each pair")
            self.inputs = inputs
            self.outputs = outputs
            self.weights = weights
            self.bias = bias
        }
    }

    package var layers: [Layer]

    /// - Parameter layers: at least one; each takes what the one before gives.
    package init(layers: [Layer]) {
        precondition(zip(layers, layers.dropFirst()).allSatisfy { $0.outputs == $1.inputs }, "layers that fit")
        self.layers = layers
    }

    package var inputs: Int { layers[0].inputs }
    package var classes: Int { layers[layers.count - 1].outputs }

    /// Reads `layer0.weights`, `layer0.bias`, `layer1.weights` … from a file.
    ///
    /// - Throws: where the file is not a network of this many inputs and classes.
    package init(_ file: TensorFile, inputs: Int, classes: Int) throws(InferenceError) {
        var layers: [Layer] = []
        var width = inputs
        while let shape = file.shape(of: "layer\(layers.count).weights") {
            let name = "layer\(layers.count)"
            guard shape.count == 2, shape[0] == width, (1...4096).contains(shape[1]) else {
                throw InferenceError(
                    .mismatch, file: file.file, place: "\(name).weights", expected: "shape [\(width), 1…4096]",
                    found: "shape \(shape)")
            }
            layers.append(
                Layer(
                    inputs: width, outputs: shape[1],
                    weights: try file.finiteValues(of: "\(name).weights", shape: shape),
                    bias: try file.finiteValues(of: "\(name).bias", shape: [shape[1]])))
            width = shape[1]
        }
        guard !layers.isEmpty, width == classes else {
            throw InferenceError(
                .mismatch, file: file.file, place: "the last layer", expected: "\(classes) outputs",
                found: layers.isEmpty ? "no layer" : "\(width)")
        }
        self.init(layers: layers)
    }

    /// The network as a file of weights.
    package var file: TensorFileWriter {
        var writer = TensorFileWriter()
        for (index, layer) in layers.enumerated() {
            writer.add("layer\(index).weights", shape: [layer.inputs, layer.outputs], values: layer.weights)
            writer.add("layer\(index).bias", shape: [layer.outputs], values: layer.bias)
        }
        return writer
    }

    /// Probabilities of the classes for one input.
    package func probabilities(_ input: [Float]) -> [Float] {
        precondition(input.count == inputs, "one value for each input")
        var values = input
        for (index, layer) in layers.enumerated() {
            values = layer.apply(values, rectifies: index < layers.count - 1)
        }
        let greatest = values.max() ?? 0
        var sum: Float = 0
        for index in values.indices {
            values[index] = Float(exp(Double(values[index] - greatest)))
            sum += values[index]
        }
        return values.map { $0 / sum }
    }
}

extension DenseNetwork.Layer {
    /// What the layer makes of one input.
    package func apply(_ input: [Float], rectifies: Bool) -> [Float] {
        var output = bias
        for (row, value) in input.enumerated() where value != 0 {
            let weights = weights[row * outputs..<(row + 1) * outputs]
            let first = weights.startIndex
            for index in output.indices { output[index] += value * weights[first + index] }
        }
        if rectifies { for index in output.indices { output[index] = max(0, output[index]) } }
        return output
    }
}
