import Glibc
package import LabanServer
import Printing

/// Where results go. Every command writes them here, so that none is lost in silence on a full disk.
package enum StandardOutput {
    /// Writes all of `text`.
    ///
    /// - Throws: `OutputError` when it cannot be written, which ends the command with code 1, or quietly when its
    ///   reader has gone.
    package static func write(_ text: PrintableText) throws(OutputError) {
        var text = text.description
        let code = text.withUTF8 { Terminal.write(UnsafeRawBufferPointer($0), to: STDOUT_FILENO) }
        guard code == 0 else { throw OutputError(file: "standard output", errno: code) }
    }

    /// Writes a line.
    package static func print(_ line: PrintableText = "", terminator: PrintableText = "\n") throws(OutputError) {
        try write(line + terminator)
    }

    /// Writes text that was put together elsewhere and may have several lines.
    @_disfavoredOverload
    package static func write(_ text: String) throws(OutputError) { try write(PrintableText(lines: text)) }

    /// Writes text that was put together elsewhere and may have several lines, and a line end.
    @_disfavoredOverload
    package static func print(_ text: String, terminator: PrintableText = "\n") throws(OutputError) {
        try write(PrintableText(lines: text) + terminator)
    }

    /// Writes a JSON text and a line end.
    package static func print(json text: String) throws(OutputError) {
        try write(PrintableText(verbatim: text.printableJSON + "\n"))
    }
}
