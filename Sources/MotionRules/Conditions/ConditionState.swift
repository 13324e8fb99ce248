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
        case steps([Node], between: Duration, slot: Int)
    }

    private let root: Node
    private var wasTrue: [Bool] = []
    /// How far each list of steps has come.
    private var progress: [Progress] = []
    /// Confidence of the worst-seen measure that the last claim asked for.
    package private(set) var confidence: Float = 0

    /// How many steps were taken, and when the last of them was last true.
    private struct Progress: Sendable {
        var taken = 0
        var last = Duration.zero
    }

    /// - Parameter measures: the list that the values given to `evaluate` belong to; holds every measure asked for.
    package init(_ condition: Condition, measures: [Measure]) {
        var (slots, lists) = (0, 0)
        root = Self.compile(condition, measures, &slots, &lists)
        wasTrue = Array(repeating: false, count: slots)
        progress = Array(repeating: Progress(), count: lists)
    }

    /// Looks at one moment's values, one a measure of the list.
    ///
    /// - Parameter time: of the moment; matters to conditions with steps.
    package mutating func evaluate(_ values: [Measurement?], at time: Duration = .zero) -> Claim {
        confidence = 1
        return evaluate(root, values, time)
    }

    private static func compile(
        _ condition: Condition, _ measures: [Measure], _ slots: inout Int, _ lists: inout Int
    ) -> Node {
        switch condition {
        case .predicate(let predicate):
            guard let index = measures.firstIndex(of: predicate.measure) else {
                preconditionFailure("the list of measures lacks \(predicate.measure.name)")
            }
            defer { slots += 1 }
            return .predicate(predicate, measure: index, slot: slots)
        case .all(let parts): return .all(parts.map { compile($0, measures, &slots, &lists) })
        case .any(let parts): return .any(parts.map { compile($0, measures, &slots, &lists) })
        case .none(let parts): return .none(parts.map { compile($0, measures, &slots, &lists) })
        case .steps(let parts, let between):
            defer { lists += 1 }
            return .steps(parts.map { compile($0, measures, &slots, &lists) }, between: between, slot: lists)
        }
    }

    /// Every predicate is looked at each time, so that hysteresis never depends on the others.
    private mutating func evaluate(_ node: Node, _ values: [Measurement?], _ time: Duration) -> Claim {
        switch node {
        case .predicate(let predicate, let measure, let slot):
            guard let measurement = values[measure] else { return .unknown }
            wasTrue[slot] = predicate.holds(measurement.value, before: wasTrue[slot])
            confidence = min(confidence, measurement.confidence)
            return wasTrue[slot] ? .yes : .no
        case .all(let parts): return combine(parts, values, time, deciding: .no)
        case .any(let parts): return combine(parts, values, time, deciding: .yes)
        case .none(let parts):
            switch combine(parts, values, time, deciding: .yes) {
            case .yes: return .no
            // What this view does not show refuses nothing.
            case .no, .unknown: return .yes
            }
        case .steps(let parts, let between, let slot):
            var met: UInt64 = 0
            for (index, part) in parts.enumerated() where evaluate(part, values, time) == .yes { met |= 1 << index }
            return step(met, of: parts.count, between: between, slot: slot, at: time)
        }
    }

    /// Goes on by a step where its turn has come, and back to the first where it took too long.
    ///
    /// - Parameter met: one bit a step.
    private mutating func step(
        _ met: UInt64, of count: Int, between: Duration, slot: Int, at time: Duration
    ) -> Claim {
        func isMet(_ step: Int) -> Bool { met & 1 << step != 0 }
        var progress = progress[slot]
        defer { self.progress[slot] = progress }
        if progress.taken == count {
            if isMet(count - 1) { return .yes }
            progress = Progress()
        }
        if progress.taken > 0, time - progress.last > between { progress = Progress() }
        if isMet(progress.taken) {
            progress = Progress(taken: progress.taken + 1, last: time)
        } else if progress.taken > 0, isMet(progress.taken - 1) {
            progress.last = time
        }
        return progress.taken == count ? .yes : .no
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
        case .steps(let parts, _, let slot):
            return shortfall(parts[min(progress[slot].taken, parts.count - 1)], values, isDenied: isDenied)
        }
    }

    private mutating func combine(
        _ parts: [Node], _ values: [Measurement?], _ time: Duration, deciding: Claim
    ) -> Claim {
        var claim: Claim = deciding == .yes ? .no : .yes
        for part in parts {
            let next = evaluate(part, values, time)
            if next == deciding || claim == deciding {
                claim = deciding
            } else if next == .unknown {
                claim = .unknown
            }
        }
        return claim
    }
}
