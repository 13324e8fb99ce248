import Foundation

/// Reads a TFLite file into a `ConvolutionGraph`: every offset and shape is checked, half-precision and sparse
/// constants are unpacked, and the operators that only unpack (DEQUANTIZE, DENSIFY) are gone.
package enum TFLiteReader {
    /// The largest file that is read.
    static let byteLimit = 1 << 28

    /// Reads the graph of the file at `path`.
    package static func read(contentsOf path: String) throws(InferenceError) -> ConvolutionGraph {
        let bytes = try BoundedFile.read(path, limit: byteLimit)
        return try read(bytes, file: URL(fileURLWithPath: path).lastPathComponent)
    }

    /// Reads the graph out of the bytes of a file; `file` is what messages call it.
    package static func read(_ bytes: [UInt8], file: String) throws(InferenceError) -> ConvolutionGraph {
        let buffer = FlatBuffer(file: file, bytes: bytes)
        guard bytes.count >= 8, bytes[4..<8].elementsEqual("TFL3".utf8) else {
            throw InferenceError(
                .malformed, file: file, expected: "a TFLite file ('TFL3' at byte 4)",
                found: "\(bytes.count) bytes of something else")
        }
        let model = try buffer.root()
        let codes = try operatorCodes(of: model)
        let subgraphs = try model.tables(2)
        guard let subgraph = subgraphs.first, subgraphs.count == 1 else {
            throw InferenceError(.unsupported, file: file, expected: "one subgraph", found: "\(subgraphs.count)")
        }
        let buffers = try model.tables(4)
        var budget = TFLiteTensor.countLimit
        var tensors: [TFLiteTensor] = []
        for (index, table) in try subgraph.tables(0).enumerated() {
            tensors.append(try TFLiteTensor(table, index: index, buffers: buffers, budget: &budget))
        }
        var builder = TFLiteGraphBuilder(file: file, tensors: tensors, budget: budget)
        try builder.declare(inputs: try subgraph.integers(1, as: Int32.self))
        for (index, table) in try subgraph.tables(3).enumerated() {
            let code = Int(try table.integer(0, default: UInt32(0)))
            guard codes.indices.contains(code) else {
                throw InferenceError(
                    .malformed, file: file, place: "operator \(index)",
                    expected: "an operator code below \(codes.count)", found: "\(code)")
            }
            try builder.append(table, index: index, code: codes[code])
        }
        return try builder.finish(outputs: try subgraph.integers(2, as: Int32.self))
    }

    /// The built-in operator behind each code; newer files store large ones in a second field.
    private static func operatorCodes(of model: FlatTable) throws(InferenceError) -> [Int] {
        var codes: [Int] = []
        for table in try model.tables(1) {
            let old = Int(try table.integer(0, default: Int8(0)))
            codes.append(max(old, Int(try table.integer(3, default: Int32(0)))))
        }
        return codes
    }

    /// The value of a half-precision number, by its bits.
    package static func float(half bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 31
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0:
            let magnitude = Float(fraction) * 0x1p-24
            return sign == 0 ? magnitude : -magnitude
        case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
