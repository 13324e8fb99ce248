/// Why a JSON text could not be read, and where.
package struct JSONFault: Error, Sendable, Hashable {
    /// The byte of the text, counted from 0.
    package let offset: Int
    package let expected: String
    package let found: String

    package init(offset: Int, expected: String, found: String) {
        self.offset = offset
        self.expected = expected
        self.found = found
    }

    /// The fault as a sentence without a full stop; bytes count from 1, as columns of a line do.
    package var sentence: String { "expected \(expected), found \(found) at byte \(offset + 1)" }
}
