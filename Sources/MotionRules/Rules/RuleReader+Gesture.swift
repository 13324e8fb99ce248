import MarkedYAML

extension RuleReader {
    /// A gesture, its condition once for each side where it has sides.
    mutating func gesture(_ root: YAMLNode) -> Gesture? {
        let before = faults.count
        _ = collect(try root.expectKeys(["gesture", "about", "sides", "when", "hold", "gap", "settle"]))
        _ = collect(try root.value("about")?.string())
        let label = name(collect(try root.required("gesture")))
        let when = collect(try root.required("when"))
        let variants = self.variants(when, child(root, "sides"))
        let hold = seconds(collect(try root.required("hold")))
        let gap = seconds(collect(try root.required("gap")))
        let settle = seconds(child(root, "settle")) ?? .milliseconds(150)
        guard let label, let variants, let hold, let gap, faults.count == before else { return nil }
        return Gesture(label: label, variants: variants, hold: hold, gap: gap, settle: settle)
    }

    /// An exercise that is held still.
    mutating func hold(_ root: YAMLNode) -> Gesture? {
        let before = faults.count
        _ = collect(try root.expectKeys(["exercise", "about", "held"]))
        _ = collect(try root.value("about")?.string())
        let name = self.name(collect(try root.required("exercise")))
        guard let held = collect(try root.required("held")) else { return nil }
        _ = collect(try held.expectKeys(["when", "at_least", "gap"]))
        let when = condition(collect(try held.required("when")))
        let least = seconds(collect(try held.required("at_least")))
        let gap = seconds(child(held, "gap")) ?? .milliseconds(500)
        guard let name, let when, let least, faults.count == before else { return nil }
        return Gesture(label: name, variants: [when], hold: least, gap: gap, settle: gap)
    }

    private mutating func variants(_ when: YAMLNode?, _ sides: YAMLNode?) -> [Condition]? {
        guard let sides else { return condition(when).map { [$0] } }
        let word = collect(try sides.string())
        if word.map({ !["each", "either"].contains($0) }) ?? true {
            refuse(sides.error("expected 'each' or 'either', found \(sides.found)"))
        }
        // What is wrong on the left is wrong on the right: it is said once.
        guard let left = condition(when, side: .left), let right = condition(when, side: .right) else { return nil }
        return word == "each" ? [left, right] : [.any([left, right])]
    }
}
