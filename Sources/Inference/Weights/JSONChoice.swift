/// A text of a JSON file out of a few; any other is refused with all of them.
package protocol JSONChoice: RawRepresentable, Codable, CaseIterable where RawValue == String {}

extension JSONChoice {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let choice = Self(rawValue: name) else {
            let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected one of \(names), found \"\(name.prefix(40))\"")
        }
        self = choice
    }
}
