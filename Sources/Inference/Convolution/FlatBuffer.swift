/// A bounds-checked view of FlatBuffers bytes: every read that would leave the file is an error, never a trap.
struct FlatBuffer {
    let file: String
    let bytes: [UInt8]

    /// A little-endian integer at a byte offset.
    func load<T: FixedWidthInteger>(_ type: T.Type = T.self, at offset: Int) throws(InferenceError) -> T {
        let size = MemoryLayout<T>.size
        guard offset >= 0, offset <= bytes.count - size else { throw outside(offset, size) }
        return bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
    }

    /// Where the offset stored at `position` points; offsets always point forwards.
    func follow(_ position: Int) throws(InferenceError) -> Int {
        let target = position + Int(try load(UInt32.self, at: position))
        guard target < bytes.count else { throw outside(target, 1) }
        return target
    }

    /// The table that everything else hangs from.
    func root() throws(InferenceError) -> FlatTable {
        try FlatTable(self, at: try follow(0))
    }

    private func outside(_ offset: Int, _ size: Int) -> InferenceError {
        InferenceError(
            .malformed, file: file, place: "byte \(offset)", expected: "\(size) more bytes",
            found: "the end at byte \(bytes.count)")
    }
}
