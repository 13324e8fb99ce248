import Glibc
import Printing

/// The screen, or whatever stands in for it, for what is said beside the results.
struct Terminal {
    static let standardError = Terminal(descriptor: STDERR_FILENO)

    let descriptor: Int32

    /// Whether a person watches, on a screen whose cursor can go back.
    var isInteractive: Bool {
        guard isatty(descriptor) == 1, let type = getenv("TERM") else { return false }
        return strcmp(type, "dumb") != 0
    }

    /// Columns of the screen; 80 when nothing says.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all of `text`; gives up quietly when nobody reads any more.
    func write(_ text: PrintableText) {
        var text = text.description
        _ = text.withUTF8 { Self.write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    /// Writes text that was put together elsewhere and may have several lines.
    @_disfavoredOverload
    func write(_ text: String) { write(PrintableText(lines: text)) }

    /// Text on one line without what could steer a screen: files that strangers made are quoted in errors.
    static func printable(_ text: String) -> String { text.printable }

    /// Writes all bytes, past interruptions; 0, or the system's number for what went wrong.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var next = 0
        while next < bytes.count {
            let written = Glibc.write(descriptor, bytes.baseAddress! + next, bytes.count - next)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return errno }
            next += written
        }
        return 0
    }
}
