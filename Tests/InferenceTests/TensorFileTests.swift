import Foundation
import Inference
import TestSupport
import Testing

struct TensorFileTests {
    private static var sample: [UInt8] {
        var writer = TensorFileWriter()
        writer.add("first", shape: [2, 3], values: [1, -2, 3.5, 0, 1e-20, .greatestFiniteMagnitude])
        writer.add("a \"quoted\" name", shape: [1], values: [42])
        writer.add("empty", shape: [0], values: [])
        return writer.bytes
    }

    private static func file(header: String, numbers: [UInt8] = []) -> [UInt8] {
        let text = [UInt8](header.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text + numbers
    }

    @Test("what is written is read back")
    func roundTrip() throws {
        let file = try TensorFile(Self.sample, file: "weights")
        #expect(try file.values(of: "first", shape: [2, 3]) == [1, -2, 3.5, 0, 1e-20, .greatestFiniteMagnitude])
        #expect(try file.values(of: "a \"quoted\" name", shape: [1]) == [42])
        #expect(file.names == ["a \"quoted\" name", "empty", "first"])
        let folder = try TemporaryFolder()
        var writer = TensorFileWriter()
        writer.add("x", shape: [1], values: [7])
        try writer.write(to: folder.file("w.safetensors").path)
        #expect(try TensorFile(contentsOf: folder.file("w.safetensors").path).values(of: "x", shape: [1]) == [7])
    }

    @Test("half precision widens exactly")
    func halfPrecision() throws {
        let halves: [(UInt16, Float)] = [
            (0x3C00, 1), (0xC000, -2), (0x0001, 0x1p-24), (0x7BFF, 65504), (0x8000, -0.0), (0x3555, 0.33325195),
        ]
        let numbers = halves.flatMap { [UInt8($0.0 & 0xFF), UInt8($0.0 >> 8)] }
        let header = #"{"h":{"dtype":"F16","shape":[6],"data_offsets":[0,12]}}"#
        let file = try TensorFile(Self.file(header: header, numbers: numbers), file: "f")
        #expect(try file.values(of: "h", shape: [6]) == halves.map(\.1))
        let brain = #"{"__metadata__":{"made":"by hand"},"b":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}"#
        let other = try TensorFile(Self.file(header: brain, numbers: [0x80, 0xBF]), file: "f")
        #expect(try other.values(of: "b", shape: [1]) == [-1])
        #expect(other.metadata == ["made": "by hand"])
    }

    @Test("an error names the tensor, the expected and the found shape")
    func shapesAreChecked() throws {
        let file = try TensorFile(Self.sample, file: "weights")
        #expect(
            throws: InferenceError(
                .mismatch, file: "weights", place: "first", expected: "shape [3, 2]", found: "shape [2, 3]")
        ) {
            try file.values(of: "first", shape: [3, 2])
        }
        #expect(
            throws: InferenceError(
                .mismatch, file: "weights", place: "second", expected: "shape [1]", found: "no such tensor")
        ) {
            try file.values(of: "second", shape: [1])
        }
    }

    @Test(
        "lies in the header are refused",
        arguments: [
            #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}"#,
            #"{"t":{"dtype":"F32","shape":[4],"data_offsets":[-8,8]}}"#,
            #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
            #"{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
            #"{"t":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,8]}}"#,
            #"{"t":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,8]}}"#,
            #"{"t":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#,
            #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
            #"{"t":{"dtype":"F32","shape":[2]}}"#, "[]", "", "{",
        ])
    func liesAreRefused(header: String) {
        #expect(throws: InferenceError.self) {
            try TensorFile(Self.file(header: header, numbers: [UInt8](repeating: 0, count: 8)), file: "f")
        }
    }

    @Test("bytes after the last tensor's numbers are refused")
    func trailingBytes() {
        #expect(
            throws: InferenceError(
                .malformed, file: "f", place: "numbers", expected: "28 bytes, as the header has it", found: "31")
        ) {
            try TensorFile(Self.sample + [0, 1, 2], file: "f")
        }
    }

    @Test("no damage to a file does more than an error")
    func mutations() {
        var random = SeededGenerator(seed: 11)
        let sample = Self.sample
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = sample
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            case 2:
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes.insert(contentsOf: bytes[..<Int.random(in: 0...at, using: &random)], at: at)
            default:
                for _ in 0..<8 {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            do {
                let file = try TensorFile(bytes, file: "mutated")
                for name in file.names { _ = try file.values(of: name, shape: file.shape(of: name) ?? []) }
            } catch {
                refused += 1
            }
        }
        #expect(refused > 500)
    }
}
