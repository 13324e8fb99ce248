import Foundation
import Recognition
import TestSupport
import Testing
import Training

struct RecipeTests {
    private static func read(_ text: String) throws(TrainingError) -> Recipe {
        try Recipe(Data(text.utf8), file: "recipe.json")
    }

    @Test("an empty recipe is the default one, and a recipe is read as it is written")
    func roundTrip() throws {
        #expect(try Self.read("{}") == Recipe())
        var recipe = Recipe()
        recipe.augmentation.tilt = 12
        recipe.sampling = ClipSampling(frames: 24, span: .window, seconds: 1.5)
        recipe.sources = [RecipeSource(kind: .puppet)]
        recipe.sources[0].clips = 3
        #expect(try Self.read(recipe.json) == recipe)
    }

    @Test("keys that are given replace the defaults, and only those")
    func merging() throws {
        let recipe = try Self.read(#"{"epochs": 3, "optimiser": {"kind": "sgd", "learning_rate": 0.1}}"#)
        var expected = Recipe()
        expected.epochs = 3
        expected.optimiser.kind = .sgd
        expected.optimiser.learningRate = 0.1
        #expect(recipe == expected)
    }

    @Test("the keys of class weights are the user's own")
    func classWeights() throws {
        let recipe = try Self.read(#"{"class_weights": {"walk": 2, "run": 0.5}}"#)
        #expect(recipe.classWeights == ["walk": 2, "run": 0.5])
        let error = #expect(throws: TrainingError.self) { try Self.read(#"{"class_weights": {"walk": -1}}"#) }
        #expect(error?.place == "class_weights.walk")
        #expect(try Self.read(#"{"class_priors": {"jump": 0.3}}"#).classPriors == ["jump": 0.3])
        let other = #expect(throws: TrainingError.self) { try Self.read(#"{"class_priors": {"jump": 0}}"#) }
        #expect(other?.place == "class_priors.jump")
        #expect(try Self.read(#"{"kernel": {"reach": 0.01}}"#).kernel.reach == 0.01)
    }

    @Test(
        "an error names the key that is wrong",
        arguments: [
            (#"{"epoch": 3}"#, "epoch"), (#"{"optimiser": {"rate": 1}}"#, "optimiser.rate"),
            (#"{"optimiser": {"learning_rate": "fast"}}"#, "optimiser.learning_rate"),
            (#"{"optimiser": {"kind": "adam"}}"#, "optimiser.kind"), (#"{"epochs": 0}"#, "epochs"),
            (#"{"batch": 20}"#, "batch"), (#"{"augmentation": {"mirror": 1.5}}"#, "augmentation.mirror"),
            (#"{"network": {"blocks": [{"channels": 8, "kernel": 4, "stride": 1, "dilation": 1}]}}"#, "network"),
            (#"{"network": {"blocks": [{"channels": 8}]}}"#, "network.blocks.0.kernel"),
            (#"{"sources": [{"kind": "puppet", "clip": 3}]}"#, "sources.0.clip"),
            (#"{"selection": {"labels": "x"}}"#, "selection.labels"),
            (#"{"selection": {"where": {"take": 1}}}"#, "selection.where.take"), (#"{"sampling": 3}"#, "sampling"),
            (#"{"steps_per_epoch": [5, 2]}"#, "steps_per_epoch"), (#"{"kernel": {"parts": []}}"#, "kernel.parts"),
            (#"{"kernel": {"ridge": 0}}"#, "kernel.ridge"), (#"{"early_stop": {"share": 0.9}}"#, "early_stop.share"),
            (#"{"networks": 0}"#, "networks"), (#"{"networks": 4000000000000000000}"#, "networks"),
            (#"{"networks": 2, "sampling": {"span": "stream"}}"#, "networks"),
            (#"{"networks": 8, "batch": 256}"#, "networks"),
            (#"{"clips_per_class": -1}"#, "clips_per_class"), (#"{"sampling": {"views": 99}}"#, "sampling.views"),
        ])
    func namesTheKey(text: String, key: String) {
        let error = #expect(throws: TrainingError.self) { try Self.read(text) }
        #expect(error?.place == key)
        #expect(error?.file == "recipe.json")
    }

    @Test("every committed recipe can be read, and names its model after its file")
    func committed() throws {
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(
            at: checkout.appending(path: "Models/recipes"), includingPropertiesForKeys: nil)
        #expect(files.count >= 8)
        for file in files {
            let recipe = try Recipe(contentsOf: file.path)
            #expect(recipe.name == file.deletingPathExtension().lastPathComponent)
            #expect(!recipe.licence.isEmpty)
            // What a data set's recipe brings besides its recordings is none of their classes.
            for source in recipe.sources {
                #expect(source.labels?.values.allSatisfy { $0 == ActionModel.nothing } == true)
            }
        }
    }

    @Test("no damage to a recipe does more than an error")
    func mutations() {
        let original = [UInt8](Recipe().json.utf8)
        var random = SeededGenerator(seed: 3)
        var refused = 0
        for _ in 0..<1_000 {
            var bytes = original
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random)
            case 1: bytes.removeSubrange(..<Int.random(in: 1...bytes.count, using: &random))
            default:
                bytes.swapAt(
                    Int.random(in: 0..<bytes.count, using: &random), Int.random(in: 0..<bytes.count, using: &random))
            }
            do { _ = try Recipe(Data(bytes), file: "mutated") } catch { refused += 1 }
        }
        #expect(refused > 300)
    }
}
