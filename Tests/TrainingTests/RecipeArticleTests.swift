import Foundation
import Inference
import Recognition
import TestSupport
import Testing
import Training

struct RecipeArticleTests {
    private static let article = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Training/Training.docc/Recipes.md")

    /// The article's table: a row a key, as the code knows it.
    private static var table: String {
        let usual = try? JSONSerialization.jsonObject(with: Data(Recipe().json.utf8))
        let rows = RecipeKey.all.map { key in
            let value = key.path.split(separator: ".").reduce(usual) { ($0 as? [String: Any])?[String($1)] }
            return "| `\(key.path)` | \(key.expectation) | \(text(value, of: key.kind)) | \(key.meaning) |"
        }
        return "| Key | Value | Default | What it does |\n| --- | --- | --- | --- |\n" + rows.joined(separator: "\n")
            + "\n"
    }

    private static func text(_ value: Any?, of kind: RecipeKey.Kind) -> String {
        if case .flag = kind, let flag = value as? Bool { return "`\(flag)`" }
        return switch value {
        case nil, is NSNull: ""
        case let list as [Any] where list.first is [String: Any]: "\(list.count) of them"
        case let map as [String: Any]: map.isEmpty ? "empty" : "\(map.count) of them"
        case let text as String: text.isEmpty ? "empty" : "`\(text)`"
        case let list as [Any]: list.isEmpty ? "empty" : "`\(list)`"
        case .some(let other): "`\(other)`"
        }
    }

    @Test("the article on recipes has a row for every key, with what the code expects of it and does without it")
    func article() throws {
        let marks = ("<!-- keys -->\n", "<!-- end of keys -->\n")
        var text = try String(contentsOf: Self.article, encoding: .utf8)
        let start = try #require(text.range(of: marks.0)).upperBound
        let end = try #require(text.range(of: marks.1)).lowerBound
        if ProcessInfo.processInfo.environment["LABAN_RECORD_FIXTURES"] == "1" {
            text.replaceSubrange(start..<end, with: Self.table)
            try text.write(to: Self.article, atomically: true, encoding: .utf8)
            return
        }
        #expect(text[start..<end] == Self.table[...], "record it anew with LABAN_RECORD_FIXTURES=1")
    }

    @Test("the parser knows the keys that the table lists, and no others")
    func complete() throws {
        var source = RecipeSource(kind: .folder)
        source.labels = ["a": "b"]
        var recipe = Recipe()
        recipe.sources = [source]
        recipe.network.blocks[0].lookAhead = 2
        recipe.network.blocks[0].branches = [.init(kernel: 3)]
        var written: Set<String> = []
        func collect(_ value: Any, _ path: String) {
            if !path.isEmpty, !path.hasSuffix("*") { written.insert(path) }
            switch value {
            case let list as [Any]: for element in list where element is [String: Any] { collect(element, path + ".*") }
            case let object as [String: Any]:
                let isFree = ["labels", "where", "names", "class_weights", "class_priors"].contains {
                    path.hasSuffix($0)
                }
                for (key, member) in object where !isFree { collect(member, path.isEmpty ? key : path + "." + key) }
            default: break
            }
        }
        collect(try JSONSerialization.jsonObject(with: Data(recipe.json.utf8)), "")
        let groups: Set = ["early_stop", "selection", "sampling", "normalisation", "network", "optimiser"]
        #expect(
            written.subtracting(groups).subtracting(["augmentation", "sequence"]) == Set(RecipeKey.all.map(\.path)))
    }
}
