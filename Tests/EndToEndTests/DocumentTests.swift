import Foundation
import TestSupport
import Testing

@Suite("README and articles", .serialized)
struct DocumentTests {
    /// Commands that do not end by themselves, take long, or ask for cameras, data sets or the network; other tests run them.
    private static let elsewhere = [
        "laban serve", "laban watch", "laban train", "laban fine-tune", "laban evaluate", "laban calibrate",
        "laban bench",
        "laban models import", "laban models check", "laban models install",
    ]
    private static let outside = ["rtsp://", "/dev/video", "tcp://", "http://", "DATA"]

    /// The names of all files that make the product.
    private static let sources: Set<String> = {
        let files = FileManager.default.enumerator(atPath: LabanProcess.checkout.appending(path: "Sources").path)
        return Set((files?.compactMap { $0 as? String } ?? []).map { ($0 as NSString).lastPathComponent })
    }()

    @Test("their commands work as printed")
    func commands() throws {
        let playground = try DocumentPlayground()
        var run: Set<String> = []
        for document in Document.all {
            for line in document.commands where line.hasPrefix("laban ") && run.insert(line).inserted {
                if Self.elsewhere.contains(where: line.hasPrefix) || Self.outside.contains(where: line.contains) {
                    continue
                }
                let result = try playground.run(line)
                #expect(result.status == 0, "\(document): \(line): \(result.errors)")
                #expect(
                    !(result.output + result.errors).isEmpty || line.contains(" > "),
                    "\(document): \(line) says nothing")
            }
        }
        #expect(run.count >= 30)
    }

    @Test("the commands they name exist, with every option", arguments: Document.all)
    func options(document: Document) throws {
        var help: [String: String] = [:]
        func teaching(_ words: [String]) throws -> String? {
            let command = words.joined(separator: " ")
            if let known = help[command] { return known.isEmpty ? nil : known }
            let result = try LabanProcess(["help"] + words).wait()
            let found = result.status == 0 && result.output.contains("USAGE: laban \(command) ")
            help[command] = found ? result.output : ""
            return found ? result.output : nil
        }
        for line in document.mentions {
            let words = line.split(separator: " ").dropFirst().map(String.init)
            guard let first = words.first, first.allSatisfy({ $0.isLowercase || $0 == "-" }), !first.hasPrefix("-"),
                first != "help"
            else { continue }
            let overview = try #require(try teaching([first]), "\(document): \(line): no such command")
            let isLeaf = words.count < 2 || !words[1].allSatisfy { $0.isLowercase || $0 == "-" }
            let teaches = isLeaf ? overview : overview + (try teaching(Array(words.prefix(2))) ?? "")
            for word in words where word.hasPrefix("--") {
                #expect(teaches.contains(word), "\(document): \(line): no option \(word)")
            }
        }
    }

    @Test("what they link to is there", arguments: Document.all)
    func links(document: Document) {
        let folder = document.file.deletingLastPathComponent()
        for link in document.links {
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: link).path), "\(document): \(link)")
        }
        for name in document.neighbours {
            #expect(
                FileManager.default.fileExists(atPath: folder.appending(path: "\(name).md").path),
                "\(document): no article \(name) beside it")
        }
        // Not commands, nor names that stand for others.
        for file in document.swiftFiles
        where !file.contains(" ") && !["Package.swift", "Type+Theme.swift"].contains(file) {
            #expect(Self.sources.contains(file), "\(document): no file \(file)")
        }
        for command in document.commands {
            for word in command.split(separator: " ") where word.hasPrefix(".scripts/") || word.hasPrefix(".ci/") {
                let place = LabanProcess.checkout.appending(path: String(word)).path
                #expect(FileManager.default.fileExists(atPath: place), "\(document): \(word)")
            }
        }
    }

    @Test("README is short")
    func length() throws {
        #expect(try Document("README.md").text.utf8.count <= 9000)
    }

    @Test("every command teaches itself")
    func help() throws {
        let overview = try LabanProcess.run("--help")
        for command in [
            "run", "count", "serve", "watch", "history", "gesture", "models", "train", "fine-tune", "evaluate",
            "calibrate", "doctor", "bench", "puppet",
        ] {
            #expect(overview.output.contains("  \(command)"))
            let help = try LabanProcess.run("help", command)
            #expect(help.status == 0)
            #expect(help.output.contains("laban \(command)"))
        }
    }
}
