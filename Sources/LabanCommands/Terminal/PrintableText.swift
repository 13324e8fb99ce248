import Printing

/// Text that a terminal, a log or a file of lines may get.
///
/// What Laban itself writes stands as it is, line ends included; whatever is put into it with `\(…)` came from outside and is
/// made printable on one line:
///
///     Terminal.standardError.write("Left out: \(file)\n")
package struct PrintableText: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Text that is known to be printable, such as a table that was made of printable parts.
    package init(verbatim text: String) { description = text }

    /// Text of several lines from outside or from within; only its line ends stay.
    package init(lines text: String) { description = text.printableLines }

    package static func + (a: Self, b: Self) -> Self { Self(verbatim: a.description + b.description) }
}

extension PrintableText: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) { description = text }

    package init(stringInterpolation: StringInterpolation) { description = stringInterpolation.text }

    /// What comes from outside is made printable as it is put in.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(2 * literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        /// Anything from outside.
        package mutating func appendInterpolation(_ value: some Any) { text += "\(value)".printable }

        /// What is printable already.
        package mutating func appendInterpolation(_ value: PrintableText) { text += value.description }

        /// Something that may have several lines, such as an error: those after the first are set in, so that none of them
        /// can pass for a line of Laban's own.
        package mutating func appendInterpolation(lines value: some Any) {
            text += "\(value)".printableLines.split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n  ")
        }
    }
}
