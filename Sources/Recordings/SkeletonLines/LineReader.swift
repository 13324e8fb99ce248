import Foundation

/// Reads a file, or standard input for `-`, line by line through a buffer that holds little more than a line.
final class LineReader {
    /// The number of the line last given, counted from 1.
    private(set) var number = 0
    private let window: FileWindow

    init(path: String) throws(RecordingsError) { window = try FileWindow(path: path) }

    var file: String { window.file }

    /// Holds the line last given in the range that `next` returned.
    var buffer: [UInt8] { window.buffer }

    /// Where in `buffer` the next line lies, without its line end; nil when there is none left.
    func next() throws(RecordingsError) -> Range<Int>? {
        var searched = 0
        while true {
            if let length = lengthOfLine(from: searched) {
                let start = window.unread.lowerBound
                window.consume(length + 1)
                number += 1
                return start..<start + length
            }
            searched = window.unread.count
            if try !window.fill(line: number + 1) {
                let rest = window.unread
                guard !rest.isEmpty else { return nil }
                window.consume(rest.count)
                number += 1
                return rest
            }
        }
    }

    /// Unread bytes before the next line end, of which the first `searched` hold none.
    private func lengthOfLine(from searched: Int) -> Int? {
        window.buffer.withUnsafeBytes { bytes -> Int? in
            let start = bytes.baseAddress! + window.unread.lowerBound
            guard let found = memchr(start + searched, 0x0A, window.unread.count - searched) else { return nil }
            return UnsafeRawPointer(found) - start
        }
    }
}
