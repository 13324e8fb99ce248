import JSONLines

extension JSONScanner {
    /// Whether a number comes next.
    mutating func peeksNumber() -> Bool {
        peek().map { $0 == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false
    }

    /// A number that is finite as a `Float`; `NaN` and `null`, which some programs write, are zero.
    mutating func readFloat() throws(JSONFault) -> Float {
        if skipNull() || skipNaN() { return 0 }
        let fault = fault(expected: "a number in range")
        let value = Float(try readNumber())
        guard value.isFinite else { throw fault }
        return value
    }

    /// A person's id: a whole number from 0, alone or first in an array; anything else is none.
    mutating func readIdentity(depth: Int = 0) throws(JSONFault) -> Int? {
        if peek() == UInt8(ascii: "["), depth < 2 {
            var id: Int?
            var isFirst = true
            try readArray { (scanner) throws(JSONFault) in
                let one = try scanner.readIdentity(depth: depth + 1)
                if isFirst { id = one }
                isFirst = false
            }
            return id
        }
        guard peeksNumber() else {
            try skipValue()
            return nil
        }
        return Int(exactly: try readNumber()).flatMap { 0...1 << 52 ~= $0 ? $0 : nil }
    }
}
