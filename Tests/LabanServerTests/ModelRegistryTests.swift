import Foundation
import LabanServer
import Pipeline
import Recognition
import TestSupport
import Testing

@Suite("The registry of models")
struct ModelRegistryTests {
    /// A copy of a model that Laban comes with.
    private static func copy(to place: URL) throws {
        let checkout = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
        try FileManager.default.copyItem(at: checkout.appending(path: "Models/everyday"), to: place)
    }

    @Test("a model is read once, however many cameras ask for it")
    func shared() throws {
        let folder = try TemporaryFolder()
        try Self.copy(to: folder.file("mine"))
        var registry = ModelRegistry()
        let first = try registry.model(in: folder.file("mine").path)
        #expect(try registry.model(in: folder.file("mine").path) === first)
        #expect(throws: (any Error).self) { try registry.model(in: folder.file("none").path) }
    }

    @Test("a model whose files changed gives way once they stood still for a look; one that cannot be read never does")
    func replaced() throws {
        let folder = try TemporaryFolder()
        let place = folder.file("mine")
        try Self.copy(to: place)
        var registry = ModelRegistry()
        let shared = try registry.model(in: place.path)
        let before = shared.latest.content.identifier
        let file = place.appending(path: "model.json")
        let text = try String(contentsOf: file, encoding: .utf8)

        try "{".write(to: file, atomically: true, encoding: .utf8)
        for _ in 0..<3 { registry.look() }
        #expect(shared.latest.content.identifier == before)

        let name = try #require(text.firstMatch(of: /"name" ?: ?"everyday"/))
        try text.replacing(name.output, with: #""name": "newer""#).write(
            to: file, atomically: true, encoding: .utf8)
        registry.look()
        #expect(shared.latest.content.identifier == before)
        registry.look()
        #expect(shared.latest.content.identifier != before)
    }
}
