/// Why a request was refused: what programs branch on, what went wrong, and what to do.
package struct ControlFault: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The message is no request.
        case malformed
        /// The message is longer than a request may be.
        case tooLong = "too_long"
        case unknownOp = "unknown_op"
        case badArgument = "bad_argument"
        /// There is nothing of that name.
        case notFound = "not_found"
        /// It was tried, and did not work.
        case failed
    }

    package let code: Code
    package let message: String
    package let hint: String?

    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var description: String { message + (hint.map { "; " + $0 } ?? "") }

    static func malformed(_ message: String) -> ControlFault {
        ControlFault(.malformed, message, hint: #"send one JSON object such as {"id":1,"op":"hello"}"#)
    }
}
