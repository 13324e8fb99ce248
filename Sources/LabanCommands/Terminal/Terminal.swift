import Glibc
import LabanServer
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

    /// Writes all of `text`; gives up quietly when nobody reads any more, or not for that long.
    func write(_ text: PrintableText, patience: Duration = .seconds(1)) {
        var text = text.description
        _ = text.withUTF8 { Self.write(UnsafeRawBufferPointer($0), to: descriptor, patience: patience) }
    }

    /// Writes text that was put together elsewhere and may have several lines.
    @_disfavoredOverload
    func write(_ text: String) { write(PrintableText(lines: text)) }

    /// Writes all bytes, past interruptions; 0, or the system's number for what went wrong.
    ///
    /// - Parameter patience: how long a reader that does not read is waited for, then the number is `ETIMEDOUT`; nil
    ///   waits until the user has asked to stop, and a second more.
    static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, patience: Duration? = nil
    ) -> Int32 {
        send(bytes, to: descriptor, patience: patience).code
    }

    /// As `write`, and says how many bytes were written.
    static func send(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, patience: Duration? = nil
    ) -> (count: Int, code: Int32) {
        var next = 0
        var end = patience.map { ContinuousClock.now + $0 }
        while next < bytes.count {
            if !isReady(descriptor, within: end.map { $0 - .now } ?? .milliseconds(100)) {
                if let end, end <= .now { return (next, ETIMEDOUT) }
                if end == nil, StopSignal.isRequested { end = .now + .seconds(1) }
                continue
            }
            // As much as a pipe that is ready takes without waiting.
            let written = Glibc.write(descriptor, bytes.baseAddress! + next, min(bytes.count - next, Int(PIPE_BUF)))
            if written < 0, errno == EINTR || errno == EAGAIN { continue }
            // A terminal that was closed is a reader that has gone.
            guard written > 0 else { return (next, errno == EIO && isDevice(descriptor) ? EPIPE : errno) }
            next += written
        }
        return (next, 0)
    }

    private static func isDevice(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
    }

    /// Whether a write would not wait, or fail at once.
    private static func isReady(_ descriptor: Int32, within limit: Duration) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let milliseconds = Int32(max(0, min(limit / .milliseconds(1), 1000)).rounded(.up))
        return poll(&entry, 1, milliseconds) > 0
    }
}
