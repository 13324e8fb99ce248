import Yams

/// A part of a rule file that knows its place, for reading with errors that point at it.
struct RuleNode {
    let node: Node
    let file: String
    /// The place of the mapping that holds it, for nodes that have none of their own.
    private let fallback: Mark?

    /// Nodes an alias may unfold to before the file is refused.
    private static let mostNodes = 10_000

    init(yaml text: String, file: String) throws(MotionRuleError) {
        let composed: Node?
        do {
            composed = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.translate(error, file: file)
        } catch {
            throw MotionRuleError(file: file, message: "expected YAML, found: \(error)")
        }
        guard let composed else { throw MotionRuleError(file: file, line: 1, column: 1, message: "the file is empty") }
        self.init(node: composed, file: file, fallback: nil)
        var budget = Self.mostNodes
        guard Self.fits(composed, &budget) else {
            throw error("expected at most \(Self.mostNodes) parts, found more")
        }
    }

    private init(node: Node, file: String, fallback: Mark?) {
        self.node = node
        self.file = file
        self.fallback = fallback
    }

    /// An error at this place.
    func error(_ message: String) -> MotionRuleError {
        let mark = node.mark ?? fallback
        return MotionRuleError(file: file, line: mark?.line, column: mark?.column, message: message)
    }

    /// What is here, in words.
    var found: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string.prefix(40))'"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    /// The value of a key, or nil if there is none.
    func value(_ key: String) throws(MotionRuleError) -> RuleNode? {
        for (name, child) in try pairs() where name == key { return child }
        return nil
    }

    /// The value of a key that must be there.
    func required(_ key: String) throws(MotionRuleError) -> RuleNode {
        guard let child = try value(key) else { throw error("expected the key '\(key)', found none") }
        return child
    }

    /// Errs at the first key that is not among these.
    func expectKeys(_ allowed: [String]) throws(MotionRuleError) {
        for (key, child) in try pairs() where !allowed.contains(key) {
            throw child.error("expected one of the keys \(allowed.joined(separator: ", ")), found '\(key.prefix(40))'")
        }
    }

    /// The pairs of a mapping; a value's place stands for its key's.
    func pairs() throws(MotionRuleError) -> [(String, RuleNode)] {
        guard case .mapping(let mapping) = node else { throw error("expected a mapping, found \(found)") }
        var pairs: [(String, RuleNode)] = []
        for (key, child) in mapping {
            let value = RuleNode(node: child, file: file, fallback: key.mark ?? node.mark ?? fallback)
            guard case .scalar(let name) = key else { throw value.error("expected a word as key, found another kind") }
            pairs.append((name.string, value))
        }
        return pairs
    }

    /// The entries of a list that has at least one.
    func list() throws(MotionRuleError) -> [RuleNode] {
        guard case .sequence(let sequence) = node, !sequence.isEmpty else {
            throw error("expected a list with entries, found \(found)")
        }
        return sequence.map { RuleNode(node: $0, file: file, fallback: node.mark ?? fallback) }
    }

    /// A word of lower-case letters, digits and underscores that starts with a letter.
    func name() throws(MotionRuleError) -> String {
        let text = try string()
        let isWord = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        guard isWord, let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 64 else {
            throw error("expected a word of a-z, 0-9 and _, found \(found)")
        }
        return text
    }

    func string() throws(MotionRuleError) -> String {
        guard case .scalar(let scalar) = node else { throw error("expected a word, found \(found)") }
        return scalar.string
    }

    /// A finite number.
    func number() throws(MotionRuleError) -> Float {
        guard case .scalar(let scalar) = node, let value = Float(scalar.string), value.isFinite, abs(value) <= 1e6
        else { throw error("expected a number, found \(found)") }
        return value
    }

    /// A span of 0…3600 seconds.
    func seconds() throws(MotionRuleError) -> Duration {
        let value = try number()
        guard (0...3600).contains(value) else { throw error("expected 0 to 3600 seconds, found \(found)") }
        return .microseconds(Int64((Double(value) * 1e6).rounded()))
    }

    private static func fits(_ node: Node, _ budget: inout Int) -> Bool {
        budget -= 1
        guard budget > 0 else { return false }
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard fits(key, &budget), fits(value, &budget) else { return false }
            }
        case .sequence(let sequence):
            for child in sequence where !fits(child, &budget) { return false }
        default: break
        }
        return true
    }

    private static func translate(_ error: YamlError, file: String) -> MotionRuleError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            MotionRuleError(
                file: file, line: mark.line, column: mark.column, message: "expected YAML, found: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            MotionRuleError(
                file: file, line: context.mark.line, column: context.mark.column,
                message:
                    "expected each key once, found again: \(duplicates.map { "\($0)" }.sorted().joined(separator: ", "))"
            )
        default: MotionRuleError(file: file, message: "expected YAML, found: \(error)")
        }
    }
}
