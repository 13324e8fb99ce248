import Foundation
import Inference
import TestSupport
import Testing

/// Reading TFLite files that are not what they should be.
struct ConvolutionFileTests {
    @Test("a file that is not there, empty or something else is an error that names it")
    func notANetwork() throws {
        let folder = try TemporaryFolder()
        let text = folder.file("notes.txt").path
        try Data("not a network at all".utf8).write(to: URL(fileURLWithPath: text))
        let empty = folder.file("empty.tflite").path
        try Data().write(to: URL(fileURLWithPath: empty))
        for path in [folder.file("missing.tflite").path, text, empty] {
            #expect {
                try ConvolutionNetwork(contentsOf: path)
            } throws: { error in
                "\(error)".contains(URL(fileURLWithPath: path).lastPathComponent)
            }
        }
    }

    @Test("a cut file is an error wherever it is cut")
    func cut() throws {
        let bytes = try Self.tiny()
        // The writer ends with constants, whose last bytes may be padding; 64 bytes before the end nothing is spare.
        for length in stride(from: 0, to: bytes.count - 64, by: 97) {
            #expect(throws: InferenceError.self) {
                try TFLiteReader.read(Array(bytes[..<length]), file: "cut.tflite")
            }
        }
    }

    @Test("a thousand altered files are read, refused or run, and never crash")
    func altered() throws {
        let bytes = try Self.tiny()
        var random = SeededGenerator(seed: 1)
        var refused = 0
        for round in 0..<1000 {
            do {
                let graph = try TFLiteReader.read(Self.altered(bytes, &random), file: "altered.tflite")
                let network = try ConvolutionNetwork(ConvolutionModel(graph))
                if network.model.multiplyAdds < 10_000_000 {
                    network.withInput { $0.update(repeating: 0.5) }
                    network.run()
                }
            } catch {
                #expect(error.file == "altered.tflite", "round \(round)")
                #expect(!error.message.isEmpty, "round \(round)")
                refused += 1
            }
        }
        #expect(refused > 200, "most alterations hit structure, and structure is checked")
    }

    @Test(
        "altered pose networks are read or refused", arguments: ["pose_detection.tflite", "hand_landmark_full.tflite"])
    func alteredPoseNetworks(file: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: poseModel(file))))
        var random = SeededGenerator(seed: 2)
        for _ in 0..<60 {
            do {
                _ = try TFLiteReader.read(Self.altered(bytes, &random), file: "altered.tflite")
            } catch {
                #expect(error.file == "altered.tflite")
            }
        }
    }

    @Test("half-precision numbers have the value of their bits")
    func halfPrecision() {
        for bits in UInt16.min...UInt16.max {
            let expected = Float(Float16(bitPattern: bits))
            let found = TFLiteReader.float(half: bits)
            #expect(found == expected || (found.isNaN && expected.isNaN), "bits \(bits)")
        }
    }

    @Test("a shape that does not follow from the operator's inputs is told with the operator, expected and found")
    func wrongShape() throws {
        var builder = RandomGraph(seed: 5)
        let made = builder.append(.convolution, to: builder.picture())
        builder.output(made)
        var graph = builder.graph
        let right = graph.values[made].shape
        graph.values[made].shape[3] += 1
        #expect {
            try ConvolutionNetwork(ConvolutionModel(graph))
        } throws: { error in
            let text = "\(error)"
            return text.contains("CONV_2D") && text.contains("\(right)") && text.contains("\(graph.values[made].shape)")
        }
    }

    @Test("a network that asks for more memory than any pose network is refused before anything is allocated")
    func tooLarge() throws {
        let picture = ConvolutionGraph.Value(name: "picture", shape: [1, 8192, 8192, 4])
        let result = ConvolutionGraph.Value(name: "result", shape: [1, 8192, 8192, 4])
        let node = ConvolutionGraph.Node(.activation(.relu), inputs: [0], output: 1)
        let graph = ConvolutionGraph(
            file: "large", values: [picture, result], nodes: [node], inputs: [0], outputs: [1])
        #expect {
            try ConvolutionNetwork(ConvolutionModel(graph))
        } throws: { error in
            (error as? InferenceError)?.code == .tooLarge
        }
    }

    @Test("a window so wide that its margins alone would fill the memory is refused")
    func wideMargins() throws {
        let window = Window(kernel: Extent(256, 256), dilation: Extent(256, 256)).padded(toCover: Extent(8000, 1))
        let values = [
            ConvolutionGraph.Value(name: "picture", shape: [1, 8000, 1, 2]),
            ConvolutionGraph.Value(
                name: "weights", shape: [1, 256, 256, 2], constant: [Float](repeating: 0, count: 131_072)),
            ConvolutionGraph.Value(name: "result", shape: [1, 8000, 1, 1]),
        ]
        let node = ConvolutionGraph.Node(.convolution(window), inputs: [0, 1], output: 2)
        let graph = ConvolutionGraph(file: "wide", values: values, nodes: [node], inputs: [0], outputs: [2])
        #expect {
            try ConvolutionNetwork(ConvolutionModel(graph))
        } throws: { error in
            (error as? InferenceError)?.code == .tooLarge
        }
    }

    @Test("several pictures at a time are refused, with the operator and their number")
    func batch() throws {
        let picture = ConvolutionGraph.Value(name: "picture", shape: [3, 8, 8, 4])
        let result = ConvolutionGraph.Value(name: "result", shape: [3, 4, 4, 4])
        let window = Window(kernel: Extent(2, 2), stride: Extent(2, 2))
        let node = ConvolutionGraph.Node(.maxPool(window), inputs: [0], output: 1)
        let graph = ConvolutionGraph(
            file: "batch", values: [picture, result], nodes: [node], inputs: [0], outputs: [1])
        #expect {
            try ConvolutionNetwork(ConvolutionModel(graph))
        } throws: { error in
            "\(error)".contains("MAX_POOL_2D") && "\(error)".contains("3")
        }
    }

    private static func tiny() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: Golden.tinyNetwork)))
    }

    /// One to eight flipped bits or bytes, a cut, or a stretch copied elsewhere.
    private static func altered(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var result = bytes
        switch Int.random(in: 0..<8, using: &random) {
        case 0: result.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        case 1, 2:
            let count = Int.random(in: 1...64, using: &random)
            let from = Int.random(in: 0..<bytes.count - count, using: &random)
            let to = Int.random(in: 0..<bytes.count - count, using: &random)
            result.replaceSubrange(to..<to + count, with: bytes[from..<from + count])
        default:
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                let kinds: [UInt8] = [
                    0, 0xFF, 0x7F, 0x80, result[index] ^ 1, UInt8.random(in: 0...255, using: &random),
                ]
                result[index] = kinds.randomElement(using: &random)!
            }
        }
        return result
    }
}
