import Inference
import Shapes
import TestSupport
import Testing

struct DenseNetworkTests {
    private func network() -> DenseNetwork {
        DenseNetwork(layers: [
            .init(inputs: 2, outputs: 3, weights: [1, -1, 0.5, 0, 2, 1], bias: [0, 0.1, -0.2]),
            .init(inputs: 3, outputs: 2, weights: [1, 0, 0, 1, -1, 1], bias: [0.3, 0]),
        ])
    }

    @Test("probabilities are those of layers, rectifiers and a softmax worked out by hand")
    func forward() {
        let found = network().probabilities([1, 2])
        // Hidden: 1, 3.1, 2.3; logits: 1 - 2.3 + 0.3 = -1, 3.1 + 2.3 = 5.4.
        expectClose(found, [1 / (1 + 601.845), 601.845 / (1 + 601.845)], tolerance: 1e-5)
    }

    @Test("a network written to a file and read again is the same")
    func roundTrip() throws {
        let network = network()
        let file = try TensorFile(network.file.bytes, file: "w.safetensors")
        let read = try DenseNetwork(file, inputs: 2, classes: 2)
        #expect(read.probabilities([0.3, -0.7]) == network.probabilities([0.3, -0.7]))
    }

    @Test("a file of another network is refused by name")
    func refusal() throws {
        let file = try TensorFile(network().file.bytes, file: "w.safetensors")
        for (inputs, classes) in [(3, 2), (2, 5)] {
            let error = try #require(throws: InferenceError.self) {
                try DenseNetwork(file, inputs: inputs, classes: classes)
            }
            #expect("\(error)".contains("w.safetensors"))
        }
    }
}
