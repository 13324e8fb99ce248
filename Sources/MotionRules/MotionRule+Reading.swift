import MarkedYAML

/// What the files in `Gestures/` may say; `Gestures/schema.json` says the same to editors.
extension MotionRule {
    /// A measure's name starts with one of these where the rule is made twice, once a side.
    private static let own = "own_"
    private static let other = "other_"

    /// Conditions nest this deep at most.
    private static let deepest = 8

    init(_ root: YAMLNode) throws(YAMLFileError) {
        if try root.value("exercise") != nil {
            self = .exercise(try Self.exercise(root))
        } else if try root.value("gesture") != nil {
            self = .gesture(try Self.gesture(root))
        } else {
            throw root.error("expected the key 'exercise' or 'gesture', found neither")
        }
    }

    private static func exercise(_ root: YAMLNode) throws(YAMLFileError) -> Exercise {
        try root.expectKeys(["exercise", "about", "phases", "range", "travel", "duration", "patience"])
        _ = try root.value("about")?.string()
        let phases = try root.required("phases")
        var stages: [Exercise.Stage] = []
        for node in try phases.list() {
            try node.expectKeys(["name", "when"])
            let name = try node.required("name").name()
            guard !stages.contains(where: { $0.name == name }) else {
                throw try node.required("name").error("expected a name of its own, found '\(name)' again")
            }
            stages.append(Exercise.Stage(name: name, condition: try condition(try node.required("when"), side: nil)))
        }
        guard stages.count >= 2 else { throw phases.error("expected at least two phases, found one") }
        var travels: [[Exercise.Travel]] = []
        if let list = try root.value("travel") {
            for node in try list.list() { travels.append(try travelGroup(node)) }
        }
        var exercise = Exercise(
            name: try root.required("exercise").name(), stages: stages, range: try range(try root.required("range")),
            travels: travels)
        if let node = try root.value("duration") {
            exercise.duration = try duration(node)
        }
        if let node = try root.value("patience") { exercise.patience = try node.seconds() }
        return exercise
    }

    private static func range(_ node: YAMLNode) throws(YAMLFileError) -> Exercise.Range {
        try node.expectKeys(["measure", "rises", "falls"])
        let measure = try measure(try node.required("measure"), side: nil)
        let (rises, falls) = (try node.value("rises"), try node.value("falls"))
        switch (rises, falls) {
        case (let least?, nil), (nil, let least?):
            let value = try least.number()
            guard value > 0 else { throw least.error("expected a number above 0, found \(least.found)") }
            return Exercise.Range(measure: measure, rises: rises != nil, least: value)
        default: throw node.error("expected either 'rises' or 'falls'")
        }
    }

    private static func travelGroup(_ node: YAMLNode) throws(YAMLFileError) -> [Exercise.Travel] {
        guard let any = try node.value("any") else { return [try travel(node)] }
        try node.expectKeys(["any"])
        var group: [Exercise.Travel] = []
        for part in try any.list() { group.append(try travel(part)) }
        return group
    }

    private static func travel(_ node: YAMLNode) throws(YAMLFileError) -> Exercise.Travel {
        try node.expectKeys(["measure", "at_least", "at_most"])
        let measure = try measure(try node.required("measure"), side: nil)
        let least = try node.value("at_least")?.number()
        let most = try node.value("at_most")?.number()
        guard least != nil || most != nil else { throw node.error("expected 'at_least' or 'at_most', found neither") }
        guard let range = closed(least ?? 0, most ?? .greatestFiniteMagnitude), range.lowerBound >= 0 else {
            throw node.error("expected 0 ≤ at_least ≤ at_most")
        }
        return Exercise.Travel(measure: measure, allowed: range)
    }

    private static func duration(_ node: YAMLNode) throws(YAMLFileError) -> ClosedRange<Duration> {
        try node.expectKeys(["at_least", "at_most"])
        let least = try node.required("at_least").seconds()
        let most = try node.required("at_most").seconds()
        guard least <= most else { throw node.error("expected at_least ≤ at_most, found \(least) and \(most)") }
        return least...most
    }

    private static func gesture(_ root: YAMLNode) throws(YAMLFileError) -> Gesture {
        try root.expectKeys(["gesture", "about", "sides", "when", "hold", "gap", "settle"])
        _ = try root.value("about")?.string()
        let when = try root.required("when")
        var variants: [Condition] = []
        switch try root.value("sides")?.string() {
        case nil: variants = [try condition(when, side: nil)]
        case "each": variants = [try condition(when, side: "left"), try condition(when, side: "right")]
        case "either": variants = [.any([try condition(when, side: "left"), try condition(when, side: "right")])]
        case .some:
            let node = try root.required("sides")
            throw node.error("expected 'each' or 'either', found \(node.found)")
        }
        return Gesture(
            label: try root.required("gesture").name(), variants: variants,
            hold: try root.required("hold").seconds(), gap: try root.required("gap").seconds(),
            settle: try root.value("settle")?.seconds() ?? .milliseconds(150))
    }

    private static func condition(
        _ node: YAMLNode, side: String?, depth: Int = 0
    ) throws(YAMLFileError) -> Condition {
        guard depth < deepest else { throw node.error("expected at most \(deepest) levels of conditions") }
        for (key, child) in try node.pairs() where ["all", "any", "none"].contains(key) {
            try node.expectKeys([key])
            var parts: [Condition] = []
            for part in try child.list() { parts.append(try condition(part, side: side, depth: depth + 1)) }
            switch key {
            case "all": return .all(parts)
            case "any": return .any(parts)
            default: return .none(parts)
            }
        }
        return .predicate(try predicate(node, side: side))
    }

    private static func predicate(_ node: YAMLNode, side: String?) throws(YAMLFileError) -> Predicate {
        try node.expectKeys(["measure", "above", "below", "within", "release"])
        let measure = try measure(try node.required("measure"), side: side)
        let release = try node.required("release")
        let most = Float.greatestFiniteMagnitude
        switch (try node.value("above"), try node.value("below"), try node.value("within")) {
        case (let above?, nil, nil):
            let (begin, end) = (try above.number(), try release.number())
            guard end <= begin else { throw release.error("expected at most \(begin), found \(release.found)") }
            return Predicate(measure: measure, range: begin...most, holding: end...most)
        case (nil, let below?, nil):
            let (begin, end) = (try below.number(), try release.number())
            guard end >= begin else { throw release.error("expected at least \(begin), found \(release.found)") }
            return Predicate(measure: measure, range: -most...begin, holding: -most...end)
        case (nil, nil, let within?):
            let (range, holding) = (try pair(within), try pair(release))
            guard holding.lowerBound <= range.lowerBound, holding.upperBound >= range.upperBound else {
                throw release.error("expected a range around that of 'within'")
            }
            return Predicate(measure: measure, range: range, holding: holding)
        default: throw node.error("expected one of 'above', 'below', 'within'")
        }
    }

    private static func pair(_ node: YAMLNode) throws(YAMLFileError) -> ClosedRange<Float> {
        let entries = try node.list()
        guard entries.count == 2, let range = closed(try entries[0].number(), try entries[1].number()) else {
            throw node.error("expected two numbers, the lower first")
        }
        return range
    }

    private static func closed(_ lower: Float, _ upper: Float) -> ClosedRange<Float>? {
        lower <= upper ? lower...upper : nil
    }

    private static func measure(_ node: YAMLNode, side: String?) throws(YAMLFileError) -> Measure {
        var name = try node.name()
        if let side {
            if name.hasPrefix(own) {
                name = side + "_" + name.dropFirst(own.count)
            } else if name.hasPrefix(other) {
                name = (side == "left" ? "right_" : "left_") + name.dropFirst(other.count)
            }
        }
        guard let measure = Measure.named(name) else {
            throw node.error(
                "expected a measure (\(Measure.all.map(\.name).joined(separator: ", "))), found \(node.found)")
        }
        return measure
    }
}
