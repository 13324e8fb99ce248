/// One tensor of a TFLite file, its constant unpacked to what the graph needs.
struct TFLiteTensor {
    var name: String
    var shape: [Int]
    var numbers: [Float]?
    var integers: [Int]?
    /// Whether the numbers still wait for DENSIFY: they are dense already, but only that operator may name them so.
    var isSparse = false

    /// The most numbers one tensor may hold (256 MB).
    static let countLimit = 1 << 26

    private enum ElementType: Int8 {
        case float32 = 0
        case float16 = 1
        case int32 = 2
    }

    init(_ table: FlatTable, index: Int, buffers: [FlatTable], budget: inout Int) throws(InferenceError) {
        let buffer = table.buffer
        name = try table.string(3)
        shape = try table.integers(0, as: Int32.self)
        let place = "tensor \(index) '\(name)'"
        var count = 1
        for axis in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: axis)
            guard axis > 0, !overflow, product <= Self.countLimit else {
                throw InferenceError(
                    axis > 0 ? .tooLarge : .malformed, file: buffer.file, place: place,
                    expected: "a shape of 1 to \(Self.countLimit) numbers", found: "\(shape)")
            }
            count = product
        }
        guard shape.count <= 4 else {
            throw InferenceError(
                .unsupported, file: buffer.file, place: place, expected: "at most 4 axes", found: "\(shape)")
        }
        let bufferIndex = Int(try table.integer(2, default: UInt32(0)))
        guard bufferIndex < buffers.count else {
            throw InferenceError(
                .malformed, file: buffer.file, place: place, expected: "a buffer below \(buffers.count)",
                found: "\(bufferIndex)")
        }
        let data = try buffers[bufferIndex].vector(0, stride: 1)
        let code: Int8 = try table.integer(1, default: 0)
        guard let type = ElementType(rawValue: code) else {
            throw InferenceError(
                .unsupported, file: buffer.file, place: place, expected: "FLOAT32, FLOAT16 or INT32 elements",
                found: "element type \(code)")
        }
        guard data.count > 0 else { return }
        budget -= count
        guard budget >= 0 else {
            throw InferenceError(
                .tooLarge, file: buffer.file, place: place, "the constants hold more than \(Self.countLimit) numbers")
        }
        if let sparsity = try table.table(6) {
            let packing = try TFLiteSparsity(sparsity, shape: shape, place: place)
            isSparse = true
            numbers = try packing.unpack(
                try Self.floats(data, type, nil, buffer, place), count: count, file: buffer.file, place: place)
        } else if type == .int32 {
            integers = try Self.integers(data, count, buffer, place)
        } else {
            numbers = try Self.floats(data, type, count, buffer, place)
        }
    }

    private static func integers(
        _ data: FlatVector, _ count: Int, _ buffer: FlatBuffer, _ place: String
    ) throws(InferenceError) -> [Int] {
        try check(data, count, 4, buffer, place)
        var result: [Int] = []
        for i in 0..<count { result.append(Int(try buffer.load(Int32.self, at: data.start + 4 * i))) }
        return result
    }

    /// The numbers of a float buffer; as many as it has where `count` is nil.
    private static func floats(
        _ data: FlatVector, _ type: ElementType, _ count: Int?, _ buffer: FlatBuffer, _ place: String
    ) throws(InferenceError) -> [Float] {
        guard type != .int32 else {
            throw InferenceError(
                .unsupported, file: buffer.file, place: place, expected: "FLOAT32 or FLOAT16 numbers", found: "INT32")
        }
        let size = type == .float32 ? 4 : 2
        let count = count ?? data.count / size
        try check(data, count, size, buffer, place)
        let numbers = [Float](unsafeUninitializedCapacity: count) { result, filled in
            buffer.bytes.withUnsafeBytes { bytes in
                for i in 0..<count {
                    let offset = data.start + size * i
                    result[i] =
                        size == 4
                        ? Float(
                            bitPattern: UInt32(
                                littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
                        : TFLiteReader.float(
                            half: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
                }
            }
            filled = count
        }
        guard numbers.allSatisfy(\.isFinite) else {
            throw InferenceError(
                .malformed, file: buffer.file, place: place, expected: "finite numbers",
                found: "an infinity or not-a-number")
        }
        return numbers
    }

    private static func check(
        _ data: FlatVector, _ count: Int, _ size: Int, _ buffer: FlatBuffer, _ place: String
    ) throws(InferenceError) {
        guard data.count == count * size else {
            throw InferenceError(
                .malformed, file: buffer.file, place: place, expected: "\(count * size) bytes for \(count) elements",
                found: "\(data.count)")
        }
    }
}
