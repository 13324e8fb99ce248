/// An error that says where something is wrong, what was expected and what was found.
package protocol LocatedError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, folder or address as the user gave it; empty where it is about none.
    var file: String { get }
    /// Counted from 1; nil where lines do not tell.
    var line: Int? { get }
    var column: Int? { get }
    /// Where in the file when lines do not tell, such as `record 3 at byte 1200`; empty where it is about all of it.
    var place: String { get }
    /// What was expected and what was found, as one sentence without a full stop.
    var message: String { get }
}

extension LocatedError {
    package var file: String { "" }
    package var line: Int? { nil }
    package var column: Int? { nil }
    package var place: String { "" }

    /// `file:line:column: place: message`, as compilers write it.
    package var sentence: String {
        let numbers = [line, column].compactMap { $0.map(String.init) }
        return [([file] + numbers).joined(separator: ":"), place, message].filter { !$0.isEmpty }
            .joined(separator: ": ")
    }

    package var description: String { sentence }

    /// The message with its place and without the file, for lists in which the file is named already.
    package var messageWithPlace: String {
        [line.map { "line \($0)" } ?? place, message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
