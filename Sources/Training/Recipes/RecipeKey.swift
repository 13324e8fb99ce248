import JSONLines

/// A key of a recipe: what it may say and what that does.
package struct RecipeKey: Sendable {
    /// What a value may be.
    package indirect enum Kind: Sendable {
        case text, flag
        /// A number within a range.
        case number(ClosedRange<Double>)
        /// A number without a fraction.
        case whole(ClosedRange<Double>)
        case choice([String])
        /// What it is a list of, and what each has to be; nil where the elements have keys of their own.
        case list(of: String, Kind? = nil)
        /// An object whose keys are the user's own, and what the values have to be.
        case map(Kind)
        /// The same, or null.
        case optional(ClosedRange<Double>)
    }

    /// Keys from the outside inwards, `*` for any place in a list: `sources.*.clips`.
    package let path: String
    package let kind: Kind
    package let meaning: String

    init(_ path: String, _ kind: Kind, _ meaning: String) {
        self.path = path
        self.kind = kind
        self.meaning = meaning
    }

    /// What a value has to be, in words.
    package var expectation: String { Self.expectation(kind) }

    private static func expectation(_ kind: Kind) -> String {
        switch kind {
        case .text: "a text"
        case .flag: "true or false"
        case .number(let range): "a number, \(words(range))"
        case .whole(let range): "a whole number, \(words(range))"
        case .optional(let range): "null or a whole number, \(words(range))"
        case .choice(let names): "one of " + names.joined(separator: ", ")
        case .list(let elements, _): "a list of \(elements)"
        case .map(let values): "an object of names, each with \(expectation(values))"
        }
    }

    /// What is wrong with a value of this key, and where in it; nil when all is well. Elements that have keys of their own are
    /// not looked at.
    func fault(of value: JSONValue, place: String) -> (place: String, problem: String)? {
        // What a source leaves out may be null.
        if case .map = kind, value == .null, path.hasPrefix("sources.*.") { return nil }
        return Self.fault(of: value, kind, place: place)
    }

    private static func fault(of value: JSONValue, _ kind: Kind, place: String) -> (place: String, problem: String)? {
        switch (kind, value) {
        case (.text, .text), (.flag, .flag), (.optional, .null): return nil
        case (.number(let range), .number(let number)) where range ~= number: return nil
        case (.whole(let range), .number(let number)) where range ~= number && number == number.rounded(): return nil
        case (.optional(let range), .number): return fault(of: value, .whole(range), place: place)
        case (.choice(let names), .text(let name)) where names.contains(name): return nil
        case (.list(_, let element), .list(let values)):
            guard let element else { return nil }
            return values.enumerated().lazy.compactMap { fault(of: $1, element, place: "\(place).\($0)") }.first
        case (.map(let element), .object(let members)):
            return members.sorted { $0.key < $1.key }.lazy
                .compactMap { fault(of: $0.value, element, place: "\(place).\($0.key)") }.first
        default: return (place, "expected \(expectation(kind)), found \(value.words)")
        }
    }

    private static func words(_ range: ClosedRange<Double>) -> String {
        let (low, high) = (JSONValue.number(range.lowerBound).words, JSONValue.number(range.upperBound).words)
        return range.upperBound >= 1e15 ? "from \(low)" : "\(low) to \(high)"
    }
}
