import CLibAV
import Glibc
import Synchronization

/// The libraries of FFmpeg as a whole: how much they say, and what their codes mean.
package enum MediaLibrary {
    /// How much the libraries write to stderr.
    package enum LogLevel: Sendable, Hashable, CaseIterable {
        case quiet, error, warning, information, debug
    }

    /// Sets how much the libraries write to stderr, for the whole process; they are quiet until told otherwise.
    package static func setLogLevel(_ level: LogLevel) {
        logLevel.withLock { $0 = level }
        prepare()
    }

    /// Brings the libraries' own level, loud by default, to ours, and takes secrets out of what they write; every opening
    /// of a source starts with it.
    static func prepare() {
        av_log_set_callback { object, level, format, arguments in
            guard level <= av_log_get_level(), let arguments else { return }
            MediaLibrary.write(object, level, format, arguments)
        }
        let level = logLevel.withLock { $0 }
        let number =
            switch level {
            case .quiet: AV_LOG_QUIET
            case .error: AV_LOG_ERROR
            case .warning: AV_LOG_WARNING
            case .information: AV_LOG_INFO
            case .debug: AV_LOG_DEBUG
            }
        av_log_set_level(number)
    }

    private static let logLevel = Mutex(LogLevel.quiet)

    /// Writes a message of the libraries to stderr, without passwords.
    private static func write(
        _ object: UnsafeMutableRawPointer?, _ level: Int32, _ format: UnsafePointer<CChar>?, _ arguments: CVaListPointer
    ) {
        let line = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 2048) { text in
            var printsPrefix: Int32 = 1
            av_log_format_line(object, level, format, arguments, text.baseAddress, Int32(text.count), &printsPrefix)
            return String(cString: text.baseAddress!)
        }
        // Debugging shows whole requests, where the password stands in a header of its own.
        guard !line.lowercased().contains("authorization") else { return }
        let shown = SourceAddress.redacting(line)
        _ = Glibc.write(STDERR_FILENO, shown, shown.utf8.count)
    }

    /// The library's words for one of its error codes.
    static func words(for code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            guard av_strerror(code, text.baseAddress!, text.count) == 0 else { return "error \(code)" }
            return String(cString: text.baseAddress!)
        }
    }

    /// Throws what a negative code means, said of `path` while doing `work`; gives other codes back.
    @discardableResult
    static func check(_ code: Int32, _ path: String, _ work: @autoclosure () -> String) throws(VideoError) -> Int32 {
        guard code >= 0 else { throw VideoError(path, "\(work()): \(words(for: code))") }
        return code
    }
}
