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
    /// Which value of the file it is, counted from 1.
    let number: Int
    /// Whether the line tells where to look: not so for the first line, unless values stand in lines of their own.
    let hasOwnLine: Bool
    /// Bytes of the file before it.
    let offset: Int

    /// The byte it begins with.
    var firstByte: UInt8? { range.isEmpty ? nil : bytes[range.lowerBound] }

    /// Where it is.
    var place: RecordPlace {
        RecordPlace(file: file, line: hasOwnLine ? line : nil, record: "record \(number) at byte \(offset + 1)")
    }

    /// Reads the value with a scanner; its faults become errors that name file, place and byte of the file.
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
    func error(_ message: String) -> RecordingsError { place.error(message) }

    private func error(_ fault: JSONFault) -> RecordingsError {
        let at = min(range.lowerBound + fault.offset, range.upperBound)
        let lineEnds = bytes[range.lowerBound..<at].count { $0 == 0x0A }
        let inFile = JSONFault(offset: offset + at - range.lowerBound, expected: fault.expected, found: fault.found)
        let isOnOwnLine = hasOwnLine || lineEnds > 0
        return RecordingsError(
            file: file, line: isOnOwnLine ? line + lineEnds : nil, place: isOnOwnLine ? "" : "record \(number)",
            message: inFile.sentence)
    }
}
