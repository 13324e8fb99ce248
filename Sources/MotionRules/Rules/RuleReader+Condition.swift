import MarkedYAML

/// Conditions and predicates.
extension RuleReader {
    /// Conditions nest this deep at most.
    private static let deepest = 8

    /// The keys that combine conditions.
    private static let combinations = ["all", "any", "none"]

    /// A condition that can be true.
    mutating func condition(_ node: YAMLNode?, side: MeasureSide? = nil, depth: Int = 0) -> Condition? {
        guard let node else { return nil }
        guard depth < Self.deepest else {
            refuse(node.error("expected at most \(Self.deepest) levels of conditions"))
            return nil
        }
        guard let pairs = collect(try node.pairs()) else { return nil }
        if pairs.contains(where: { $0.0 == "steps" }) { return steps(node, side: side, depth: depth) }
        for key in Self.askedKeys where pairs.contains(where: { $0.0 == key }) {
            return asked(key, node, side: side).map(Condition.predicate)
        }
        guard let (key, list) = pairs.first(where: { Self.combinations.contains($0.0) }) else {
            return predicate(node, side: side).map(Condition.predicate)
        }
        _ = collect(try node.expectKeys([key]))
        guard let entries = collect(try list.list()) else { return nil }
        let before = faults.count
        let parts = entries.compactMap { self.condition($0, side: side, depth: depth + 1) }
        guard faults.count == before else { return nil }
        let whole: Condition = key == "all" ? .all(parts) : key == "any" ? .any(parts) : .none(parts)
        guard ConditionRanges.alternatives(of: whole, .holds)?.isEmpty == true else { return whole }
        refuse(list.error(Self.contradiction(parts, key)))
        return nil
    }

    /// Why nothing can make the condition true: the first two parts that exclude each other, if it is two.
    private static func contradiction(_ parts: [Condition], _ key: String) -> String {
        for (index, part) in parts.enumerated() where key == "all" {
            for other in parts[..<index]
            where ConditionRanges.alternatives(of: .all([other, part]), .holds)?.isEmpty == true {
                return "expected parts that can be true together, found \(words(other)) and \(words(part)), "
                    + "which never are: this can never hold"
            }
        }
        return "expected parts that some posture meets, found none that does: this can never hold"
    }

    private static func words(_ condition: Condition) -> String {
        switch condition {
        case .predicate(let predicate): "'\(predicate.measure.name)' \(predicate.wanted)"
        case .all, .any, .none, .steps:
            "a condition on " + Set(condition.measures.map(\.name)).sorted().map { "'\($0)'" }.joined(separator: ", ")
        }
    }

    private mutating func predicate(_ node: YAMLNode, side: MeasureSide?) -> Predicate? {
        let before = faults.count
        _ = collect(
            try node.expectKeys(
                ["measure", "above", "below", "within", "release"] + Self.combinations + ["steps"] + Self.askedKeys))
        let measure = self.measure(collect(try node.required("measure")), side: side)
        let release = collect(try node.required("release"))
        let limits = ["above", "below", "within"].compactMap { key in
            child(node, key).map { (key, $0) }
        }
        guard limits.count == 1, let (key, limit) = limits.first else {
            let found = limits.isEmpty ? "none" : limits.map { "'\($0.0)'" }.joined(separator: " and ")
            refuse(node.error("expected one of 'above', 'below', 'within', found \(found)"))
            return nil
        }
        let ranges = key == "within" ? pairs(limit, release, measure) : half(key == "above", limit, release, measure)
        guard let measure, let ranges, faults.count == before else { return nil }
        return Predicate(measure: measure, range: ranges.begin, holding: ranges.hold)
    }

    /// Everything from a threshold on, upwards or downwards.
    private mutating func half(
        _ isAbove: Bool, _ limit: YAMLNode, _ release: YAMLNode?, _ measure: Measure?
    ) -> (begin: ClosedRange<Float>, hold: ClosedRange<Float>)? {
        let begin = threshold(limit, of: measure)
        guard let release, let end = threshold(release, of: measure), let begin else { return nil }
        guard isAbove ? end <= begin : end >= begin else {
            refuse(release.error("expected at \(isAbove ? "most" : "least") \(begin), found \(release.found)"))
            return nil
        }
        let most = Float.greatestFiniteMagnitude
        return isAbove ? (begin...most, end...most) : (-most...begin, -most...end)
    }

    private mutating func pairs(
        _ limit: YAMLNode, _ release: YAMLNode?, _ measure: Measure?
    ) -> (begin: ClosedRange<Float>, hold: ClosedRange<Float>)? {
        let begin = pair(limit, of: measure)
        guard let release, let hold = pair(release, of: measure), let begin else { return nil }
        guard hold.lowerBound <= begin.lowerBound, hold.upperBound >= begin.upperBound else {
            refuse(release.error("expected a range around that of 'within'"))
            return nil
        }
        return (begin, hold)
    }

    private mutating func pair(_ node: YAMLNode, of measure: Measure?) -> ClosedRange<Float>? {
        guard let entries = collect(try node.list()) else { return nil }
        let numbers = entries.map { threshold($0, of: measure) }
        guard numbers.count == 2 else {
            refuse(node.error("expected two numbers, the lower first, found \(entries.count)"))
            return nil
        }
        guard let low = numbers[0], let high = numbers[1] else { return nil }
        guard low <= high else {
            refuse(node.error("expected two numbers, the lower first"))
            return nil
        }
        return low...high
    }
}
