import Foundation
import Inference
import Randomness
import TestSupport
import Testing

/// Weights in PySKL's form that PySKL never wrote.
@Suite("Hostile PySKL weights")
struct HostilePySKLTests {
    @Test("2000 damaged weight files, in header, shapes and numbers, are refused, or read and run")
    func damaged() throws {
        var stream = SplitMix64(seed: 35)
        var random = SeededGenerator(seed: 36)
        var drawn = RandomPySKL(blocks: 2, isBranched: true, stream: &stream)
        var read = 0
        for round in 0..<2_000 {
            if round % 100 == 0 { drawn = RandomPySKL(blocks: 2, isBranched: round % 200 == 0, stream: &stream) }
            let bytes = drawn.bytes
            let header = bytes.prefix(8).enumerated().reduce(8) { $0 + Int($1.element) << (8 * $1.offset) }
            let damaged: [UInt8] =
                switch round % 3 {
                case 0: bytes.mutated(using: &random)
                case 1: [UInt8](bytes[..<header]).mutated(using: &random) + bytes[header...]
                default: reshaped(bytes, header: header, using: &random)
                }
            guard let file = try? TensorFile(damaged, file: "damaged"),
                let network = try? ContinualNetwork(pyskl: file, clipFrames: 6, adjacency: drawn.adjacency)
            else { continue }
            read += 1
            guard (try? network.checkSize(file: "damaged")) != nil else { continue }
            ClipWorkspace(network: network, clips: 1).run(count: 1) { input in
                for i in input.indices { input[i] = Float(i % 7) - 3 }
            } read: { logits, _ in
                #expect(logits[0].count == network.classes)
            }
        }
        #expect(read > 20)
    }

    /// One number of one shape changed, and the data left as they are or made to fit by zeros at the end.
    private func reshaped(_ bytes: [UInt8], header: Int, using random: inout SeededGenerator) -> [UInt8] {
        var text = String(decoding: bytes[8..<header], as: UTF8.self)
        let sizes = text.ranges(of: /\d+/)
        let others = ["0", "1", "2", "3", "7", "16", "64", "1024", "65536", "4294967296", "9223372036854775807", "-1"]
        text.replaceSubrange(
            sizes[Int.random(in: sizes.indices, using: &random)],
            with: others[Int.random(in: others.indices, using: &random)])
        let utf8 = [UInt8](text.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: utf8.count >> (8 * $0)) } + utf8 + bytes[header...]
    }
}
