/// Which values of measures a condition allows: what tells conditions that can never hold, and phases that overlap.
enum ConditionRanges {
    /// Values that make a condition true: for each measure it asks for, the range it must lie in.
    typealias Alternative = [Measure: ClosedRange<Float>]

    /// How predicates are read: by the range they begin in, or by the one they can still hold in.
    enum Reading { case begins, holds }

    /// More alternatives than these are not looked into.
    private static let most = 256

    /// The alternatives that make the condition true; none if nothing does, nil if there are too many to tell.
    ///
    /// Read as `holds`, a condition without alternatives is never true.
    static func alternatives(of condition: Condition, _ reading: Reading) -> [Alternative]? {
        switch condition {
        case .predicate(let predicate):
            return range(reading == .begins ? predicate.range : predicate.holding, of: predicate.measure)
        case .all(let parts): return every(parts.map { alternatives(of: $0, reading) })
        case .any(let parts): return either(parts.map { alternatives(of: $0, reading) })
        case .none(let parts): return every(parts.map { denials(of: $0, reading) })
        // What was true before may be anything now.
        case .steps: return nil
        }
    }

    /// The same of its opposite.
    private static func denials(of condition: Condition, _ reading: Reading) -> [Alternative]? {
        switch condition {
        case .predicate(let predicate):
            // What has not begun is false outside the range it begins in; what holds, outside the one it holds in.
            let range = reading == .begins ? predicate.holding : predicate.range
            let (low, high) = (-Float.greatestFiniteMagnitude, Float.greatestFiniteMagnitude)
            return self.range(low...range.lowerBound, of: predicate.measure)
                + self.range(range.upperBound...high, of: predicate.measure)
        case .all(let parts): return either(parts.map { denials(of: $0, reading) })
        case .any(let parts): return every(parts.map { denials(of: $0, reading) })
        case .none(let parts): return either(parts.map { alternatives(of: $0, reading) })
        case .steps: return nil
        }
    }

    private static func range(_ range: ClosedRange<Float>, of measure: Measure) -> [Alternative] {
        intersection(range, measure.range).map { [[measure: $0]] } ?? []
    }

    private static func either(_ parts: [[Alternative]?]) -> [Alternative]? {
        var all: [Alternative] = []
        for part in parts {
            guard let part else { return nil }
            all += part
        }
        return all.count <= most ? all : nil
    }

    private static func every(_ parts: [[Alternative]?]) -> [Alternative]? {
        var all: [Alternative] = [[:]]
        // A part that nothing makes true decides, however many alternatives others have.
        if parts.contains(where: { $0?.isEmpty == true }) { return [] }
        for part in parts {
            guard let part else { return nil }
            all = all.flatMap { first in part.compactMap { both(first, $0) } }
            if all.count > most { return nil }
        }
        return all
    }

    /// The values that two alternatives have in common; nil if none.
    static func both(_ a: Alternative, _ b: Alternative) -> Alternative? {
        var result = a
        for (measure, range) in b {
            guard let common = result[measure].map({ intersection($0, range) }) ?? range else { return nil }
            result[measure] = common
        }
        return isOrdered(result) ? result : nil
    }

    /// Whether the lesser side can be below the greater one, and the mean and both sides between.
    private static func isOrdered(_ alternative: Alternative) -> Bool {
        func rank(_ side: MeasureSide?) -> Int? {
            switch side {
            case .least: 0
            case .mean, .left, .right: 1
            case .greatest: 2
            case .uneven, nil: nil
            }
        }
        for (lesser, low) in alternative {
            for (greater, high) in alternative where lesser.family == greater.family {
                guard let a = rank(lesser.side), let b = rank(greater.side), a < b else { continue }
                if low.lowerBound > high.upperBound { return false }
            }
        }
        return true
    }

    /// The first measure by name on which a posture of both is found although one of them asks for no other measures:
    /// nothing tells these apart. Nil where something may.
    static func overlap(_ a: Alternative, _ b: Alternative) -> (measure: Measure, range: ClosedRange<Float>)? {
        guard Set(a.keys).isSubset(of: b.keys) || Set(b.keys).isSubset(of: a.keys) else { return nil }
        var first: (measure: Measure, range: ClosedRange<Float>)?
        for (measure, range) in a {
            guard let other = b[measure] else { continue }
            // Ranges that only touch are no overlap.
            guard let common = intersection(range, other), common.lowerBound < common.upperBound else { return nil }
            if first == nil || measure.name < first!.measure.name { first = (measure, common) }
        }
        return first
    }

    private static func intersection(_ a: ClosedRange<Float>, _ b: ClosedRange<Float>) -> ClosedRange<Float>? {
        let (low, high) = (max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
        return low <= high ? low...high : nil
    }
}
