import Events
import Foundation
import History

/// Reads the times that options are given, all of them alike.
enum TimeOption {
    /// What a phrase such as `yesterday 10:00` means; says on standard error what the asker should know of it.
    ///
    /// - Parameter option: what errors and notes name.
    static func read(
        _ phrase: String, of option: String, now: UnixTime = UnixTime(Date())
    ) throws -> TimePhrase.Interval {
        do throws(HistoryError) {
            let interval = try TimePhrase.parse(phrase, now: now)
            if let note = interval.note { Terminal.standardError.write("Note: \(option): \(note)\n") }
            return interval
        } catch {
            throw HistoryError(error.code, message: "\(option): \(error.message)")
        }
    }
}
