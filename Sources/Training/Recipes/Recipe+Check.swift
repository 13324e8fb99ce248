import Foundation
import JSONLines
import MarkedYAML
import Recognition

extension Recipe {
    /// The first thing in a recipe's JSON that is none of its keys, or not what its key expects; nil when all is well.
    ///
    /// - Parameter passing: unknown keys are passed over.
    static func fault(in value: JSONValue, passing: Bool = false) -> (place: String, problem: String)? {
        if !passing, let gone = RecipeKey.gone(in: value) { return gone }
        return fault(of: value, path: "", place: "", passing: passing)
    }

    /// - Parameters:
    ///   - path: the key's, with `*` for places in lists.
    ///   - place: the same with the numbers of the places.
    private static func fault(
        of value: JSONValue, path: String, place: String, passing: Bool
    ) -> (place: String, problem: String)? {
        if let key = RecipeKey.byPath[path] {
            if let fault = key.fault(of: value, place: place) { return fault }
            guard case .list(let elements) = value, !RecipeKey.names(below: path + ".*").isEmpty else { return nil }
            for (index, element) in elements.enumerated() {
                if let fault = fault(of: element, path: path + ".*", place: "\(place).\(index)", passing: passing) {
                    return fault
                }
            }
            return nil
        }
        let names = RecipeKey.names(below: path)
        guard case .object(let members) = value else {
            let keys = names.joined(separator: ", ")
            return (place, "expected an object with keys among \(keys), found \(value.words)")
        }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            let inner = place.isEmpty ? name : "\(place).\(name)"
            guard names.contains(name) else {
                if passing || inner == "sampling.span" { continue }
                return (inner, "unknown key; " + suggestion(name, path: path))
            }
            let path = path.isEmpty ? name : "\(path).\(name)"
            if let fault = fault(of: member, path: path, place: inner, passing: passing) { return fault }
        }
        return nil
    }

    /// The known keys at a path that are likest to a name, or all where they are few; besides where else that very name stands.
    private static func suggestion(_ name: String, path: String) -> String {
        let names = RecipeKey.names(below: path)
        let elsewhere = RecipeKey.all.map(\.path).filter { $0.hasSuffix("." + name) }
        return
            (names.count > 4
            ? "the nearest are " + NearestNames.list(to: name, among: names)
            : "known are " + names.joined(separator: ", "))
            + (elsewhere.isEmpty ? "" : "; there is \(elsewhere.joined(separator: ", "))")
    }

    /// The first key of a recipe's JSON that says something and does nothing, and why; nil when all of them do.
    func idleKey(in given: JSONValue) -> (place: String, problem: String)? {
        guard let usual = Recipe().value else { return nil }
        for key in RecipeKey.all {
            // That something is off can be said of what is not there.
            guard let said = given[key.path], said != usual[key.path], said != .number(0), said != .flag(false) else {
                continue
            }
            if key.path == "optimiser.momentum", optimiser.kind != .sgd {
                return (key.path, "does nothing with \"adamw\": it goes with \"kind\": \"sgd\" in optimiser")
            }
            if key.path == "class_weights", !balanced {
                return (key.path, "does nothing with \"balanced\": false: clips are drawn as often as they are")
            }
            if key.path == "early_stop.patience", earlyStop.validationFraction == 0 {
                return (key.path, "does nothing without \"validation_fraction\" in early_stop")
            }
        }
        return sources.enumerated().lazy.compactMap { index, source in
            source.idleKey.map { key in
                let other = source.kind == .puppet ? "folder" : "puppet"
                return (
                    "sources.\(index).\(key)",
                    "does nothing with \"kind\": \"\(source.kind.rawValue)\": it goes with \"\(other)\""
                )
            }
        }.first
    }

    /// As JSON; nil where a number is none.
    var value: JSONValue? { try? JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(self)) }
}
