import Foundation
import JSONLines

extension BoundedFile {
    /// What a JSON file that is one object says.
    ///
    /// - Parameter file: what errors call it; they name the line, or the key.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, from json: [UInt8], file: String
    ) throws(InferenceError) -> Value {
        if let fault = JSONFileFault(json) {
            throw InferenceError(.malformed, file: file, line: fault.line, column: fault.column, fault.message)
        }
        let json = Data(json)
        do {
            return try JSONDecoder().decode(type, from: json)
        } catch let error as DecodingError {
            let error = error.place.isEmpty ? misfit(type, json) ?? error : error
            throw InferenceError(.malformed, file: file, place: error.place, error.problem(in: json))
        } catch {
            throw InferenceError(.malformed, file: file, "expected JSON, found something else")
        }
    }

    /// The number that does not fit what it is to be, which the reader of JSON refuses without its place and that of property
    /// lists with it; nil when there is none.
    private static func misfit<Value: Decodable>(_ type: Value.Type, _ json: Data) -> DecodingError? {
        guard let value = try? JSONSerialization.jsonObject(with: json),
            let list = try? PropertyListSerialization.data(
                fromPropertyList: withoutNulls(value), format: .binary, options: 0)
        else { return nil }
        do { _ = try PropertyListDecoder().decode(type, from: list) } catch { return error as? DecodingError }
        return nil
    }

    /// Property lists know no null.
    private static func withoutNulls(_ value: Any) -> Any {
        switch value {
        case let members as [String: Any]: members.filter { !($0.value is NSNull) }.mapValues(withoutNulls)
        case let values as [Any]: values.map(withoutNulls)
        case is NSNull: ""
        default: value
        }
    }
}
