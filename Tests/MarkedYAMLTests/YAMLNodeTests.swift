import Foundation
import MarkedYAML
import TestSupport
import Testing

struct YAMLNodeTests {
    @Test("values are read by key")
    func values() throws {
        let node = try YAMLNode(yaml: "name: squat\nleast: 1.5\non: true\nwait: 0.25\nlist: [a, b]\n", file: "x.yaml")
        #expect(try node.required("name").name() == "squat")
        #expect(try node.required("least").number() == 1.5)
        #expect(try node.required("on").flag())
        #expect(try node.required("wait").seconds() == .milliseconds(250))
        #expect(try node.required("list").list().map { try $0.string() } == ["a", "b"])
        #expect(try node.value("absent")?.found == nil)
    }

    @Test("an error points at file, line and column, and says what was expected and found")
    func place() throws {
        let node = try YAMLNode(yaml: "a: 1\nb:\n  c: many\n", file: "laban.yaml")
        let error = try #require(throws: YAMLFileError.self) { try node.required("b").required("c").number() }
        #expect(error.description == "laban.yaml:3:6: expected a number, found 'many'")
    }

    @Test("an unknown key is named with those that may stand there")
    func unknownKey() throws {
        let node = try YAMLNode(yaml: "camera: 1\n", file: "laban.yaml")
        let error = try #require(throws: YAMLFileError.self) { try node.expectKeys(["cameras"]) }
        #expect(error.message.contains("cameras"))
        #expect(error.message.contains("'camera'"))
        #expect(error.line == 1)
    }

    @Test(
        "a missing file and one that is no text are errors that name it",
        arguments: [nil, [0xFF, 0xFE, 0x00] as [UInt8]])
    func unreadable(bytes: [UInt8]?) throws {
        let folder = try TemporaryFolder()
        let file = folder.file("settings.yaml")
        if let bytes { try Data(bytes).write(to: file) }
        let error = try #require(throws: YAMLFileError.self) { try YAMLNode(contentsOf: file.path) }
        #expect(error.file == file.path)
    }

    @Test("aliases that unfold without end are refused")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for i in 1...9 { text += "a\(i): &a\(i) [\((0..<10).map { _ in "*a\(i - 1)" }.joined(separator: ", "))]\n" }
        #expect(throws: YAMLFileError.self) { try YAMLNode(yaml: text, file: "bomb.yaml") }
    }

    @Test("a thousand mutated files neither crash nor hang")
    func mutations() throws {
        let text = Array("site: home\ncameras:\n  gym: {input: \"a.mp4\", repeat: true}\n  b: {input: b.jsonl}\n".utf8)
        var random = SeededGenerator(seed: 7)
        var refused = 0
        for _ in 0..<1000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes[at] = UInt8.random(in: 9...126, using: &random)
            }
            let mutated = String(decoding: bytes, as: UTF8.self)
            do {
                let node = try YAMLNode(yaml: mutated, file: "m.yaml")
                for (_, child) in try node.required("cameras").pairs() { _ = try child.required("input").string() }
            } catch {
                refused += 1
                #expect(error.file == "m.yaml")
            }
        }
        #expect(refused > 0)
    }
}
