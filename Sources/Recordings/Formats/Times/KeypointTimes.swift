import Foundation
import Skeleton

/// Media times made of the times that a file states: in one unit, from the recording's beginning, and growing.
struct KeypointTimes {
    /// One a frame, growing; nil for a frame that is passed over.
    private(set) var times: [Duration?] = []
    /// When the first frame was recorded, since 1970, where the file's times are those of the world's clocks.
    private(set) var recordedAt: Duration?
    /// What was inferred, moved or passed over, for people to read.
    private(set) var notes: [String] = []

    private static let second = 1e6
    private static let day = 86_400 * second
    /// 2000 and 2100 in microseconds since 1970: what lies between is taken for a date.
    private static let dates = 946_684_800 * second..<4_102_444_800 * second
    /// Whether a time since 1970 is taken for a date.
    static func isDate(_ time: Duration) -> Bool { dates.contains(Double(time.inMicroseconds)) }

    /// Nothing else is as far from its beginning.
    private static let greatest = 0x1p52
    /// Frames come in steps from half a millisecond to an hour; another step makes a stated unit unlikely.
    private static let likelySteps = 500...3600 * second

    /// - Parameters:
    ///   - values: what the file states, in its own unit.
    ///   - unit: the unit that the field's name tells.
    ///   - field: the field's name.
    init(_ values: [Double], unit: TimeUnit?, field: String) {
        guard let first = values.first else { return }
        let step = Self.usualStep(of: values)
        let known = Self.unit(stated: unit, first: first, step: step)
        if let known, known != unit {
            let why = step.map { "by its steps of \(Self.text($0))" } ?? "by its size"
            let contradiction = unit.map { ", which are none of \($0)" } ?? ""
            notes.append("\"\(field)\" taken for \(known) \(why)\(contradiction)")
        }
        let factor = (known ?? .milliseconds).microseconds
        var origin = 0.0
        if Self.dates.contains(first * factor) {
            origin = first
            let microseconds = Int64((first * factor).rounded())
            recordedAt = .microseconds(microseconds)
            // To the millisecond, and a little more, since what follows cuts and does not round.
            let date = Date(timeIntervalSince1970: (Double(microseconds) / 1e3).rounded() / 1e3 + 1e-5)
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            notes.append("times count from the first frame, recorded \(date.formatted(style))")
        } else if abs(first * factor) > Self.day {
            origin = first
            notes.append(
                "times count from the first frame, which \"\(field)\" has at \(Self.text(first)) \(known ?? .milliseconds)"
            )
        }
        order(values.map { ($0 - origin) * factor }, step: (step ?? 0) * factor)
    }

    /// The median of the steps forward; nil when there are none.
    private static func usualStep(of values: [Double]) -> Double? {
        let steps = zip(values.dropFirst(), values).map { $0 - $1 }.filter { $0 > 0 }.sorted()
        return steps.isEmpty ? nil : steps[steps.count / 2]
    }

    /// The unit to go by: what the name says unless the steps make it impossible, else what makes the first value a
    /// date, else what makes the steps those of a film.
    private static func unit(stated: TimeUnit?, first: Double, step: Double?) -> TimeUnit? {
        if let stated, step.map({ likelySteps.contains($0 * stated.microseconds) }) ?? true { return stated }
        let dated = TimeUnit.allCases.first { dates.contains(first * $0.microseconds) }
        guard let step else { return dated ?? stated }
        if let dated, likelySteps.contains(step * dated.microseconds) { return dated }
        // Frames are two milliseconds to two seconds apart.
        return TimeUnit.allCases.first { step * $0.microseconds >= 2_000 && step * $0.microseconds < 2 * second }
            ?? (step < 2 ? .seconds : .nanoseconds)
    }

    /// Brings the times into growing order.
    ///
    /// Frames with the time of the one before are spread up to the next time, as a coarse clock needs. One that is
    /// earlier is passed over, unless it is so much earlier that the clock must have begun anew: then everything goes
    /// on one step later.
    private mutating func order(_ stated: [Double], step: Double) {
        let step = step > 0 ? step : Self.second / 30
        var placed: [Double?] = []
        placed.reserveCapacity(stated.count)
        var shift = 0.0
        var last: Double?
        var (restarts, late, repeated, impossible) = (0, 0, 0, 0)
        for value in stated {
            var time = value + shift
            guard abs(time) < Self.greatest else {
                impossible += 1
                placed.append(nil)
                continue
            }
            if let last, time < last {
                guard last - time > max(Self.second, 10 * step) else {
                    late += 1
                    placed.append(nil)
                    continue
                }
                shift += last + step - time
                time = last + step
                restarts += 1
            }
            placed.append(time)
            last = time
        }
        spread(&placed, step: step, count: &repeated)
        var latest: Int64?
        times = placed.map { time in
            guard let time else { return nil }
            let microseconds = Int64(time.rounded())
            if let latest, microseconds <= latest {
                late += 1
                return nil
            }
            latest = microseconds
            return .microseconds(microseconds)
        }
        if repeated > 0 {
            notes.append("\(Self.frames(repeated)) with the time of the frame before moved towards the next")
        }
        if late > 0 { notes.append("\(Self.frames(late)) with a time not after that of the frame before passed over") }
        if restarts > 0 {
            notes.append(
                "times begin anew \(restarts == 1 ? "once" : "\(restarts) times"): what follows is put one step later")
        }
        if impossible > 0 { notes.append("\(Self.frames(impossible)) with an impossible time passed over") }
    }

    /// Spreads runs of one time evenly, no farther than a usual step.
    private func spread(_ placed: inout [Double?], step: Double, count: inout Int) {
        let kept = placed.indices.filter { placed[$0] != nil }
        var start = 0
        while start < kept.count {
            var end = start + 1
            while end < kept.count, placed[kept[end]] == placed[kept[start]] { end += 1 }
            if end - start > 1, let time = placed[kept[start]] {
                let next = end < kept.count ? placed[kept[end]] : nil
                let room = min(step, next.map { $0 - time } ?? step)
                for index in start + 1..<end {
                    placed[kept[index]] = time + room * Double(index - start) / Double(end - start)
                }
                count += end - start - 1
            }
            start = end
        }
    }

    private static func frames(_ count: Int) -> String { count == 1 ? "1 frame" : "\(count) frames" }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : String(format: "%.6g", number)
    }
}
