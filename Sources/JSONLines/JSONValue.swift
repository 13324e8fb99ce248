/// A value of a JSON file, as it stands there: what it is is told before anything is made of it.
package enum JSONValue: Decodable, Sendable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The value at a path such as `sampling.frames`; nil where there is none.
    package subscript(path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self) { value, key in
            if case .object(let members)? = value { members[String(key)] } else { nil }
        }
    }

    /// The value that a key, or a place in a list, leads to; nil where there is none.
    package subscript(key: any CodingKey) -> JSONValue? {
        switch self {
        case .object(let members): members[key.stringValue]
        case .list(let values): key.intValue.flatMap { values.indices.contains($0) ? values[$0] : nil }
        default: nil
        }
    }

    /// For errors: `"fast"`, `3`, `a list`.
    package var words: String {
        switch self {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .number(let number): number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        case .text(let text): "\"\(text.prefix(40))\""
        case .list: "a list"
        case .object: "an object"
        }
    }
}
