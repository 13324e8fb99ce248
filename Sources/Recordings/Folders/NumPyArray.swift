import Files
import Foundation

/// A NumPy `.npy` file, versions 1 and 2, of little-endian numbers in C order.
package struct NumPyArray: Sendable {
    /// The kinds of numbers that are read.
    package enum Element: String, Sendable, CaseIterable {
        case int16 = "<i2"
        case uint16 = "<u2"
        case int32 = "<i4"
        case float32 = "<f4"

        var size: Int { self == .int16 || self == .uint16 ? 2 : 4 }
    }

    package let element: Element
    package let shape: [Int]
    private let data: Data
    private let file: String

    /// Numbers along one step of the first axis.
    var rowLength: Int { shape.dropFirst().reduce(1, *) }

    /// Maps the file; its header and length are checked here, so that reading rows cannot fail.
    package init(path: String) throws(RecordingsError) {
        try reading { () throws(FileError) in try RegularFile.require(path) }
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
            throw RecordingsError(file: path, message: "cannot be read")
        }
        try self.init(data, file: path)
    }

    init(_ whole: Data, file: String) throws(RecordingsError) {
        func fault(_ message: String) -> RecordingsError { RecordingsError(file: file, message: message) }
        let magic = [UInt8](whole.prefix(8))
        guard magic.count == 8, magic.starts(with: [0x93] + Array("NUMPY".utf8)), magic[6] == 1 || magic[6] == 2
        else { throw fault("expected a NumPy file of version 1 or 2, found other bytes") }
        let lengthBytes = magic[6] == 1 ? 2 : 4
        let prefix = [UInt8](whole.dropFirst(8).prefix(lengthBytes))
        let length = prefix.reversed().reduce(0) { $0 << 8 | Int($1) }
        let headerStart = 8 + lengthBytes
        guard prefix.count == lengthBytes, length <= 1 << 20, whole.count - headerStart >= length else {
            throw fault("expected a header of \(length) bytes, found the end of the file")
        }
        let header = String(decoding: whole.dropFirst(headerStart).prefix(length), as: UTF8.self)
        guard let kind = Element.allCases.first(where: { header.contains("'descr': '\($0.rawValue)'") }) else {
            let kinds = Element.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("expected numbers of type \(kinds), found \(header.prefix(80))")
        }
        guard header.contains("'fortran_order': False") else { throw fault("expected C order, found Fortran order") }
        guard let open = header.firstRange(of: "'shape': (")?.upperBound,
            let close = header[open...].firstIndex(of: ")")
        else { throw fault("expected a shape, found \(header.prefix(80))") }
        var shape: [Int] = []
        var count = kind.size
        for part in header[open..<close].split(separator: ",") {
            let text = part.trimmingCharacters(in: .whitespaces)
            if text.isEmpty { continue }
            guard let size = Int(text), size >= 0, shape.count < 8 else { throw fault("found the size '\(text)'") }
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else { throw fault("found a shape too large to be true") }
            count = product
            shape.append(size)
        }
        guard !shape.isEmpty, whole.count - headerStart - length >= count else {
            throw fault("expected \(count) bytes of numbers, found \(whole.count - headerStart - length)")
        }
        self.file = file
        self.shape = shape
        element = kind
        data = whole.dropFirst(headerStart + length).prefix(count)
    }

    /// The numbers of some rows of the first axis, in order.
    package func numbers(rows: Range<Int>) throws(RecordingsError) -> [Float] {
        guard rows.lowerBound >= 0, rows.upperBound <= shape[0] else {
            throw RecordingsError(file: file, message: "expected rows within 0..<\(shape[0]), found \(rows)")
        }
        let bytes = rowLength * element.size
        let count = rows.count * rowLength
        return data.withUnsafeBytes { raw in
            let part = UnsafeRawBufferPointer(rebasing: raw[rows.lowerBound * bytes..<rows.upperBound * bytes])
            return switch element {
            case .int16:
                (0..<count).map {
                    Float(Int16(littleEndian: part.loadUnaligned(fromByteOffset: $0 * 2, as: Int16.self)))
                }
            case .uint16:
                (0..<count).map {
                    Float(UInt16(littleEndian: part.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self)))
                }
            case .int32:
                (0..<count).map {
                    Float(Int32(littleEndian: part.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)))
                }
            case .float32:
                (0..<count).map {
                    Float(bitPattern: UInt32(littleEndian: part.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
                }
            }
        }
    }
}
