import Skeleton

/// Why an attempt was not counted.
package struct Refusal: Sendable, Hashable {
    /// The kinds of reasons; the raw values are words of the JSON form.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// A phase was not reached, or the range of motion was too small: depth not reached.
        case partial
        /// All phases were visited in less time than a repetition takes at least.
        case tooQuick = "too_quick"
        /// It took longer than a repetition may.
        case tooSlow = "too_slow"
        /// The first phase was not held before.
        case notReady = "not_ready"
        /// The first phase was not come back to.
        case notBack = "not_back"
        /// Another measure moved too little or too much meanwhile.
        case travel
        /// A part of a gesture's condition never held.
        case condition
        /// A gesture's condition did not hold long enough.
        case hold
        /// Measures were unknown, as joints were not seen.
        case unseen
        /// The person or the recording was gone before it was over.
        case unfinished

        /// In words: `too quick`.
        package var words: String { rawValue.split(separator: "_").joined(separator: " ") }
    }

    /// Something that was to be between two bounds and was not: what the words and the JSON form are made of.
    package struct Shortcoming: Sendable, Hashable {
        /// A measure's name, `duration` or `hold`.
        package var what: String
        /// `degrees`, `seconds`, …
        package var unit: String
        /// Nil where it was not seen.
        package var reached: Float?
        /// Bounds of what was wanted; nil where it is open.
        package var least: Float?
        package var most: Float?
        /// Whether it was to be outside the bounds.
        package var isDenied = false
        /// How far off it was, in the unit.
        package var shortBy: Float?
        package var sentence: String
    }

    package var reason: Reason
    /// The phase it hung on; nil for what concerns the whole, and for gestures.
    package var phase: String?
    /// What was lacking, the most first; may be empty.
    package var shortcomings: [Shortcoming]
    /// What happened, in words, without what was lacking.
    package var summary: String

    package init(_ reason: Reason, phase: String? = nil, shortcomings: [Shortcoming] = [], summary: String) {
        self.reason = reason
        self.phase = phase
        self.shortcomings = shortcomings
        self.summary = summary
    }

    /// Measures were unknown, as these places were not seen.
    package static func notSeen(_ points: [UnseenPoint], phase: String? = nil) -> Refusal {
        let joints =
            points.isEmpty ? "too little of the body" : points.prefix(4).map(\.sentence).joined(separator: ", ")
        return Refusal(.unseen, phase: phase, summary: "not seen meanwhile: \(joints)")
    }

    /// `partial: phase 'down' was not reached: hip_drop reached 0.12, wanted above 0.23 (0.11 short)`.
    package var sentence: String {
        let details = shortcomings.map(\.sentence).joined(separator: "; ")
        return "\(reason.words): \(summary)" + (details.isEmpty ? "" : ": \(details)")
    }
}

extension Refusal.Shortcoming {
    /// - Parameter isLost: whether it had held before: then what it takes to go on holding is told.
    package init(_ lack: Lack, isLost: Bool = false) {
        let measure = lack.predicate.measure
        let lack = isLost ? lack.onRelease : lack
        let range = lack.isDenied ? lack.predicate.holding : lack.predicate.range
        let far = Float.greatestFiniteMagnitude
        self.init(
            what: measure.name, unit: measure.unit.rawValue, reached: lack.reached,
            least: range.lowerBound == -far ? nil : range.lowerBound,
            most: range.upperBound == far ? nil : range.upperBound, isDenied: lack.isDenied, shortBy: lack.shortBy,
            sentence: lack.sentence)
    }

    /// A time that was too short or too long.
    package init(_ what: String, took time: Duration, wanted: ClosedRange<Duration>) {
        let (reached, least, most) = (
            Float(time.inSeconds), Float(wanted.lowerBound.inSeconds), Float(wanted.upperBound.inSeconds)
        )
        let short = time < wanted.lowerBound
        let by = short ? least - reached : reached - most
        self.init(
            what: what, unit: "seconds", reached: reached, least: short ? least : nil, most: short ? nil : most,
            shortBy: by,
            sentence: "\(what) was \(Self.text(reached)) s, wanted \(short ? "at least" : "at most") "
                + "\(Self.text(short ? least : most)) s (\(MeasureUnit.torsoLengths.amount(by, short ? "short" : "over")))"
        )
    }

    /// A measure that moved too little or too much.
    package init(_ measure: Measure, moved width: Float?, wanted: ClosedRange<Float>) {
        let isOpen = wanted.upperBound == .greatestFiniteMagnitude
        let unit = measure.unit
        let bounds =
            isOpen
            ? "at least \(unit.text(wanted.lowerBound))"
            : "\(unit.number(wanted.lowerBound)) to \(unit.text(wanted.upperBound))"
        let by = width.map { max(wanted.lowerBound - $0, $0 - wanted.upperBound) }
        self.init(
            what: measure.name, unit: unit.rawValue, reached: width, least: wanted.lowerBound,
            most: isOpen ? nil : wanted.upperBound, shortBy: by,
            sentence: width.map { width in
                "\(measure.name) moved \(unit.number(width)), wanted \(bounds) "
                    + "(\(unit.amount(by ?? 0, width < wanted.lowerBound ? "short" : "over")))"
            } ?? "\(measure.name) was not seen, wanted to move \(bounds)")
    }

    private static func text(_ seconds: Float) -> String { MeasureUnit.torsoLengths.number(seconds) }
}
