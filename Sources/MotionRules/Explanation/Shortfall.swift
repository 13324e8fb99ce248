/// How far a posture is from meeting a condition.
struct Shortfall: Sendable, Hashable {
    /// The sum over what is lacking, in steps that are about as much in every unit; 0 when the condition is met.
    var gap: Float = 0
    /// What is lacking, the most first; of alternatives, what the nearest one lacks.
    var lacks: [Lack] = []
    /// How many parts of the condition lack, one that combines others counted once.
    var parts = 0

    var isMet: Bool { parts == 0 }

    /// What a measure that is not seen counts as, in steps.
    static let unseen: Float = 10

    /// Nothing lacks.
    static let none = Shortfall()

    init() {}

    init(_ lack: Lack) {
        lacks = [lack]
        parts = 1
        // Even what only just lacks is more than nothing.
        gap = max(1e-6, lack.shortBy.map { $0 / lack.predicate.measure.unit.step } ?? Self.unseen)
    }

    /// All of these must be met.
    static func every(_ parts: [Shortfall]) -> Shortfall {
        var whole = Shortfall()
        for part in parts where !part.isMet {
            whole.gap += part.gap
            whole.lacks += part.lacks
            whole.parts += 1
        }
        whole.lacks.sort { Shortfall($0).gap > Shortfall($1).gap }
        return whole
    }

    /// One of these must be met: the nearest.
    static func either(_ parts: [Shortfall]) -> Shortfall {
        parts.min { $0.gap < $1.gap } ?? .none
    }
}
