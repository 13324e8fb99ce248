extension JSONScanner {
    /// Reads any value; of keys that come twice the last one counts.
    package mutating func readValue(depth: Int = 0) throws(JSONFault) -> JSONValue {
        guard depth < Self.greatestDepth else { throw fault(expected: "fewer nested values") }
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try readObject { (scanner, key) throws(JSONFault) in
                members[try scanner.text(of: key)] = try scanner.readValue(depth: depth + 1)
            }
            return .object(members)
        case UInt8(ascii: "["):
            var values: [JSONValue] = []
            try readArray { (scanner) throws(JSONFault) in values.append(try scanner.readValue(depth: depth + 1)) }
            return .list(values)
        case UInt8(ascii: "\""): return .text(try readString())
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag(try readFlag())
        case UInt8(ascii: "n"):
            guard skipNull() else { throw fault(expected: "a value") }
            return .null
        default: return .number(try readNumber())
        }
    }
}

extension JSONWriter {
    /// Any value, the keys of objects in the order of the alphabet; numbers are rounded to 4 decimals.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .flag(let flag): self.value(flag)
        case .number(let number): self.value(rounding: number)
        case .text(let text): self.value(text)
        case .list(let values):
            openArray()
            for value in values { self.value(value) }
            closeArray()
        case .object(let members):
            openObject()
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                self.key(quoting: key)
                self.value(value)
            }
            closeObject()
        }
    }
}
