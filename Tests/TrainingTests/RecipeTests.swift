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
        recipe.sampling = Cadence(frames: 24, rate: 12)
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
            (#"{"sources": [{"kind": "folder"}]}"#, "sources.0.path"),
            (#"{"selection": {"labels": "x"}}"#, "selection.labels"),
            (#"{"selection": {"where": {"take": 1}}}"#, "selection.where.take"), (#"{"sampling": 3}"#, "sampling"),
            (#"{"steps_per_epoch": [5, 2]}"#, "steps_per_epoch"),
            (#"{"early_stop": {"validation_fraction": 0.9}}"#, "early_stop.validation_fraction"),
            (#"{"networks": 0}"#, "networks"), (#"{"networks": 4000000000000000000}"#, "networks"),
            (#"{"networks": 8, "batch": 256}"#, "networks"), (#"{"clips_per_class": -1}"#, "clips_per_class"),
        ])
    func namesTheKey(text: String, key: String) {
        let error = #expect(throws: TrainingError.self) { try Self.read(text) }
        #expect(error?.place == key)
        #expect(error?.file == "recipe.json")
    }

    @Test(
        "a value of another type is told from what is expected, in words and with its place",
        arguments: [
            (#"{"epochs": "many"}"#, "epochs", "expected a whole number, 1 to 100000, found \"many\""),
            (#"{"epochs": 2.5}"#, "epochs", "expected a whole number, 1 to 100000, found 2.5"),
            (#"{"balanced": 1}"#, "balanced", "expected true or false, found 1"),
            (#"{"augmentation": {"mirror": true}}"#, "augmentation.mirror", "expected a number, 0 to 1, found true"),
            (#"{"name": null}"#, "name", "expected a text, found null"),
            (
                #"{"normalisation": {"root": "all"}}"#, "normalisation.root",
                "expected one of none, image, world, found \"all\""
            ),
            (#"{"sources": {}}"#, "sources", "expected a list of sources, found an object"),
            (
                #"{"sources": [{"kind": "folder", "labels": {"a": 1}}]}"#, "sources.0.labels.a",
                "expected a text, found 1"
            ),
            (
                #"{"steps_per_epoch": [4, "x"]}"#, "steps_per_epoch.1",
                "expected a whole number, 1 to 1000000, found \"x\""
            ),
            (#"{"optimiser": []}"#, "optimiser", "expected an object with keys among"),
        ])
    func types(text: String, place: String, problem: String) {
        let error = #expect(throws: TrainingError.self) { try Self.read(text) }
        #expect(error?.place == place)
        #expect(error?.message.hasPrefix(problem) == true, "\(error?.message ?? "")")
    }

    @Test(
        "what is no JSON object is told by line and column, with what was found",
        arguments: [
            ("", 1, 1, "expected a JSON object, found the end of the file"),
            ("null", 1, 1, "expected a JSON object, found 'null'"), ("[]", 1, 1, "expected a JSON object, found '[]'"),
            ("1e400", 1, 1, "expected a JSON object, found '1e400'"),
            ("{\"epochs\": 03}", 1, 12, "expected a number without a zero before it, found '03}'"),
            ("{}x", 1, 3, "expected the end of the file, found 'x'"),
            ("{\n  \"epochs\": 1e400\n}", 2, 13, "expected a number in range, found '1e400'"),
            ("{\n  \"epochs\": 3\n  \"batch\": 32\n}", 3, 3, "expected ',' or '}', found '\"batch\": 32'"),
            ("{\"epochs\": 3,\n\"epochs\": 4}", 2, 1, "expected each key once, found 'epochs' again"),
        ])
    func noObject(text: String, line: Int, column: Int, message: String) {
        let error = #expect(throws: TrainingError.self) { try Self.read(text) }
        #expect(error?.description == "recipe.json:\(line):\(column): \(message)")
    }

    @Test("blocks that look further ahead than a clip is long are refused with both")
    func shortClips() {
        let error = #expect(throws: TrainingError.self) {
            try Self.read(#"{"network": {"blocks": [{"channels": 8, "kernel": 31, "dilation": 16}]}}"#)
        }
        #expect(
            error?.message == "expected clips of more frames than the 240 that the blocks look ahead, found 64")
    }

    @Test("an unknown key gets the nearest names, and the place where such a key does stand")
    func nearest() {
        let slip = #expect(throws: TrainingError.self) { try Self.read(#"{"optimiser": {"learning_rat": 0.1}}"#) }
        #expect(slip?.message.hasPrefix("unknown key; the nearest are learning_rate, ") == true)
        let misplaced = #expect(throws: TrainingError.self) { try Self.read(#"{"learning_rate": 0.1}"#) }
        #expect(
            misplaced?.message.hasSuffix("; there is optimiser.learning_rate") == true, "\(misplaced?.message ?? "")")
        let few = #expect(throws: TrainingError.self) { try Self.read(#"{"early_stop": {"shares": 1}}"#) }
        #expect(few?.message == "unknown key; known are patience, validation_fraction")
    }

    @Test(
        "a key that does nothing is refused with the reason, unless it says what is so anyway",
        arguments: [
            (#"{"optimiser": {"momentum": 0.5}}"#, "optimiser.momentum"),
            (#"{"balanced": false, "class_weights": {"walk": 2}}"#, "class_weights"),
            (#"{"early_stop": {"patience": 3}}"#, "early_stop.patience"),
            (#"{"sources": [{"kind": "puppet"}, {"kind": "puppet", "path": "x"}]}"#, "sources.1.path"),
            (#"{"sources": [{"kind": "folder", "path": "x", "clips": 3}]}"#, "sources.0.clips"),
            (#"{"sources": [{"kind": "folder", "path": "x", "seconds": 3}]}"#, "sources.0.seconds"),
        ])
    func idle(text: String, key: String) throws {
        let error = #expect(throws: TrainingError.self) { try Self.read(text) }
        #expect(error?.place == key)
        #expect(error?.message.hasPrefix("does nothing w") == true, "\(error?.message ?? "")")
        _ = try Recipe(Data(text.utf8), file: "model.json", isStrict: false)
        #expect(try Self.read(#"{"augmentation": {"mirror": 0.5}, "sequence": {"onset": 1}}"#) == Recipe())
    }

    @Test(
        "a key that recipes had once is refused with what to do about it, and passed over in models made then",
        arguments: [
            (#"{"kernel": {"share": 0.5}}"#, "kernel", "models have no kernel machines any more; remove 'kernel'"),
            (#"{"sampling": {"views": 3}}"#, "sampling.views", "remove 'sampling.views'"),
            (#"{"augmentation": {"reach": 0.1}}"#, "augmentation.reach", "rename it to 'augmentation.amplitude'"),
            (#"{"augmentation": {"splice": 0}}"#, "augmentation.splice", "remove 'augmentation.splice'"),
            (
                #"{"sampling": {"span": "window"}}"#, "sampling.span",
                "expected \"stream\", or nothing, found \"window\""
            ),
        ])
    func gone(text: String, place: String, problem: String) throws {
        let error = #expect(throws: TrainingError.self) { try Self.read(text) }
        #expect(error?.place == place && error?.message.hasSuffix(problem) == true, "\(String(describing: error))")
        if place != "sampling.span" {
            #expect(try Recipe(Data(text.utf8), file: "model.json", isStrict: false) == Recipe())
        }
        #expect(try Self.read(#"{"sampling": {"span": "stream"}}"#) == Recipe())
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
