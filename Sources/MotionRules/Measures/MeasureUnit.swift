/// The unit of a measure's values.
package enum MeasureUnit: String, Sendable, Hashable, CaseIterable {
    case degrees
    /// Multiples of the distance from mid hip to mid shoulder.
    case torsoLengths = "torso_lengths"
    case torsoLengthsPerSecond = "torso_lengths_per_second"
    /// A share of something, without a unit.
    case ratio
    case count
    /// Multiples of the distance from the wrist to the knuckle of the middle finger.
    case palmLengths = "palm_lengths"

    /// How it is written behind a number; empty for shares and counts.
    package var sign: String {
        switch self {
        case .degrees: "degrees"
        case .torsoLengths: "torso lengths"
        case .torsoLengthsPerSecond: "torso lengths/s"
        case .palmLengths: "palm lengths"
        case .ratio, .count: ""
        }
    }

    /// One sentence on what it is.
    package var meaning: String {
        switch self {
        case .degrees: "an angle, 0 to 180"
        case .torsoLengths: "a length over the distance from mid hip to mid shoulder, about half a metre on a grown-up"
        case .torsoLengthsPerSecond: "torso lengths in a second"
        case .ratio: "a share of something: 0.25 is a quarter"
        case .count: "a whole number"
        case .palmLengths: "a length over that from the wrist to the knuckle of the middle finger, about 9 cm"
        }
    }

    /// Digits behind the point that are worth telling.
    package var digits: Int {
        switch self {
        case .degrees, .count: 0
        case .torsoLengths, .torsoLengthsPerSecond, .ratio, .palmLengths: 2
        }
    }

    /// A difference that is about as much in every unit, so that shortfalls of different measures can be compared.
    var step: Float {
        switch self {
        case .degrees: 45
        case .torsoLengths: 0.5
        case .torsoLengthsPerSecond: 2
        case .ratio: 0.25
        case .count: 3
        case .palmLengths: 0.5
        }
    }

    /// A value with its unit in words: `112 degrees`, `0.23`.
    package func text(_ value: Float) -> String {
        let number = number(value)
        return sign.isEmpty ? number : "\(number) \(sign)"
    }

    /// `0 to 180`, in this unit.
    package func text(_ range: ClosedRange<Float>) -> String {
        func short(_ value: Float) -> String { value.rounded() == value ? "\(Int(value))" : number(value) }
        return "\(short(range.lowerBound)) to \(short(range.upperBound))"
    }

    /// A value without its unit, rounded to what is worth telling.
    package func number(_ value: Float) -> String {
        let scale: Float = digits == 0 ? 1 : 100
        let hundredths = (value * scale).rounded()
        guard hundredths.isFinite, abs(hundredths) < 1e9 else { return "\(value)" }
        if digits == 0 { return "\(Int(hundredths))" }
        let whole = abs(Int(hundredths))
        let part = "\(whole % 100)"
        return (hundredths < 0 ? "-" : "") + "\(whole / 100)." + (part.count < 2 ? "0" : "") + part
    }

    /// How far off something is: `0.11 short`, and `just short` where rounding leaves nothing of it.
    func amount(_ value: Float, _ word: String) -> String {
        number(value) == number(0) ? "just \(word)" : "\(number(value)) \(word)"
    }
}

extension Measure {
    /// A range that values should be in: `above 150 degrees`, `70 to 115 degrees`.
    func words(of range: ClosedRange<Float>) -> String {
        let most = Float.greatestFiniteMagnitude
        if range.upperBound == most { return "above " + unit.text(range.lowerBound) }
        if range.lowerBound == -most { return "below " + unit.text(range.upperBound) }
        return unit.number(range.lowerBound) + " to " + unit.text(range.upperBound)
    }
}
