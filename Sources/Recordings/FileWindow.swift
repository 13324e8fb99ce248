import Foundation

/// A stretch of a file in memory that moves on as it is read; it grows only for what must be seen in one piece.
final class FileWindow {
    /// The file as it was given, for errors.
    let file: String
    /// Bytes of the file; those in `unread` are valid and not yet consumed.
    private(set) var buffer: [UInt8]
    private(set) var unread = 0..<0
    /// Where in the file `buffer` begins.
    private(set) var offset = 0
    private var atEnd = false
    private let handle: Int32
    private let owned: Bool

    /// Nothing longer than this must be seen in one piece: no frame needs as much.
    static let greatestCapacity = 64 << 20
    private static let usualCapacity = 1 << 18

    /// Opens `path`; `-` is standard input.
    init(path: String) throws(RecordingsError) {
        file = path == "-" ? "standard input" : path
        owned = path != "-"
        handle = owned ? open(path, O_RDONLY | O_CLOEXEC) : 0
        buffer = []
        guard handle >= 0 else {
            throw RecordingsError(file: file, message: "cannot be opened: " + String(cString: strerror(errno)))
        }
        // Recordings of one small file a frame should not cost a large buffer each.
        var status = stat()
        let isFile = fstat(handle, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        let capacity = isFile ? min(max(Int(status.st_size) + 1, 1 << 12), Self.usualCapacity) : Self.usualCapacity
        buffer = [UInt8](repeating: 0, count: capacity)
    }

    deinit { if owned { _ = close(handle) } }

    /// Marks the first `count` unread bytes as read.
    func consume(_ count: Int) {
        unread = unread.lowerBound + count..<unread.upperBound
    }

    /// Reads more behind the unread bytes, which move to the beginning of `buffer`; false at the end of the file.
    ///
    /// - Parameter line: what an error names.
    func fill(line: Int) throws(RecordingsError) -> Bool {
        if atEnd { return false }
        if unread.lowerBound > 0 {
            buffer.withUnsafeMutableBytes { bytes in
                _ = memmove(bytes.baseAddress!, bytes.baseAddress! + unread.lowerBound, unread.count)
            }
            offset += unread.lowerBound
            unread = 0..<unread.count
        }
        if unread.upperBound == buffer.count {
            guard buffer.count < Self.greatestCapacity else {
                throw RecordingsError(
                    file: file, line: line,
                    message: "expected a line or value of at most 64 MB, found a longer one")
            }
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
        let filled = unread.upperBound
        let count = buffer.withUnsafeMutableBytes { bytes in
            var count: Int
            repeat {
                count = read(handle, bytes.baseAddress! + filled, bytes.count - filled)
            } while count < 0 && errno == EINTR
            return count
        }
        guard count >= 0 else {
            throw RecordingsError(
                file: file, line: line, message: "cannot be read: " + String(cString: strerror(errno)))
        }
        unread = unread.lowerBound..<filled + count
        atEnd = count == 0
        return !atEnd
    }
}
