import Foundation

/// README, an article, or another page of this checkout.
struct Document: Sendable, CustomStringConvertible {
    /// Its path from the checkout on.
    let description: String
    let text: String

    var file: URL { LabanProcess.checkout.appending(path: description) }

    /// The name by which articles of one catalogue link to each other.
    var title: String { file.deletingPathExtension().lastPathComponent }

    init(_ path: String) throws {
        description = path
        text = try String(contentsOf: LabanProcess.checkout.appending(path: path), encoding: .utf8)
    }

    /// README first, then the pages of hosts, then the articles beside the modules.
    static let all: [Document] = {
        let sources = LabanProcess.checkout.appending(path: "Sources")
        let articles = (FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.sorted().map { "Sources/" + $0 }
        let paths = ["README.md", ".github/CONTRIBUTING.md", ".github/CHANGES.md"] + articles
        return paths.compactMap { try? Document($0) }
    }()

    /// What lies between fences of one language, a text a block.
    func blocks(_ language: String) -> [String] {
        text.components(separatedBy: "```\(language)\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
    }

    /// The commands for a shell, without what is said behind them.
    var commands: [String] {
        blocks("sh").flatMap { $0.split(separator: "\n") }
            .map { $0.components(separatedBy: " #")[0].trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    /// What stands between backquotes in a sentence or a table.
    private var quoted: [String] {
        let outside = text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        return outside.flatMap {
            $0.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        }
    }

    /// The names of Swift files.
    var swiftFiles: [String] { quoted.filter { $0.hasSuffix(".swift") && !$0.contains("/") } }

    /// Every command of Laban that is named: for a shell, and between backquotes in a sentence or a table.
    var mentions: [String] {
        (commands + quoted).map { $0.replacingOccurrences(of: "\n", with: " ") }
            .filter { $0.hasPrefix("laban ") }
    }

    /// The files and places that it links to, as written.
    var links: [String] {
        text.components(separatedBy: "](").dropFirst().compactMap { $0.components(separatedBy: ")").first }
            .filter { !$0.contains("://") && !$0.hasPrefix("#") }
    }

    /// The articles of the same catalogue that it links to.
    var neighbours: [String] {
        text.components(separatedBy: "<doc:").dropFirst().compactMap { $0.components(separatedBy: ">").first }
    }
}
