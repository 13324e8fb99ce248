import Files

/// Reads the corners of a mesh in a STL file, binary or text.
package enum STLReader {
    private static let largestFile = 32 * 1024 * 1024

    /// Corners in the mesh's own unit, each triangle's three.
    ///
    /// - Throws: `RobotsError` where the file cannot be read or is no STL.
    package static func read(_ path: String) throws(RobotsError) -> [Vector3] {
        let bytes: [UInt8]
        do {
            bytes = try RegularFile.read(path, limit: largestFile)
        } catch {
            throw RobotsError(file: path, message: error.message)
        }
        return try read(bytes, file: path)
    }

    package static func read(_ bytes: [UInt8], file: String) throws(RobotsError) -> [Vector3] {
        // A binary file's length follows from its count; some of them begin with "solid" too.
        if bytes.count >= 84 {
            let count = (0..<4).reduce(0) { $0 | Int(bytes[80 + $1]) << (8 * $1) }
            if bytes.count == 84 + 50 * count { return try binary(bytes, count, file) }
        }
        guard bytes.starts(with: Array("solid".utf8)) else {
            throw RobotsError(
                file: file, message: "expected a STL mesh, found neither its text nor as many bytes as it says")
        }
        return try text(bytes, file)
    }

    private static func binary(_ bytes: [UInt8], _ count: Int, _ file: String) throws(RobotsError) -> [Vector3] {
        var corners: [Vector3] = []
        corners.reserveCapacity(3 * count)
        for triangle in 0..<count {
            for corner in 0..<3 {
                var place = Vector3.zero
                for axis in 0..<3 {
                    let start = 84 + 50 * triangle + 12 + 12 * corner + 4 * axis
                    let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
                    place[axis] = Double(Float(bitPattern: bits))
                }
                guard place.sum().isFinite else {
                    throw RobotsError(
                        file: file, place: "triangle \(triangle)", message: "expected numbers, found one that is none")
                }
                corners.append(place)
            }
        }
        return corners
    }

    private static func text(_ bytes: [UInt8], _ file: String) throws(RobotsError) -> [Vector3] {
        var corners: [Vector3] = []
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            guard words.first == "vertex" else { continue }
            let numbers = words.dropFirst().compactMap { Double($0) }.filter(\.isFinite)
            guard numbers.count == 3, words.count == 4 else {
                throw RobotsError(
                    file: file, line: index + 1, message: "expected three numbers of a vertex, found others")
            }
            corners.append(Vector3(numbers[0], numbers[1], numbers[2]))
        }
        guard !corners.isEmpty else { throw RobotsError(file: file, message: "expected vertices, found none") }
        return corners
    }
}
