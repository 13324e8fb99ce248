import Foundation

/// Text in which `${NAME}` stands for a variable of the environment.
package enum EnvironmentText {
    /// What is wrong with a text, in a sentence.
    package struct Fault: Error {
        package let message: String

        package init(message: String) { self.message = message }
    }

    /// The text with every name replaced. Within an address what is put in is percent-encoded, so it may hold any
    /// character.
    package static func expanded(_ written: String, _ environment: [String: String]) throws(Fault) -> String {
        var rest = written[...]
        var text = ""
        while let start = rest.firstRange(of: "${") {
            text += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                throw Fault(message: "expected ${NAME}, found '${' without '}'")
            }
            let name = String(rest[start.upperBound..<end])
            guard let found = environment[name], !found.isEmpty else {
                throw Fault(message: "expected the variable \(name) in the environment, found none")
            }
            text += text.contains("://") ? percentEncoded(found) : found
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }

    private static func percentEncoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
