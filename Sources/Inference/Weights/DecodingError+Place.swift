package import Foundation
import JSONLines

extension DecodingError {
    /// The key that is wrong, such as `architecture.blocks.2.kernel`.
    package var place: String {
        let key: [any CodingKey] = if case .keyNotFound(let key, _) = self { [key] } else { [] }
        return (path + key).map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    /// What is wrong with it, in the words of JSON.
    ///
    /// - Parameter json: what was decoded, which tells what was found.
    package func problem(in json: Data) -> String {
        let whole = try? JSONDecoder().decode(JSONValue.self, from: json)
        let value = path.reduce(whole) { $0?[$1] }
        let found = value?.words ?? "none"
        switch self {
        case .keyNotFound:
            guard case .object(let members)? = value, !members.isEmpty else {
                return "the key is missing: expected it in an object, found an empty one"
            }
            return "the key is missing: expected it beside \(members.keys.sorted().joined(separator: ", "))"
        case .typeMismatch(let type, _), .valueNotFound(let type, _):
            return "expected \(Self.words(type)), found \(found)"
        case .dataCorrupted(let context):
            // Numbers that do not fit are all that the library itself has to say of data that are JSON.
            if case .number? = value {
                let isWhole =
                    !context.debugDescription.hasSuffix("Float.") && !context.debugDescription.hasSuffix("Double.")
                return "expected a \(isWhole ? "whole " : "")number in range, found \(found)"
            }
            return value == nil ? "expected JSON, found something else" : context.debugDescription
        @unknown default: return "\(self)"
        }
    }

    private var path: [any CodingKey] {
        switch self {
        case .keyNotFound(_, let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }

    private static func words(_ type: any Any.Type) -> String {
        switch type {
        case is any FixedWidthInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is [Any].Type, is any UnkeyedDecodingContainer.Type: "a list"
        default: "an object"
        }
    }
}
