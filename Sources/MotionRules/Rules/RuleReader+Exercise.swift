import MarkedYAML

extension RuleReader {
    /// An exercise whose phases can be told apart.
    mutating func exercise(_ root: YAMLNode) -> Exercise? {
        let before = faults.count
        _ = collect(
            try root.expectKeys(["exercise", "about", "phases", "range", "travel", "duration", "patience", "faults"]))
        _ = collect(try root.value("about")?.string())
        let name = self.name(collect(try root.required("exercise")))
        let stages = self.stages(collect(try root.required("phases")))
        let range = self.range(collect(try root.required("range")), stages: stages)
        let travels = child(root, "travel").map { self.travels($0) }
        let duration = child(root, "duration").map { self.duration($0) }
        let patience = seconds(child(root, "patience"))
        let forms = child(root, "faults").map { self.forms($0, stages: stages ?? []) }
        guard let name, let stages, let range, faults.count == before else { return nil }
        var exercise = Exercise(name: name, stages: stages, range: range, travels: travels ?? [])
        exercise.faults = forms ?? []
        if let duration = duration.flatMap({ $0 }) { exercise.duration = duration }
        if let patience { exercise.patience = patience }
        return exercise
    }

    private mutating func stages(_ node: YAMLNode?) -> [Exercise.Stage]? {
        guard let node, let entries = collect(try node.list()) else { return nil }
        let before = faults.count
        var stages: [Exercise.Stage] = []
        var names: Set<String> = []
        for entry in entries {
            _ = collect(try entry.expectKeys(["name", "when"]))
            let word = collect(try entry.required("name"))
            let name = self.name(word)
            if let name, let word, !names.insert(name).inserted {
                refuse(word.error("expected a name of its own, found '\(name)' again"))
            }
            let when = collect(try entry.required("when"))
            guard let when, let condition = self.condition(when), let name else { continue }
            let stage = Exercise.Stage(name: name, condition: condition)
            if let other = stages.lazy.compactMap({ Self.overlap($0, stage) }).first { refuse(when.error(other)) }
            stages.append(stage)
        }
        if entries.count < 2 { refuse(node.error("expected at least two phases, found one")) }
        return faults.count == before ? stages : nil
    }

    /// What is wrong with two phases that one posture can be in at once; nil where something may tell them apart.
    private static func overlap(_ a: Exercise.Stage, _ b: Exercise.Stage) -> String? {
        guard let first = ConditionRanges.alternatives(of: a.condition, .begins),
            let second = ConditionRanges.alternatives(of: b.condition, .begins)
        else { return nil }
        for one in first {
            for other in second {
                guard let (measure, range) = ConditionRanges.overlap(one, other) else { continue }
                let from = measure.unit.number(range.lowerBound)
                return "expected a phase that does not overlap '\(a.name)', found that both hold with "
                    + "'\(measure.name)' from \(from) to \(measure.unit.text(range.upperBound))"
            }
        }
        return nil
    }

    private mutating func range(_ node: YAMLNode?, stages: [Exercise.Stage]?) -> Exercise.Range? {
        guard let node else { return nil }
        _ = collect(try node.expectKeys(["measure", "rises", "falls"]))
        let measure = self.measure(collect(try node.required("measure")))
        let ways = ["rises", "falls"].compactMap { key in
            child(node, key).map { (key, $0) }
        }
        guard ways.count == 1, let (key, least) = ways.first else {
            refuse(node.error("expected either 'rises' or 'falls', found \(ways.isEmpty ? "neither" : "both")"))
            return nil
        }
        let value = way(least, of: measure, aboveZero: true)
        guard let measure, let value else { return nil }
        if let stages, let (first, last) = Self.bounds(of: measure, in: stages) {
            let (isAbove, isBelow) = (first.lowerBound >= last.upperBound, first.upperBound <= last.lowerBound)
            if key == "rises" ? isAbove && !isBelow : isBelow && !isAbove {
                refuse(
                    least.error(
                        "expected '\(key == "rises" ? "falls" : "rises")': by the phases '\(measure.name)' goes from "
                            + "\(Self.words(first, measure)) to \(Self.words(last, measure))"))
            }
        }
        return Exercise.Range(measure: measure, rises: key == "rises", least: value)
    }

    /// The values that the first and the last phase allow a measure, where both ask for it.
    private static func bounds(
        of measure: Measure, in stages: [Exercise.Stage]
    ) -> (first: ClosedRange<Float>, last: ClosedRange<Float>)? {
        func bounds(_ stage: Exercise.Stage?) -> ClosedRange<Float>? {
            guard let stage, let alternatives = ConditionRanges.alternatives(of: stage.condition, .begins) else {
                return nil
            }
            let ranges = alternatives.map { $0[measure] ?? measure.range }
            guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else {
                return nil
            }
            return low...high
        }
        guard let first = bounds(stages.first), let last = bounds(stages.last) else { return nil }
        return (first, last)
    }

    private static func words(_ range: ClosedRange<Float>, _ measure: Measure) -> String {
        "\(measure.unit.number(range.lowerBound))…\(measure.unit.number(range.upperBound))"
    }

    private mutating func travels(_ node: YAMLNode) -> [[Exercise.Travel]] {
        var groups: [[Exercise.Travel]] = []
        for entry in collect(try node.list()) ?? [] {
            var parts = [entry]
            if let any = child(entry, "any") {
                _ = collect(try entry.expectKeys(["any"]))
                parts = collect(try any.list()) ?? []
            }
            groups.append(parts.compactMap { travel($0) })
        }
        return groups
    }

    private mutating func travel(_ node: YAMLNode) -> Exercise.Travel? {
        let before = faults.count
        _ = collect(try node.expectKeys(["measure", "at_least", "at_most", "any"]))
        let measure = self.measure(collect(try node.required("measure")))
        let limits = (child(node, "at_least"), child(node, "at_most"))
        if limits.0 == nil, limits.1 == nil {
            refuse(node.error("expected 'at_least' or 'at_most', found neither"))
        }
        let least = way(limits.0, of: measure, aboveZero: false) ?? 0
        let most = way(limits.1, of: measure, aboveZero: false) ?? .greatestFiniteMagnitude
        guard let measure, faults.count == before else { return nil }
        guard least <= most else {
            refuse(node.error("expected 0 ≤ at_least ≤ at_most"))
            return nil
        }
        return Exercise.Travel(measure: measure, allowed: least...most)
    }

    /// What may be wrong with the form.
    private mutating func forms(_ node: YAMLNode, stages: [Exercise.Stage]) -> [Exercise.Fault] {
        var forms: [Exercise.Fault] = []
        for entry in collect(try node.list()) ?? [] {
            guard let fault = form(entry, stages: stages) else { continue }
            if forms.contains(where: { $0.name == fault.name }) {
                refuse(entry.error("expected a fault with a name of its own, found '\(fault.name)' again"))
            }
            forms.append(fault)
        }
        return forms
    }

    private mutating func form(_ node: YAMLNode, stages: [Exercise.Stage]) -> Exercise.Fault? {
        _ = collect(try node.expectKeys(["name", "says", "joint", "in", "when", "unless", "moves"]))
        let name = self.name(collect(try node.required("name")))
        let says = text(collect(try node.required("says")))
        let joint = text(child(node, "joint"))
        let place = child(node, "in")
        let phase = text(place)
        if let place, let phase, !stages.isEmpty, !stages.contains(where: { $0.name == phase }) {
            let known = stages.map { "'\($0.name)'" }.joined(separator: ", ")
            refuse(place.error("expected a phase of this exercise (\(known)), found '\(phase.prefix(40))'"))
        }
        guard let evidence = evidence(node), let name, let says else { return nil }
        return Exercise.Fault(name: name, words: says, joint: joint, phase: phase, evidence: evidence)
    }

    /// What shows a fault: one of `when`, `unless` and `moves`.
    private mutating func evidence(_ node: YAMLNode) -> Exercise.Fault.Evidence? {
        let ways = ["when", "unless", "moves"].compactMap { key in child(node, key).map { (key, $0) } }
        guard ways.count == 1, let (key, way) = ways.first else {
            let found = ways.isEmpty ? "none" : ways.map { "'\($0.0)'" }.joined(separator: " and ")
            refuse(node.error("expected one of 'when', 'unless' and 'moves', found \(found)"))
            return nil
        }
        switch key {
        case "moves": return travel(way).map { .travel($0) }
        case "unless": return condition(way).map { .absence($0) }
        default: return condition(way).map { .condition($0) }
        }
    }

    private mutating func text(_ node: YAMLNode?) -> String? {
        guard let node else { return nil }
        return collect(try node.string())
    }

    private mutating func duration(_ node: YAMLNode) -> ClosedRange<Duration>? {
        _ = collect(try node.expectKeys(["at_least", "at_most"]))
        let least = seconds(collect(try node.required("at_least")))
        let longest = collect(try node.required("at_most"))
        let most = seconds(longest)
        guard let least, let most, let longest else { return nil }
        guard least <= most else {
            refuse(node.error("expected at_least ≤ at_most, found \(least) and \(most)"))
            return nil
        }
        guard most > .zero else {
            refuse(longest.error("expected a time above 0, or no repetition ever counts, found \(longest.found)"))
            return nil
        }
        return least...most
    }
}
