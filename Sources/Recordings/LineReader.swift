import Foundation

/// Reads a file, or standard input for `-`, line by line through a buffer of fixed size.
final class LineReader {
    let file: String
    /// The number of the line last given, counted from 1.
    private(set) var number = 0
    /// Holds the line last given in the range that `next` returned.
    private(set) var buffer: [UInt8] = []
    private var filled = 0
    private var consumed = 0
    private var atEnd = false
    private let handle: Int32
    private let owned: Bool

    /// Longer lines are refused: no frame needs as much.
    static let greatestLength = 64 << 20

    init(path: String) throws(RecordingsError) {
        file = path == "-" ? "standard input" : path
        owned = path != "-"
        handle = owned ? open(path, O_RDONLY | O_CLOEXEC) : 0
        guard handle >= 0 else {
            throw RecordingsError(file: file, message: "cannot be opened: " + String(cString: strerror(errno)))
        }
        buffer = [UInt8](repeating: 0, count: 1 << 18)
    }

    deinit { if owned { _ = close(handle) } }

    /// Where in `buffer` the next line lies, without its line end; nil when there is none left.
    func next() throws(RecordingsError) -> Range<Int>? {
        var searched = consumed
        while true {
            if let lineEnd = indexOfLineEnd(from: searched) {
                let line = consumed..<lineEnd
                consumed = lineEnd + 1
                number += 1
                return line
            }
            searched = filled
            if atEnd {
                guard consumed < filled else { return nil }
                let line = consumed..<filled
                consumed = filled
                number += 1
                return line
            }
            try fill(&searched)
        }
    }

    private func indexOfLineEnd(from start: Int) -> Int? {
        buffer.withUnsafeBytes { bytes -> Int? in
            guard start < filled, let base = bytes.baseAddress,
                let found = memchr(base + start, 0x0A, filled - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private func fill(_ searched: inout Int) throws(RecordingsError) {
        if consumed > 0 {
            buffer.replaceSubrange(0..<filled - consumed, with: Array(buffer[consumed..<filled]))
            searched -= consumed
            filled -= consumed
            consumed = 0
        }
        if filled == buffer.count {
            guard buffer.count < Self.greatestLength else {
                throw RecordingsError(
                    file: file, line: number + 1, message: "expected a line of at most 64 MB, found a longer one")
            }
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
        let count = buffer.withUnsafeMutableBytes { bytes in
            var count: Int
            repeat {
                count = read(handle, bytes.baseAddress! + filled, bytes.count - filled)
            } while count < 0 && errno == EINTR
            return count
        }
        guard count >= 0 else {
            throw RecordingsError(
                file: file, line: number + 1, message: "cannot be read: " + String(cString: strerror(errno)))
        }
        filled += count
        atEnd = count == 0
    }
}
