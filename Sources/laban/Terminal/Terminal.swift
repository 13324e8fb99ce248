import Glibc

/// One of the two streams a command writes to.
struct Terminal {
    static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
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

    /// Writes all of `text`, past interruptions; gives up quietly when nobody reads any more.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var next = 0
            while next < bytes.count {
                let got = Glibc.write(descriptor, bytes.baseAddress! + next, bytes.count - next)
                if got < 0, errno == EINTR { continue }
                if got <= 0 { return }
                next += got
            }
        }
    }
}
