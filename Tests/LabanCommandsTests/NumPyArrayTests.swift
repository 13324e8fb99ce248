import Inference
import LabanCommands
import TestSupport
import Testing

@Suite("Arrays of NumPy")
struct NumPyArrayTests {
    private static func file(
        type: String = "<f4", order: String = "False", shape: String = "(2, 3)", _ numbers: [Float]
    ) -> [UInt8] {
        let header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }\n"
        let length = [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
        let bytes = numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } }
        return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(header.utf8) + bytes
    }

    @Test("shape and numbers come as they were written")
    func read() throws {
        let array = try NumPyArray(Self.file([1, 2, 3, 4, 5, -6.5]), file: "a.npy")
        #expect(array.shape == [2, 3] && array.numbers == [1, 2, 3, 4, 5, -6.5])
        #expect(try NumPyArray(Self.file(shape: "(2,)", [1, 2]), file: "a.npy").shape == [2])
    }

    @Test("other types, orders and shapes, and too few numbers, are refused")
    func refused() {
        for bytes in [
            Self.file(type: "<f8", [1, 2, 3, 4, 5, 6]), Self.file(order: "True", [1, 2, 3, 4, 5, 6]),
            Self.file(shape: "(x)", [1]), Self.file([1, 2, 3]), Self.file(shape: "(9000000000000000000, 9)", [1]), [],
        ] {
            #expect(throws: InferenceError.self) { try NumPyArray(bytes, file: "a.npy") }
        }
    }

    @Test("2,000 mutated files give numbers or an error, never a crash")
    func mutations() {
        var random = SeededGenerator(seed: 7)
        let whole = Self.file([1, 2, 3, 4, 5, 6])
        for _ in 0..<2_000 {
            var mutant = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                mutant[Int.random(in: 0..<mutant.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let array = try? NumPyArray(mutant, file: "a.npy") else { continue }
            #expect(array.numbers.count == array.shape.reduce(1, *))
        }
    }
}
