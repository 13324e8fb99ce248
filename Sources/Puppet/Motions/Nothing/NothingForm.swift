/// What a puppet does that has no name of its own.
package enum NothingForm: Sendable, Hashable, CaseIterable {
    /// On the feet, stepping about, turning and gesturing.
    case standing
    case handling
    /// Arms in the air with nothing in the hands: drawing, flying, climbing, pointing, beckoning, postures like letters.
    case gesturing
    /// Exercises that are no kind of their own.
    case exercising
    case dancing
    case sitting
    case lying
    case crawling
    /// From one movement that has a name into another.
    case blending

    /// One of them for each part of 0..<1.
    static func drawn(_ share: Float, isBroad: Bool) -> NothingForm {
        let ends: [(end: Float, form: NothingForm)] =
            isBroad
            ? [
                (0.16, .standing), (0.38, .handling), (0.55, .exercising), (0.66, .dancing), (0.84, .gesturing),
                (0.89, .crawling),
            ]
            : [(0.42, .standing), (0.56, .dancing), (0.72, .sitting), (0.79, .lying), (0.86, .crawling)]
        return ends.first { share < $0.end }?.form ?? .blending
    }
}
