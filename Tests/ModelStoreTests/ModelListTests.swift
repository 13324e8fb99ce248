import Foundation
import ModelStore
import TestSupport
import Testing

struct ModelListTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("pose weights are listed first, also when they are not there yet")
    func absentPose() {
        let models = ModelFolder(folder.url).models()
        #expect(models.map(\.name) == ["pose"])
        #expect(models[0].state == .missing)
        #expect(models[0].licence == "Apache-2.0")
        #expect(models[0].bytes == 17_218_321)
        #expect(models[0].problems.count == 4)
    }

    @Test("an action model shows what its model.json says and whether its files match")
    func actionModel() throws {
        let weights = Array("weights".utf8)
        try add("everyday", weights: weights, digest: SHA256.hex(of: weights))
        let model = ModelFolder(folder.url).models()[1]
        #expect(model.name == "everyday")
        #expect(model.kind == "action")
        #expect(model.state == .verified)
        #expect(model.licence == "MIT")
        #expect(model.accuracy == 0.93 && model.identifier == "everyday@01234567")
        #expect(model.classes == 2)
        #expect(model.isUsable)
    }

    @Test("an altered weight file shows with both digests")
    func altered() throws {
        let digest = String(repeating: "1", count: 64)
        try add("everyday", weights: Array("weights".utf8), digest: digest)
        let model = ModelFolder(folder.url).models()[1]
        #expect(model.state == .altered)
        #expect(model.problems.count == 1)
        #expect(model.problems[0].hasPrefix("everyday/weights.safetensors: altered\n  expected sha256 \(digest)\n"))
        #expect(!model.isUsable)
    }

    @Test("a manifest cannot point out of its folder")
    func traversal() throws {
        try Data("secret".utf8).write(to: folder.file("secret"))
        try add("sly", name: "../secret", weights: [], digest: String(repeating: "1", count: 64))
        #expect(ModelFolder(folder.url).models()[1].state == .present)
    }

    @Test("a model.json that is no object is named, whatever it holds", arguments: ["", "[]", "{", "\u{0}", "7"])
    func unreadable(text: String) throws {
        let model = folder.file("broken")
        try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: model.appending(path: "model.json"))
        let summary = ModelFolder(folder.url).models()[1]
        #expect(summary.state == .unreadable)
        #expect(summary.problems == ["broken/model.json: is not a JSON object"])
    }

    @Test("1,000 mutated model.json files each give one summary, never a crash")
    func mutations() throws {
        var random = SeededGenerator(seed: 3)
        let weights = Array("weights".utf8)
        try add("everyday", weights: weights, digest: SHA256.hex(of: weights))
        let manifest = folder.file("everyday").appending(path: "model.json")
        let whole = Array(try Data(contentsOf: manifest))
        // Kept open and overwritten in full length, because opening and cutting a file waits for the disk each time.
        let file = try FileHandle(forWritingTo: manifest)
        var states: Set<ModelSummary.State> = []
        for _ in 0..<1_000 {
            var mutant = whole
            let place = Int.random(in: 0..<mutant.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: mutant[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: mutant.removeSubrange(place...)
            case 2: mutant.insert(contentsOf: Array(repeating: 0x5b, count: 2_000), at: place)
            default: mutant.replaceSubrange(place..<place, with: Array("1e999,\"a\":-".utf8))
            }
            mutant += Array(repeating: 0x20, count: 4_096 - mutant.count)
            try file.seek(toOffset: 0)
            try file.write(contentsOf: Data(mutant))
            let models = ModelFolder(folder.url).models()
            #expect(models.map(\.name) == ["pose", "everyday"])
            #expect(models[1].accuracy.map { (0...1).contains($0) } != false)
            states.insert(models[1].state)
        }
        #expect(states.isSuperset(of: [.verified, .unreadable]), "mutants reach both ends")
    }

    private func add(
        _ model: String, name: String = "weights.safetensors", weights: [UInt8], digest: String
    ) throws {
        let place = folder.file(model)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        if !name.contains("/") { try Data(weights).write(to: place.appending(path: name)) }
        let manifest = """
            {"name": "everyday", "version": "0123456789abcdef", "licence": "MIT", "classes": ["walk", "run"],
             "measured": [{"top1": 0.96, "clips": 300}, {"top1": 0.84, "clips": 100}],
             "files": [{"name": "\(name)", "sha256": "\(digest)"}]}
            """
        try Data(manifest.utf8).write(to: place.appending(path: "model.json"))
    }
}
