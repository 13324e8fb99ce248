import Foundation
import Printing

/// Says on standard error how far long work has come, how fast it goes and when it will be done.
///
/// On a terminal it is a bar, drawn at most ten times a second, that leaves nothing behind; in a pipe or a log it is a line
/// every ten seconds, so that short work stays silent.
package struct ProgressBar {
    private let title: String
    private let total: Int?
    private let unit: String
    private let isDrawn: Bool
    private let isLogged: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastSaid: ContinuousClock.Instant?
    private var drawnWidth = 0

    /// Time from one line of a log to the next, and to the first.
    private static let logInterval = Duration.seconds(10)

    /// - Parameters:
    ///   - title: what is being done, such as `Training`.
    ///   - total: how many `unit`s there are in all; nil when nobody knows.
    ///   - unit: what is counted, such as `frames`; empty shows percent only.
    ///   - isLogged: whether a log is told as well; of cameras, which have no end, it is not.
    package init(_ title: String, total: Int? = nil, unit: String = "", isLogged: Bool = true) {
        self.title = title
        self.total = total.flatMap { $0 > 0 ? $0 : nil }
        self.unit = unit
        isDrawn = Terminal.standardError.isInteractive
        self.isLogged = isLogged
        start = clock.now
    }

    /// Does work that says how many units are done, under a bar of its own.
    package static func during<Result>(
        _ title: String, total: Int? = nil, unit: String, _ work: (_ progress: (Int) -> Void) throws -> Result
    ) rethrows -> Result {
        var bar = ProgressBar(title, total: total, unit: unit)
        defer { bar.finish() }
        return try work { bar.update(count: $0) }
    }

    /// Shows that `count` units are done.
    package mutating func update(count: Int, note: String = "") {
        say(count: count, fraction: total.map { min(1, Double(count) / Double($0)) }, note: note)
    }

    /// Shows that this share of the work is done, 0…1.
    package mutating func update(fraction: Double, note: String = "") {
        say(count: nil, fraction: min(1, max(0, fraction)), note: note)
    }

    /// Wipes the bar away, so that the next line starts clean.
    package mutating func finish() {
        guard drawnWidth > 0 else { return }
        Terminal.standardError.write("\r\(String(repeating: " ", count: drawnWidth))\r")
        drawnWidth = 0
    }

    private mutating func say(count: Int?, fraction: Double?, note: String) {
        let now = clock.now
        if isDrawn {
            if let lastSaid, now - lastSaid < .milliseconds(100) { return }
            lastSaid = now
            draw(text(count: count, fraction: fraction, elapsed: now - start, note: note, hasBar: true))
        } else if isLogged, now - (lastSaid ?? start) >= Self.logInterval {
            lastSaid = now
            let line = text(count: count, fraction: fraction, elapsed: now - start, note: note, hasBar: false)
            Terminal.standardError.write("\(line)\n")
        }
    }

    private mutating func draw(_ line: String) {
        let shown = String(line.printable.prefix(Terminal.standardError.width - 1))
        Terminal.standardError.write("\r\(shown)\(String(repeating: " ", count: max(0, drawnWidth - shown.count)))")
        drawnWidth = shown.count
    }

    /// The line for a moment of the work, without the cursor's movements.
    private func text(count: Int?, fraction: Double?, elapsed: Duration, note: String, hasBar: Bool) -> String {
        var parts = [title]
        let seconds = elapsed / .seconds(1)
        if let fraction {
            if hasBar {
                let filled = Int((fraction * 24).rounded(.down))
                parts.append(String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled))
            }
            parts.append("\(Int(fraction * 100)) %")
        }
        if let count {
            parts.append([total.map { "\(count)/\($0)" } ?? "\(count)", unit].joined(separator: " "))
            if seconds > 0.5 { parts.append(Self.rounded(Double(count) / seconds) + "/s") }
        }
        if let fraction, fraction > 0.01, fraction < 1, seconds > 1 {
            parts.append(Self.clockTime(seconds * (1 - fraction) / fraction) + " left")
        }
        if !note.isEmpty { parts.append(note) }
        return parts.joined(separator: "  ")
    }

    private static func rounded(_ value: Double) -> String {
        value >= 10 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
    }

    /// Seconds as `0:07` or `1:02:03`.
    private static func clockTime(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        let tail = (whole % 60 < 10 ? ":0" : ":") + "\(whole % 60)"
        guard whole >= 3_600 else { return "\(whole / 60)" + tail }
        let minutes = whole / 60 % 60
        return "\(whole / 3_600)" + (minutes < 10 ? ":0" : ":") + "\(minutes)" + tail
    }
}
