import MarkedYAML

extension RuleReader {
    /// The gestures of a file: one, or one for each name of a family. The condition comes once for each side where there
    /// are sides.
    mutating func gestures(_ root: YAMLNode) -> [Gesture]? {
        let before = faults.count
        _ = collect(
            try root.expectKeys([
                "gesture", "about", "sides", "when", "hold", "gap", "settle", "cooldown", "armed_by", "control",
            ]))
        _ = collect(try root.value("about")?.string())
        let labels = self.labels(collect(try root.required("gesture")))
        let (when, sides) = (collect(try root.required("when")), child(root, "sides"))
        let armedBy = child(root, "armed_by")
        let hold = seconds(collect(try root.required("hold")))
        let gap = seconds(collect(try root.required("gap")))
        let settle = seconds(child(root, "settle")) ?? .milliseconds(150)
        let cooldown = seconds(child(root, "cooldown")) ?? .zero
        let control = child(root, "control").map { self.control($0) }
        var gestures: [Gesture] = []
        for label in labels ?? ["gesture"] {
            itself = label
            defer { itself = nil }
            let variants = self.variants(when, sides)
            let arming = armedBy.map { self.variants($0, sides) }
            // What is wrong for one name mostly is for all: it is said once.
            guard let hold, let gap, let variants, faults.count == before else { return nil }
            var gesture = Gesture(label: label, variants: variants, hold: hold, gap: gap, settle: settle)
            gesture.arming = (arming ?? []) ?? []
            gesture.cooldown = cooldown
            gesture.control = control ?? nil
            gestures.append(gesture)
        }
        return gestures
    }

    /// One name, or several of a family.
    private mutating func labels(_ node: YAMLNode?) -> [String]? {
        guard let node else { return nil }
        guard node.isList else { return name(node).map { [$0] } }
        guard let entries = collect(try node.list()) else { return nil }
        var labels: [String] = []
        for entry in entries {
            guard let label = name(entry) else { continue }
            if labels.contains(label) { refuse(entry.error("expected a name of its own, found '\(label)' again")) }
            labels.append(label)
        }
        return labels.isEmpty ? nil : labels
    }

    private mutating func control(_ node: YAMLNode) -> Gesture.Control? {
        guard let word = collect(try node.string()) else { return nil }
        let known = Gesture.Control.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        if let control = Gesture.Control(rawValue: word) { return control }
        refuse(node.error("expected one of \(known), found \(node.found)"))
        return nil
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
