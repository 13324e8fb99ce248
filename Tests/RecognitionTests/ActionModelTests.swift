import Foundation
import Inference
import Recognition
import TestSupport
import Testing

struct ActionModelTests {
    private static func write(_ folder: TemporaryFolder) throws -> String {
        let description = TinyModel.description(classes: ["bend", "jump", "nothing"])
        let path = folder.file("tiny").path
        try ActionModel.write(
            description, parameters: TinyModel.parameters(description), standardisation: TinyModel.standardisation,
            to: path)
        return path
    }

    @Test("a model that is written is the model that is read")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let model = try ActionModel(folder: Self.write(folder))
        #expect(model.classes == ["bend", "jump", "nothing"])
        #expect(model.name == "tiny")
        #expect(model.version.count == 16)
        #expect(model.identifier == "tiny@" + model.version.prefix(8))
        let again = try ActionModel(folder: Self.write(folder))
        #expect(again.origin == model.origin)
    }

    @Test("a model of several networks is read as it is written, and each must be there")
    func severalNetworks() throws {
        let folder = try TemporaryFolder()
        var description = TinyModel.description(classes: ["bend", "jump", "nothing"])
        description.networks = 2
        let layers = ActionModel.layers(description.architecture)
        let path = folder.file("two").path
        try ActionModel.write(
            description, parameters: layers.initialParameters(seed: 3) + layers.initialParameters(seed: 4),
            standardisation: TinyModel.standardisation, to: path)
        #expect(try ActionModel(folder: path).networks.count == 2)
        for (count, place) in [(3, "networks.2.blocks.0.graph.weight"), (0, "networks"), (9, "networks")] {
            description = try #require(try ActionModel(folder: path).trained)
            description.networks = count
            let other = folder.file("\(count)").path
            try FileManager.default.copyItem(atPath: path, toPath: other)
            try ActionModel.write(description, to: other)
            let error = #expect(throws: RecognitionError.self) { try ActionModel(folder: other) }
            #expect(error?.place == place)
        }
    }

    @Test(
        "an error names the key of model.json that is wrong",
        arguments: [
            (#""frames" : 16"#, #""frames" : 17"#, "sampling.frames"),
            (#""rate" : 10"#, #""rate" : 10, "span" : "window""#, "sampling.span"),
            (#""format" : 1"#, #""format" : 2"#, "format"),
            (#""topology" : "common16""#, #""topology" : "coco17""#, "topology"),
            (#""channels" : 8"#, #""channels" : "eight""#, "architecture.blocks.1.channels"),
            (#""temperature" : 1"#, #""temperature" : 0"#, "temperature"),
            (#""bend""#, #""jump""#, "classes"),
        ])
    func wrongKeys(old: String, new: String, place: String) throws {
        let folder = try TemporaryFolder()
        let path = try Self.write(folder)
        let file = URL(filePath: path + "/model.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains(old))
        // Both places that say `frames` agree unless one of them is changed alone.
        let parts = text.components(separatedBy: old)
        let changed = parts.dropLast().joined(separator: old) + new + (parts.last ?? "")
        try changed.write(to: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: RecognitionError.self) { try ActionModel(folder: path) }
        #expect(error?.place == place)
    }

    @Test("a model of one class is none")
    func oneClass() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("one").path
        let description = TinyModel.description(classes: ["nothing"])
        try ActionModel.write(
            description, parameters: TinyModel.parameters(description), standardisation: TinyModel.standardisation,
            to: path)
        let error = #expect(throws: RecognitionError.self) { try ActionModel(folder: path) }
        #expect(error?.place == "classes")
    }

    @Test("damaged weights are noticed, missing ones named")
    func damagedWeights() throws {
        let folder = try TemporaryFolder()
        let path = try Self.write(folder)
        let file = URL(filePath: path + "/weights.safetensors")
        var bytes = [UInt8](try Data(contentsOf: file))
        bytes[bytes.count - 3] ^= 4
        try Data(bytes).write(to: file)
        let error = #expect(throws: RecognitionError.self) { try ActionModel(folder: path) }
        #expect(error?.file.hasSuffix("weights.safetensors") == true)
        #expect(error?.message.hasPrefix("expected hash") == true)
        try FileManager.default.removeItem(at: file)
        #expect(throws: RecognitionError.self) { try ActionModel(folder: path) }
        #expect(throws: RecognitionError.self) { try ActionModel(folder: folder.file("no such folder").path) }
    }

    @Test("no damage to model.json does more than an error")
    func mutatedDescriptions() throws {
        let folder = try TemporaryFolder()
        let path = try Self.write(folder)
        let file = URL(filePath: path + "/model.json")
        let original = [UInt8](try Data(contentsOf: file))
        var random = SeededGenerator(seed: 5)
        var refused = 0
        for _ in 0..<1_000 {
            var bytes = original
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random)
            case 1: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            default:
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes.insert(contentsOf: bytes[..<at], at: at)
            }
            try Data(bytes).write(to: file)
            do { _ = try ActionModel(folder: path) } catch { refused += 1 }
        }
        #expect(refused > 500)
    }
}
