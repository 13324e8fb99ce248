import MarkedYAML
import Shapes

/// Conditions with words of their own: hand shapes, postures, ways, circles, and steps.
extension RuleReader {
    static let askedKeys = ["hand", "posture", "moved", "circling"]

    /// How sure a network is by default where a shape begins and where it is over.
    private static let sure: (begin: Float, end: Float) = (0.6, 0.35)

    /// A list of conditions that come true one after the other.
    mutating func steps(_ node: YAMLNode, side: MeasureSide?, depth: Int) -> Condition? {
        let before = faults.count
        _ = collect(try node.expectKeys(["steps", "between"]))
        guard isGesture(node, "steps") else { return nil }
        let between = seconds(collect(try node.required("between")))
        let list = collect(try node.required("steps"))
        guard let list, let entries = collect(try list.list()) else { return nil }
        let parts = entries.compactMap { condition($0, side: side, depth: depth + 1) }
        if entries.count < 2 { refuse(list.error("expected at least two steps, found one")) }
        guard let between, faults.count == before else { return nil }
        return .steps(parts, between: between)
    }

    /// A predicate on what one of these words asks for.
    mutating func asked(_ key: String, _ node: YAMLNode, side: MeasureSide?) -> Predicate? {
        guard isGesture(node, key) else { return nil }
        switch key {
        case "hand": return hand(node, side)
        case "posture": return posture(node)
        case "moved": return moved(node, side)
        default: return circling(node, side)
        }
    }

    private mutating func hand(_ node: YAMLNode, _ side: MeasureSide?) -> Predicate? {
        _ = collect(try node.expectKeys(["hand", "side", "above", "release"]))
        let place = self.side(node, side)
        let known = HandWord.all.map(\.name)
        guard let word = word(node, "hand", "a hand shape", among: known), let word = HandWord.named(word) else {
            return nil
        }
        return share(node, of: place.map { .hand(word, $0) })
    }

    private mutating func posture(_ node: YAMLNode) -> Predicate? {
        _ = collect(try node.expectKeys(["posture", "above", "release"]))
        let known = BodySignal.allCases.map(\.rawValue)
        guard let word = word(node, "posture", "a posture", among: known), let signal = BodySignal(rawValue: word)
        else {
            return nil
        }
        return share(node, of: .posture(signal))
    }

    private mutating func moved(_ node: YAMLNode, _ side: MeasureSide?) -> Predicate? {
        _ = collect(try node.expectKeys(["moved", "by", "within", "side", "release"]))
        let place = self.side(node, side)
        let known = MoveDirection.allCases.map(\.rawValue)
        let word = word(node, "moved", "a direction", among: known)
        let within = span(collect(try node.required("within")))
        let by = collect(try node.required("by"))
        guard let place, let within, let by, let direction = word.flatMap({ MoveDirection(rawValue: $0) }) else {
            return nil
        }
        return from(by, node, of: .moved(direction, within: within, place))
    }

    private mutating func circling(_ node: YAMLNode, _ side: MeasureSide?) -> Predicate? {
        _ = collect(try node.expectKeys(["circling", "turns", "within", "side", "release"]))
        let place = self.side(node, side)
        let word = word(node, "circling", "a sense", among: ["clockwise", "counterclockwise"])
        let within = span(collect(try node.required("within")))
        let turns = collect(try node.required("turns"))
        guard let place, let within, let turns, let word else { return nil }
        return from(turns, node, of: .circled(isClockwise: word == "clockwise", within: within, place))
    }

    /// The word of a key, one of those known; `itself` is the gesture's own name.
    private mutating func word(
        _ node: YAMLNode, _ key: String, _ what: String, among known: [String]
    ) -> String? {
        guard let place = collect(try node.required(key)), let written = collect(try place.string()) else { return nil }
        let word = written == "itself" ? itself ?? written : written
        if known.contains(word) { return word }
        let found = written == "itself" ? "'\(word)', the gesture's own name" : place.found
        refuse(place.error("expected \(what), found \(found); nearest: \(NearestNames.list(to: word, among: known))"))
        return nil
    }

    /// The side asked for: that of the gesture, or either where it has no sides.
    private mutating func side(_ node: YAMLNode, _ side: MeasureSide?) -> MeasureSide? {
        guard let place = child(node, "side") else { return side ?? .greatest }
        guard let word = collect(try place.string()) else { return nil }
        switch word {
        case "left": return .left
        case "right": return .right
        case "either": return .greatest
        case "both": return .least
        case "own" where side != nil: return side
        case "other" where side != nil: return side == .left ? .right : .left
        default:
            let own = side == nil ? "" : "'own', 'other', "
            refuse(place.error("expected one of \(own)'left', 'right', 'either', 'both', found \(place.found)"))
            return nil
        }
    }

    /// How sure a network must be.
    private mutating func share(_ node: YAMLNode, of measure: Measure?) -> Predicate? {
        let before = faults.count
        let begin = child(node, "above").map { threshold($0, of: measure) } ?? Self.sure.begin
        let end = child(node, "release").map { threshold($0, of: measure) }
        guard let begin, let measure, faults.count == before else { return nil }
        let release = (end ?? nil) ?? min(begin, begin * Self.sure.end / Self.sure.begin)
        return predicate(node, measure, begin, release)
    }

    /// How far something must have gone at least.
    private mutating func from(_ least: YAMLNode, _ node: YAMLNode, of measure: Measure) -> Predicate? {
        let before = faults.count
        guard let begin = way(least, of: measure, aboveZero: true) else { return nil }
        let end = child(node, "release").map { threshold($0, of: measure) }
        guard faults.count == before else { return nil }
        return predicate(node, measure, begin, (end ?? nil) ?? begin / 2)
    }

    private mutating func predicate(
        _ node: YAMLNode, _ measure: Measure, _ begin: Float, _ release: Float
    ) -> Predicate? {
        guard release <= begin else {
            refuse((child(node, "release") ?? node).error("expected at most \(begin), found \(release)"))
            return nil
        }
        let most = Float.greatestFiniteMagnitude
        return Predicate(measure: measure, range: begin...most, holding: release...most)
    }

    /// A span of time that something must happen within, in seconds.
    private mutating func span(_ node: YAMLNode?) -> Double? {
        guard let node, let seconds = collect(try node.number()) else { return nil }
        guard (0.1...5).contains(seconds) else {
            refuse(node.error("expected 0.1 to 5 seconds, found \(node.found)"))
            return nil
        }
        return (Double(seconds) * 100).rounded() / 100
    }

    private mutating func isGesture(_ node: YAMLNode, _ key: String) -> Bool {
        if itself != nil { return true }
        refuse(node.error("expected a predicate on a measure: '\(key)' belongs to gestures"))
        return false
    }
}
