import MarkedYAML

/// Reads what the files in `Gestures/` may say, and gathers everything that is wrong instead of stopping at the first;
/// `Gestures/schema.json` says the same to editors.
struct RuleReader {
    /// What is wrong so far.
    private(set) var faults: [YAMLFileError] = []
    /// The name that `itself` stands for in a family of gestures; nil outside of gestures.
    var itself: String?

    /// Reads a whole file.
    ///
    /// - Throws: every fault at once.
    static func rules(_ root: YAMLNode) throws(YAMLFileError) -> [MotionRule] {
        var reader = RuleReader()
        let rules = reader.rules(root)
        if let error = YAMLFileError(reader.faults) { throw error }
        guard let rules, !rules.isEmpty else { preconditionFailure("a rule that cannot be read has faults") }
        return rules
    }

    private mutating func rules(_ root: YAMLNode) -> [MotionRule]? {
        guard let pairs = collect(try root.pairs()) else { return nil }
        let keys = pairs.map(\.0)
        if keys.contains("exercise"), keys.contains("held") { return hold(root).map { [.hold($0)] } }
        if keys.contains("exercise") { return exercise(root).map { [.exercise($0)] } }
        if keys.contains("gesture") { return gestures(root)?.map(MotionRule.gesture) }
        let nearest = keys.isEmpty ? "neither" : keys.prefix(3).map { "'\($0.prefix(40))'" }.joined(separator: ", ")
        refuse(root.error("expected the key 'exercise' or 'gesture', found \(nearest)"))
        return nil
    }

    /// What is read, or nil and a fault more.
    mutating func collect<Value>(_ read: @autoclosure () throws(YAMLFileError) -> Value) -> Value? {
        do throws(YAMLFileError) {
            return try read()
        } catch {
            faults.append(error)
            return nil
        }
    }

    /// The value of a key, or nil if there is none.
    mutating func child(_ node: YAMLNode, _ key: String) -> YAMLNode? {
        collect(try node.value(key)).flatMap { $0 }
    }

    /// A name, where one is given.
    mutating func name(_ node: YAMLNode?) -> String? {
        guard let node else { return nil }
        return collect(try node.name())
    }

    /// A span of time, where one is given.
    mutating func seconds(_ node: YAMLNode?) -> Duration? {
        guard let node else { return nil }
        return collect(try node.seconds())
    }

    /// Notes a fault.
    mutating func refuse(_ fault: YAMLFileError) { faults.append(fault) }

    /// A number that a measure can be, within what it can be at all.
    mutating func threshold(_ node: YAMLNode, of measure: Measure?) -> Float? {
        guard let value = collect(try node.number()) else { return nil }
        guard let measure, !measure.range.contains(value) else { return value }
        let (least, most) = (measure.unit.number(measure.range.lowerBound), measure.unit.text(measure.range.upperBound))
        refuse(node.error("expected \(least) to \(most), which '\(measure.name)' can be, found \(node.found)"))
        return nil
    }

    /// A way that a measure can go.
    mutating func way(_ node: YAMLNode?, of measure: Measure?, aboveZero: Bool) -> Float? {
        guard let node, let value = collect(try node.number()) else { return nil }
        guard value > 0 || (value == 0 && !aboveZero) else {
            refuse(node.error("expected a number \(aboveZero ? "above 0" : "from 0"), found \(node.found)"))
            return nil
        }
        guard let measure else { return value }
        let most = measure.range.upperBound - measure.range.lowerBound
        guard value <= most else {
            refuse(
                node.error(
                    "expected at most \(measure.unit.text(most)), farther than which '\(measure.name)' cannot move, "
                        + "found \(node.found)"))
            return nil
        }
        return value
    }

    /// The measure of that name.
    ///
    /// - Parameter side: `left` or `right`, which `own_` stands for, or nil where there are no sides.
    mutating func measure(_ node: YAMLNode?, side: MeasureSide? = nil) -> Measure? {
        guard let node, let written = collect(try node.string()) else { return nil }
        var name = written
        let (own, other) = (MeasureSide.ruleWords[0].prefix, MeasureSide.ruleWords[1].prefix)
        for (word, stands) in [(own, side), (other, side == .left ? .right : .left)] where name.hasPrefix(word) {
            guard side != nil else {
                refuse(
                    node.error(
                        "expected a measure of the whole body or of a named side, found '\(name.prefix(64))': "
                            + "'\(word)' needs a gesture with 'sides'"))
                return nil
            }
            name = (stands ?? .left).prefix + name.dropFirst(word.count)
        }
        if let measure = Measure.named(name) { return measure }
        var known = Measure.all.map(\.name)
        if side != nil {
            let sided = MeasureFamily.all.filter(\.isSided)
            known += MeasureSide.ruleWords.flatMap { word in sided.map { word.prefix + $0.name } }
        }
        let nearest = NearestNames.list(to: written, among: known)
        refuse(
            node.error(
                "expected a measure, found \(node.found); nearest: \(nearest) (all: 'laban gesture measures')"))
        return nil
    }
}
