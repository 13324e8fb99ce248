/// Predicates combined.
package indirect enum Condition: Sendable, Hashable {
    case predicate(Predicate)
    case all([Condition])
    case any([Condition])
    /// None of these.
    case none([Condition])
    /// One after the other, each no longer than this after the one before was last true; true while the last one is.
    case steps([Condition], between: Duration)

    /// Every predicate in order of appearance.
    package var predicates: [Predicate] {
        switch self {
        case .predicate(let predicate): [predicate]
        case .all(let parts), .any(let parts), .none(let parts), .steps(let parts, _): parts.flatMap(\.predicates)
        }
    }

    /// Every measure it asks for, in order of appearance, repeated where asked for twice.
    package var measures: [Measure] {
        switch self {
        case .predicate(let predicate): [predicate.measure]
        case .all(let parts), .any(let parts), .none(let parts), .steps(let parts, _): parts.flatMap(\.measures)
        }
    }
}
