/// What a condition says of a body.
package enum Claim: Sendable, Hashable {
    case yes, no
    /// A measure it hangs on is unknown.
    case unknown
}

/// A condition at work on one person: remembers which of its predicates were true.
package struct ConditionState: Sendable {
    private enum Node: Sendable {
        case predicate(Predicate, measure: Int, slot: Int)
        case all([Node])
        case any([Node])
        case none([Node])
    }

    private let root: Node
    private var wasTrue: [Bool] = []
    /// Confidence of the worst-seen measure that the last claim asked for.
    package private(set) var confidence: Float = 0

    /// - Parameter measures: the list that the values given to `evaluate` belong to; holds every measure asked for.
    package init(_ condition: Condition, measures: [Measure]) {
        var slots = 0
        root = Self.compile(condition, measures, &slots)
        wasTrue = Array(repeating: false, count: slots)
    }

    /// Looks at one moment's values, one a measure of the list.
    package mutating func evaluate(_ values: [Measurement?]) -> Claim {
        confidence = 1
        return evaluate(root, values)
    }

    private static func compile(_ condition: Condition, _ measures: [Measure], _ slots: inout Int) -> Node {
        switch condition {
        case .predicate(let predicate):
            guard let index = measures.firstIndex(of: predicate.measure) else {
                preconditionFailure("the list of measures lacks \(predicate.measure.name)")
            }
            defer { slots += 1 }
            return .predicate(predicate, measure: index, slot: slots)
        case .all(let parts): return .all(parts.map { compile($0, measures, &slots) })
        case .any(let parts): return .any(parts.map { compile($0, measures, &slots) })
        case .none(let parts): return .none(parts.map { compile($0, measures, &slots) })
        }
    }

    /// Every predicate is looked at each time, so that hysteresis never depends on the others.
    private mutating func evaluate(_ node: Node, _ values: [Measurement?]) -> Claim {
        switch node {
        case .predicate(let predicate, let measure, let slot):
            guard let measurement = values[measure] else { return .unknown }
            wasTrue[slot] = predicate.holds(measurement.value, before: wasTrue[slot])
            confidence = min(confidence, measurement.confidence)
            return wasTrue[slot] ? .yes : .no
        case .all(let parts): return combine(parts, values, deciding: .no)
        case .any(let parts): return combine(parts, values, deciding: .yes)
        case .none(let parts):
            switch combine(parts, values, deciding: .yes) {
            case .yes: return .no
            // What this view does not show refuses nothing.
            case .no, .unknown: return .yes
            }
        }
    }

    /// What the values lack of meeting the condition, which has just been evaluated on them.
    func shortfall(_ values: [Measurement?]) -> Shortfall { shortfall(root, values, isDenied: false) }

    /// - Parameter isDenied: whether the node is to be false.
    private func shortfall(_ node: Node, _ values: [Measurement?], isDenied: Bool) -> Shortfall {
        switch node {
        case .predicate(let predicate, let measure, let slot):
            if values[measure] != nil, wasTrue[slot] != isDenied { return .none }
            return Shortfall(Lack(predicate: predicate, isDenied: isDenied, reached: values[measure]?.value))
        case .all(let parts):
            let parts = parts.map { shortfall($0, values, isDenied: isDenied) }
            return isDenied ? .either(parts) : .every(parts)
        case .any(let parts):
            let parts = parts.map { shortfall($0, values, isDenied: isDenied) }
            return isDenied ? .every(parts) : .either(parts)
        case .none(let parts):
            let parts = parts.map { shortfall($0, values, isDenied: !isDenied) }
            return isDenied ? .either(parts) : .every(parts)
        }
    }

    private mutating func combine(_ parts: [Node], _ values: [Measurement?], deciding: Claim) -> Claim {
        var claim: Claim = deciding == .yes ? .no : .yes
        for part in parts {
            let next = evaluate(part, values)
            if next == deciding || claim == deciding {
                claim = deciding
            } else if next == .unknown {
                claim = .unknown
            }
        }
        return claim
    }
}
