import Files
import Foundation
package import Inference

/// What a NumPy `.npy` file holds, versions 1 and 2, of little-endian numbers in C order: 32-bit or 16-bit floats or
/// integers.
package struct NumPyArray: Sendable {
    package let shape: [Int]
    package let numbers: [Float]

    /// No file that is read is larger.
    private static let largest = 1 << 30

    package init(path: String) throws {
        try self.init(RegularFile.read(path, limit: Self.largest), file: path)
    }

    /// - Parameter file: names the file in errors.
    package init(_ bytes: [UInt8], file: String) throws(InferenceError) {
        func fault(_ place: String, expected: String, found: String) -> InferenceError {
            InferenceError(.malformed, file: file, place: place, expected: expected, found: found)
        }
        guard bytes.count >= 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)), [1, 2].contains(bytes[6]) else {
            throw fault("begin", expected: "a NumPy file of version 1 or 2", found: "other bytes")
        }
        let start = bytes[6] == 1 ? 10 : 12
        let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - start else {
            throw fault("header", expected: "\(length) bytes", found: "the end of the file")
        }
        let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
        guard let kind = Kind.allCases.first(where: { header.contains("'descr': '\($0.rawValue)'") }),
            header.contains("'fortran_order': False"),
            let sizes = header.firstMatch(of: /'shape': \(([0-9, ]+)\)/)?.output.1
        else {
            throw fault(
                "header", expected: "numbers (<f4, <f2, <i4 or <i2) in C order with a shape",
                found: String(header.prefix(80)))
        }
        shape = sizes.split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        let count = shape.reduce(kind.width) { product, size in
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            return overflow ? .max : next
        }
        let data = bytes[(start + length)...]
        guard data.count >= count else {
            throw fault("numbers", expected: "\(count) bytes", found: "\(data.count)")
        }
        numbers = data.prefix(count).withUnsafeBytes { raw in
            (0..<count / kind.width).map { kind.value(at: $0, in: raw) }
        }
    }

    /// The kinds of numbers that are read.
    private enum Kind: String, CaseIterable {
        case float = "<f4"
        case half = "<f2"
        case integer = "<i4"
        case short = "<i2"

        var width: Int { self == .float || self == .integer ? 4 : 2 }

        func value(at index: Int, in raw: UnsafeRawBufferPointer) -> Float {
            switch self {
            case .float:
                return Float(
                    bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
            case .integer:
                return Float(Int32(littleEndian: raw.loadUnaligned(fromByteOffset: index * 4, as: Int32.self)))
            case .short:
                return Float(Int16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: Int16.self)))
            case .half:
                // IEEE 754 half precision; subnormal numbers have no hidden bit.
                let bits = UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
                let (sign, exponent, fraction) = (
                    UInt32(bits >> 15) << 31, UInt32(bits >> 10) & 31, UInt32(bits) & 1023
                )
                if exponent == 31 { return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13) }
                if exponent == 0 { return Float(bitPattern: sign | Float(fraction).bitPattern) * 0x1p-24 }
                return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
            }
        }
    }
}
