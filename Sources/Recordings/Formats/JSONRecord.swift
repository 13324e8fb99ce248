import JSONLines

/// One value of a large JSON file, and where in the file it lies.
struct JSONRecord {
    /// Its key, for the members of an object.
    let name: String?
    /// Holds the value in `range`; what lies around it means nothing.
    let bytes: [UInt8]
    let range: Range<Int>
    let file: String
    /// The line it begins on, counted from 1.
    let line: Int
    /// Bytes of the file before it.
    let offset: Int

    /// Reads the value with a scanner; its faults become errors that name file, line and byte of the file.
    func read<Value>(_ body: (inout JSONScanner) throws(JSONFault) -> Value) throws(RecordingsError) -> Value {
        do {
            var scanner = JSONScanner(bytes, in: range)
            let value = try body(&scanner)
            try scanner.expectEnd()
            return value
        } catch {
            throw self.error(error)
        }
    }

    /// An error at this value.
    func error(_ message: String) -> RecordingsError { RecordingsError(file: file, line: line, message: message) }

    private func error(_ fault: JSONFault) -> RecordingsError {
        let place = min(range.lowerBound + fault.offset, range.upperBound)
        let lineEnds = bytes[range.lowerBound..<place].count { $0 == 0x0A }
        let inFile = JSONFault(
            offset: offset + place - range.lowerBound, expected: fault.expected, found: fault.found)
        return RecordingsError(file: file, line: line + lineEnds, message: inFile.sentence)
    }
}
