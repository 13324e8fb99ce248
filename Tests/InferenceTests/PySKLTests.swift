import Inference
import Randomness
import TestSupport
import Testing

struct PySKLTests {
    @Test("strides that are not given are 2 where the path around a block has weights")
    func strides() throws {
        var stream = SplitMix64(seed: 31)
        for _ in 0..<10 {
            let drawn = RandomPySKL(blocks: 3, isBranched: true, stream: &stream)
            let network = try ContinualNetwork(
                pyskl: TensorFile(drawn.bytes, file: "drawn"), clipFrames: 30, adjacency: drawn.adjacency)
            let projections = drawn.tensors.keys.filter { $0.hasSuffix(".residual.conv.weight") }.count
            #expect(network.receptiveField.stride == 1 << projections)
        }
    }

    @Test("a tensor that is missing, has another shape, or belongs to no known layer is named")
    func faults() throws {
        var stream = SplitMix64(seed: 32)
        let drawn = RandomPySKL(blocks: 2, isBranched: true, stream: &stream)
        for name in drawn.tensors.keys.sorted() where !name.hasSuffix(".bias") {
            var damaged = drawn
            damaged.remove(name)
            // Paths that some networks lack may be missing as a whole, never in part.
            if name.hasSuffix(".residual.conv.weight") || name.hasSuffix(".down.0.weight") { continue }
            #expect(throws: InferenceError.self, "without \(name)") { try damaged.network() }
        }
        for name in drawn.tensors.keys.sorted() {
            var damaged = drawn
            damaged.add(name, shape: [1, 2, 3, 4, 5])
            #expect(throws: InferenceError.self, "\(name) misshapen") { try damaged.network() }
        }
        var extended = drawn
        extended.add("backbone.gcn.0.gcn.conv9.weight", shape: [2, 2])
        #expect {
            try extended.network()
        } throws: { error in
            (error as? InferenceError)?.place == "backbone.gcn.0.gcn.conv9.weight"
        }
        var counted = drawn
        counted.add("backbone.data_bn.num_batches_tracked", shape: [1])
        _ = try counted.network()
    }

    @Test("damaged weight files are refused or read, and never a crash")
    func mutations() {
        var stream = SplitMix64(seed: 33)
        var generator = SeededGenerator(seed: 34)
        let bytes = RandomPySKL(blocks: 2, isBranched: true, stream: &stream).bytes
        let header = bytes.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) } + 8
        for _ in 0..<300 {
            let damaged = [UInt8](bytes[..<header]).mutated(using: &generator) + bytes[header...]
            guard let file = try? TensorFile(damaged, file: "damaged") else { continue }
            _ = try? ContinualNetwork(pyskl: file, clipFrames: 20)
        }
    }
}
