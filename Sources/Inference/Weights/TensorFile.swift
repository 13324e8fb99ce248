import Foundation

/// Named tensors read from a safetensors file: a length, a JSON header that says where each tensor lies, then raw
/// little-endian numbers. Nothing in such a file can run, and nothing is believed before it is checked.
package struct TensorFile: Sendable {
    /// A tensor's place among the numbers.
    private struct Entry: Sendable {
        let shape: [Int]
        let values: [Float]
    }

    /// The file as it was given, for errors.
    package let file: String
    /// Free text pairs of the header.
    package let metadata: [String: String]
    private let entries: [String: Entry]

    /// Names of all tensors, sorted.
    package var names: [String] { entries.keys.sorted() }

    /// Reads a file whole.
    ///
    /// - Parameter limit: the most bytes it may have.
    package init(contentsOf path: String, limit: Int = 4 * BoundedFile.largestWeights) throws(InferenceError) {
        try self.init(BoundedFile.read(path, limit: limit), file: path)
    }

    /// Reads a file that is in memory already; `file` is what errors call it.
    package init(_ bytes: [UInt8], file: String) throws(InferenceError) {
        guard bytes.count >= 8 else {
            throw InferenceError(
                .malformed, file: file, place: "length of the header", expected: "8 bytes", found: "\(bytes.count)")
        }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
        guard length <= UInt64(bytes.count - 8), length <= Self.longestHeader else {
            throw InferenceError(
                .malformed, file: file, place: "length of the header",
                expected: "at most \(min(bytes.count - 8, Int(Self.longestHeader)))", found: "\(length)")
        }
        let start = 8 + Int(length)
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(bytes[8..<start]))
        } catch {
            throw InferenceError(.malformed, file: file, place: "header", "not the JSON of a safetensors header")
        }
        let end = try Self.checkOverlap(header.tensors, file: file)
        var entries: [String: Entry] = [:]
        for (name, tensor) in header.tensors.sorted(by: { $0.key < $1.key }) {
            entries[name] = try Self.entry(name, tensor, in: bytes, from: start, file: file)
        }
        guard end == bytes.count - start else {
            throw InferenceError(
                .malformed, file: file, place: "numbers", expected: "\(end) bytes, as the header has it",
                found: "\(bytes.count - start)")
        }
        self.file = file
        self.metadata = header.metadata
        self.entries = entries
    }

    /// The values of a tensor that must have this shape, row-major.
    package func values(of name: String, shape: [Int]) throws(InferenceError) -> [Float] {
        guard let entry = entries[name] else {
            throw InferenceError(
                .mismatch, file: file, place: name, expected: "shape \(shape)", found: "no such tensor")
        }
        guard entry.shape == shape else {
            throw InferenceError(
                .mismatch, file: file, place: name, expected: "shape \(shape)", found: "shape \(entry.shape)")
        }
        return entry.values
    }

    /// The values of a tensor that must have this shape and hold nothing but numbers.
    package func finiteValues(of name: String, shape: [Int]) throws(InferenceError) -> [Float] {
        let values = try values(of: name, shape: shape)
        guard values.allSatisfy(\.isFinite) else {
            throw InferenceError(.malformed, file: file, place: name, "holds numbers that are not finite")
        }
        return values
    }

    /// The shape of a tensor, or nil if there is none of that name.
    package func shape(of name: String) -> [Int]? { entries[name]?.shape }

    private static let longestHeader: UInt64 = 4 << 20

    /// Where the last tensor's numbers end. Tensors that shared their numbers would let a small file unfold to any size.
    private static func checkOverlap(_ tensors: [String: Header.Tensor], file: String) throws(InferenceError) -> Int {
        var end = 0
        var previous = ""
        let places = tensors.compactMap { name, tensor in
            tensor.offsets.count == 2 && tensor.offsets[0] < tensor.offsets[1] ? (name, tensor.offsets) : nil
        }
        for (name, offsets) in places.sorted(by: { ($0.1[0], $0.0) < ($1.1[0], $1.0) }) {
            guard offsets[0] >= end else {
                throw InferenceError(
                    .malformed, file: file, place: name, expected: "numbers of its own",
                    found: "offsets \(offsets), which overlap those of '\(previous)'")
            }
            (end, previous) = (offsets[1], name)
        }
        return end
    }

    private static func entry(
        _ name: String, _ tensor: Header.Tensor, in bytes: [UInt8], from start: Int, file: String
    ) throws(InferenceError) -> Entry {
        guard let format = Format(rawValue: tensor.dtype) else {
            throw InferenceError(
                .unsupported, file: file, place: name, expected: "F32, F16 or BF16", found: tensor.dtype)
        }
        var count = 1
        for size in tensor.shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else {
                throw InferenceError(.malformed, file: file, place: name, "impossible shape \(tensor.shape)")
            }
            count = product
        }
        let (size, overflow) = count.multipliedReportingOverflow(by: format.width)
        guard tensor.offsets.count == 2, let first = tensor.offsets.first, let end = tensor.offsets.last,
            first >= 0, end >= first, end <= bytes.count - start, !overflow, end - first == size
        else {
            throw InferenceError(
                .malformed, file: file, place: name,
                expected:
                    "\(overflow ? "fewer" : "\(size)") bytes within \(bytes.count - start) for shape \(tensor.shape)",
                found: "offsets \(tensor.offsets)")
        }
        let values = bytes.withUnsafeBytes { raw in
            let numbers = UnsafeRawBufferPointer(rebasing: raw[(start + first)..<(start + end)])
            return (0..<count).map { format.value(at: $0, in: numbers) }
        }
        return Entry(shape: tensor.shape, values: values)
    }

    /// The kinds of numbers that are read.
    private enum Format: String {
        case f32 = "F32"
        case f16 = "F16"
        case bf16 = "BF16"

        var width: Int { self == .f32 ? 4 : 2 }

        func value(at index: Int, in numbers: UnsafeRawBufferPointer) -> Float {
            switch self {
            case .f32:
                let bits = numbers.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: bits))
            case .bf16:
                let bits = numbers.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                return Float(bitPattern: UInt32(UInt16(littleEndian: bits)) << 16)
            case .f16:
                return Self.half(
                    UInt16(littleEndian: numbers.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
            }
        }

        /// IEEE 754 half precision to single precision, subnormal numbers included.
        private static func half(_ bits: UInt16) -> Float {
            let sign = UInt32(bits >> 15) << 31
            let exponent = UInt32(bits >> 10) & 0x1F
            let fraction = UInt32(bits) & 0x3FF
            switch exponent {
            case 0: return Float(bitPattern: sign | Float(fraction).bitPattern) * 0x1p-24
            case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
            default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
            }
        }
    }

    /// The JSON header.
    private struct Header: Decodable {
        struct Tensor: Decodable {
            let dtype: String
            let shape: [Int]
            let offsets: [Int]

            enum CodingKeys: String, CodingKey {
                case dtype, shape
                case offsets = "data_offsets"
            }
        }

        var metadata: [String: String] = [:]
        var tensors: [String: Tensor] = [:]

        struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }

            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for key in container.allKeys {
                if key.stringValue == "__metadata__" {
                    metadata = try container.decode([String: String].self, forKey: key)
                } else {
                    tensors[key.stringValue] = try container.decode(Tensor.self, forKey: key)
                }
            }
        }
    }
}
