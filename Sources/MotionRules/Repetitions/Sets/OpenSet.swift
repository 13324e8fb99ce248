import Skeleton

/// A set that goes on.
struct OpenSet: Sendable {
    var exercise: String?
    var number: Int
    var repetitions: [Repetition] = []
    var partials = 0
    var byRule = 0
    var byMotion = 0
    /// When the set before ended.
    var before: Duration?
    /// How often each rule told a repetition of this set.
    var votes: [String: Int] = [:]

    /// Takes the word of a rule; the rule with most of them names the set.
    mutating func vote(_ name: String) {
        votes[name, default: 0] += 1
        guard let exercise else {
            exercise = name
            return
        }
        if votes[name, default: 0] > votes[exercise, default: 0] + 1 { self.exercise = name }
    }

    /// The usual time from one end to the next; nil before there are several.
    var interval: Duration? {
        let ends = repetitions.suffix(6).map(\.end)
        guard ends.count >= 4 else { return nil }
        let intervals = zip(ends.dropFirst(), ends).map { $0 - $1 }.sorted()
        return intervals[intervals.count / 2]
    }

    /// Whether a repetition comes so soon after the last that it is part of one.
    func isCrowded(_ repetition: Repetition) -> Bool {
        guard let interval, let last = repetitions.last, repetition.end > end else { return false }
        let least = interval * Self.crowding
        return repetition.end - end < least && repetition.turningPoint - last.turningPoint < least
    }

    /// A typical length.
    var length: Duration {
        let lengths = repetitions.suffix(5).map { $0.end - $0.start }.sorted()
        return lengths.isEmpty ? .seconds(2) : lengths[lengths.count / 2]
    }

    // What rules and motion tell of comes nearly in the order of time, and not always.
    var start: Duration { repetitions.prefix(Self.company).lazy.map(\.start).min() ?? .zero }
    var end: Duration { repetitions.suffix(Self.company).lazy.map(\.end).max() ?? .zero }

    /// How many may be told at once.
    private static let company = 8

    /// Whether motion shows that a rule was wrong to call one partial: it turns at the same time, and is known to go about as
    /// far as others of the open set.
    func overrules(_ moved: Repetition, _ partial: Repetition) -> Bool {
        let ways = repetitions.compactMap { $0.isPartial ? nil : $0.way }.sorted()
        guard ways.count > 1, let way = moved.way, Self.turnTogether(moved, partial) else { return false }
        return way >= Self.whole * ways[ways.count / 2]
    }

    /// Whether one told by its motion went clearly less far than others of the open set: along their motion, and by the
    /// angle of the joint that moves most.
    func isPartial(_ repetition: Repetition) -> Bool {
        let others = repetitions.filter { $0.basis == .motion || $0.way != nil }
        func share(_ value: Float?, _ usual: [Float]) -> Float {
            guard let value, !usual.isEmpty else { return 1 }
            return value / usual.sorted()[usual.count / 2]
        }
        let way = share(repetition.way, others.compactMap(\.way))
        let range = share(
            repetition.rangeOfMotion,
            others.compactMap { $0.basis == .motion && $0.rangeUnit == .degrees ? $0.rangeOfMotion : nil })
        return way < (byRule > 0 ? Self.partial : Self.partialOfUnruled) && range < 0.9
    }

    /// Whether two turn within a quarter of the shorter one's time: motion that begins half-way turns elsewhere.
    private static func turnTogether(_ a: Repetition, _ b: Repetition) -> Bool {
        abs((a.turningPoint - b.turningPoint).inSeconds) * 4 < min(a.end - a.start, b.end - b.start).inSeconds
    }

    /// What ends sooner after the last one than this share of the usual time is no repetition of its own.
    private static let crowding = 0.65
    /// Motion that goes less far than this share of what is usual in its set makes a partial repetition.
    private static let partial: Float = 0.75
    /// The same where no rule has told of the set, so that nothing but motion says what a whole one is.
    private static let partialOfUnruled: Float = 0.5
    /// Motion that goes at least this share as far says that a rule was wrong to call it partial.
    private static let whole: Float = 0.85
}
