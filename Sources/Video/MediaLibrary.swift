import CLibAV
import Glibc

/// The libraries of FFmpeg as a whole: their silence, and what their codes mean.
enum MediaLibrary {
    /// Silences the libraries, loud by default: what they write may hold passwords. Every opening of a source starts with it.
    static func prepare() { av_log_set_level(AV_LOG_QUIET) }

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
        guard code >= 0 else {
            throw VideoError(path, "\(work()): \(words(for: code))", isDiskFull: code == laban_AVERROR(ENOSPC))
        }
        return code
    }
}
