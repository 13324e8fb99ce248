import Foundation

/// Gathers named tensors and writes them as a safetensors file, the same bytes for the same tensors.
package struct TensorFileWriter: Sendable {
    private var header = ""
    private var numbers: [UInt8] = []

    package init() {}

    /// Appends a tensor in single precision.
    ///
    /// - Parameters:
    ///   - name: not used before.
    ///   - shape: its product is the number of values.
    package mutating func add(_ name: String, shape: [Int], values: some Collection<Float>) {
        precondition(shape.reduce(1, *) == values.count, "one value for each place of \(name)")
        let first = numbers.count
        numbers.reserveCapacity(first + 4 * values.count)
        for value in values {
            let bits = value.bitPattern
            for shift in [0, 8, 16, 24] { numbers.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        }
        let sizes = shape.map(String.init).joined(separator: ",")
        header += header.isEmpty ? "" : ","
        header += "\(Self.quoted(name)):{\"dtype\":\"F32\",\"shape\":[\(sizes)],"
        header += "\"data_offsets\":[\(first),\(numbers.count)]}"
    }

    /// The whole file.
    package var bytes: [UInt8] {
        var text = [UInt8]("{\(header)}".utf8)
        while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
        let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        return length + text + numbers
    }

    /// Writes the file in one go: readers see the old one or the new one.
    package func write(to path: String) throws(InferenceError) {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw InferenceError(.unreadable, file: path, "the file cannot be written: \(error.localizedDescription)")
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case _ where scalar.value < 0x20: quoted += "?"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
