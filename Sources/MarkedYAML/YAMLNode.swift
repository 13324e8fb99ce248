import Files
import Foundation
import Yams

/// A part of a YAML file that knows its place, for reading with errors that point at it.
package struct YAMLNode {
    private let node: Node
    private let file: String
    /// The place of the mapping that holds it, for nodes that have none of their own.
    private let fallback: Mark?

    /// Files larger than this are refused.
    private static let largestFile = 256 * 1024

    /// Nodes an alias may unfold to before the file is refused.
    private static let mostNodes = 10_000

    /// Reads a file of at most 256 KiB.
    package init(contentsOf path: String) throws(YAMLFileError) {
        let data: [UInt8]
        do {
            data = try RegularFile.read(path, limit: Self.largestFile)
        } catch {
            throw YAMLFileError(file: path, message: error.message)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            // What is no text decodes to this mark; everything before it has its place.
            let start = String(decoding: data, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
            throw Self.error(file: path, after: start, "expected UTF-8 text, found other bytes")
        }
        try self.init(yaml: text, file: path)
    }

    /// Reads text; `file` is what errors call it.
    package init(yaml text: String, file: String) throws(YAMLFileError) {
        let composed: Node?
        do {
            composed = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.translate(error, file: file)
        } catch {
            throw YAMLFileError(file: file, message: "expected YAML, found: \(error)")
        }
        guard let composed else { throw YAMLFileError(file: file, line: 1, column: 1, message: "the file is empty") }
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
    package func error(_ message: String) -> YAMLFileError {
        let mark = node.mark ?? fallback
        return YAMLFileError(file: file, line: mark?.line, column: mark?.column, message: message)
    }

    /// What is here, in words.
    package var found: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string.prefix(40))'"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    /// The value of a key, or nil if there is none.
    package func value(_ key: String) throws(YAMLFileError) -> YAMLNode? {
        for (name, child) in try pairs() where name == key { return child }
        return nil
    }

    /// The value of a key that must be there.
    package func required(_ key: String) throws(YAMLFileError) -> YAMLNode {
        guard let child = try value(key) else { throw error("expected the key '\(key)', found none") }
        return child
    }

    /// Errs at keys that are not among these, all of them at once.
    package func expectKeys(_ allowed: [String]) throws(YAMLFileError) {
        let strangers = try pairs().filter { !allowed.contains($0.0) }
        let faults = strangers.map { key, child in
            let nearest = allowed.count > 3 ? "; nearest: " + NearestNames.list(to: key, among: allowed) : ""
            return child.error(
                "expected one of the keys \(allowed.joined(separator: ", ")), found '\(key.prefix(40))'\(nearest)")
        }
        if let error = YAMLFileError(faults) { throw error }
    }

    /// The pairs of a mapping; a value's place stands for its key's.
    package func pairs() throws(YAMLFileError) -> [(String, YAMLNode)] {
        guard case .mapping(let mapping) = node else { throw error("expected a mapping, found \(found)") }
        var pairs: [(String, YAMLNode)] = []
        for (key, child) in mapping {
            let value = YAMLNode(node: child, file: file, fallback: key.mark ?? node.mark ?? fallback)
            guard case .scalar(let name) = key else { throw value.error("expected a word as key, found another kind") }
            pairs.append((name.string, value))
        }
        return pairs
    }

    /// Whether it is a list, with entries or none.
    package var isList: Bool { if case .sequence = node { true } else { false } }

    /// Whether it is a mapping.
    package var isMapping: Bool { if case .mapping = node { true } else { false } }

    /// The entries of a list that has at least one.
    package func list() throws(YAMLFileError) -> [YAMLNode] {
        guard case .sequence(let sequence) = node, !sequence.isEmpty else {
            throw error("expected a list with entries, found \(found)")
        }
        return sequence.map { YAMLNode(node: $0, file: file, fallback: node.mark ?? fallback) }
    }

    /// A word of lower-case letters, digits and underscores that starts with a letter.
    package func name() throws(YAMLFileError) -> String {
        let text = try string()
        let isWord = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        guard isWord, let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 64 else {
            throw error("expected a word of a-z, 0-9 and _, found \(found)")
        }
        return text
    }

    package func string() throws(YAMLFileError) -> String {
        guard case .scalar(let scalar) = node else { throw error("expected a word, found \(found)") }
        return scalar.string
    }

    /// A word that is not empty.
    package func filled() throws(YAMLFileError) -> String {
        let text = try string()
        guard !text.isEmpty else { throw error("expected a word, found \(found)") }
        return text
    }

    /// `true` or `false`.
    package func flag() throws(YAMLFileError) -> Bool {
        switch try string() {
        case "true": return true
        case "false": return false
        default: throw error("expected true or false, found \(found)")
        }
    }

    /// A finite number.
    package func number() throws(YAMLFileError) -> Float {
        guard case .scalar(let scalar) = node, let value = Float(scalar.string), value.isFinite else {
            throw error("expected a number, found \(found)")
        }
        guard abs(value) <= 1e6 else { throw error("expected a number within a million, found \(found)") }
        return value
    }

    /// A span of 0…3600 seconds.
    package func seconds() throws(YAMLFileError) -> Duration {
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

    /// An error at the place that follows a text.
    private static func error(
        file: String, after start: some Collection<Unicode.Scalar>, _ message: String
    ) -> YAMLFileError {
        let line = start.count { $0 == "\n" } + 1
        let column = start.reversed().prefix { $0 != "\n" }.count + 1
        return YAMLFileError(file: file, line: line, column: column, message: message)
    }

    private static func translate(_ error: YamlError, file: String) -> YAMLFileError {
        switch error {
        case .reader(let problem, let offset, _, let yaml):
            self.error(
                file: file, after: String(decoding: yaml.utf8.prefix(offset ?? 0), as: UTF8.self).unicodeScalars,
                "expected YAML, found: \(problem)")
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            YAMLFileError(
                file: file, line: mark.line, column: mark.column, message: "expected YAML, found: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            YAMLFileError(
                file: file, line: context.mark.line, column: context.mark.column,
                message:
                    "expected each key once, found again: \(duplicates.map { "\($0)" }.sorted().joined(separator: ", "))"
            )
        default: YAMLFileError(file: file, message: "expected YAML, found: \(error)")
        }
    }
}
