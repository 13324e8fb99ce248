import Files

/// Reads whole files that may come from strangers: regular files only, and none larger than told.
package enum BoundedFile {
    /// The largest weight file: 16 million numbers in single precision, several times what networks here have.
    package static let largestWeights = 64 << 20
    /// The largest `model.json`.
    package static let largestManifest = 4 << 20

    /// The bytes of a file, links followed.
    ///
    /// - Throws: when there is none, when it is a folder, a device or a pipe, or larger than `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(InferenceError) -> [UInt8] {
        do {
            return try RegularFile.read(path, limit: limit)
        } catch {
            throw InferenceError(error.code == .tooLarge ? .tooLarge : .unreadable, file: path, error.message)
        }
    }
}
