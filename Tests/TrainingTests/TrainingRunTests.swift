import Foundation
import Inference
import Recognition
import TestSupport
import Testing
import Training

struct TrainingRunTests {
    private static func weights(_ folder: String) throws -> Data {
        try Data(contentsOf: URL(filePath: folder + "/weights.safetensors"))
    }

    @Test("a training learns to tell movements apart that it has not seen")
    func learns() throws {
        let folder = try TemporaryFolder()
        var recipe = ToyMotions.recipe
        recipe.epochs = 20
        let run = try TrainingRun(
            motions: ToyMotions.make(clips: 20, seed: 1), recipe: recipe, output: folder.file("toy").path)
        var steps: [Int] = []
        let model = try #require(
            try run.run { progress in
                steps.append(progress.step)
                return true
            })
        #expect(steps == Array(1...run.steps))
        #expect(model.classes == ToyMotions.labels && model.name == "toy")
        let evaluation = try Evaluation(model: model, motions: ToyMotions.make(clips: 10, seed: 77))
        #expect(evaluation.top1 > 0.9)
        #expect(!FileManager.default.fileExists(atPath: folder.file("toy/checkpoint.safetensors").path))
    }

    @Test("the same recipe and motions give the same weights on any number of threads")
    func deterministic() throws {
        let folder = try TemporaryFolder()
        for threads in [1, 2] {
            let run = try TrainingRun(
                motions: ToyMotions.make(clips: 6, seed: 1), recipe: ToyMotions.recipe,
                output: folder.file("\(threads)").path)
            _ = try run.run(threads: threads)
        }
        try #expect(Self.weights(folder.file("1").path) == Self.weights(folder.file("2").path))
        var recipe = ToyMotions.recipe
        recipe.seed += 1
        _ = try TrainingRun(
            motions: ToyMotions.make(clips: 6, seed: 1), recipe: recipe, output: folder.file("3").path
        ).run()
        try #expect(Self.weights(folder.file("1").path) != Self.weights(folder.file("3").path))
    }

    @Test("weights and priors of classes that nobody shows, and names no model may have, are said before training")
    func strangers() throws {
        var recipe = ToyMotions.recipe
        recipe.classWeights = ["nothing": 3]
        let motions = ToyMotions.make(clips: 3, seed: 1)
        _ = try TrainingRun(motions: motions, recipe: recipe, output: "unused")
        recipe.classPriors = ["cartwheel": 0.5]
        let error = #expect(throws: TrainingError.self) {
            try TrainingRun(motions: motions, recipe: recipe, output: "unused")
        }
        #expect(error?.place.hasPrefix("class_priors.") == true && error?.file == "recipe")
        var nameless = motions
        nameless[0].label = ""
        let fault = #expect(throws: TrainingError.self) {
            try TrainingRun(motions: nameless, recipe: ToyMotions.recipe, output: "unused")
        }
        #expect(fault?.place == "classes")
    }

    @Test("a model's name that no model may have is said before training, of the recipe or the folder that gives it")
    func names() throws {
        let motions = ToyMotions.make(clips: 3, seed: 1)
        var recipe = ToyMotions.recipe
        let places = TrainingPlaces(recipe: "recipe.json", recordings: "gym")
        let long = "models/" + String(repeating: "x", count: 140)
        let folder = #expect(throws: TrainingError.self) {
            try TrainingRun(motions: motions, recipe: recipe, output: long, places: places)
        }
        #expect(folder?.file == long && folder?.message.hasPrefix("expected names of 1 to 128 bytes") == true)
        recipe.name = "a,b\n\u{7}"
        let named = #expect(throws: TrainingError.self) {
            try TrainingRun(motions: motions, recipe: recipe, output: "unused", places: places)
        }
        #expect(named?.file == "recipe.json" && named?.place == "name")
        recipe.name = "mine"
        _ = try TrainingRun(motions: motions, recipe: recipe, output: long, places: places)
    }

    @Test("a training that no machine has the memory for is refused with what to lower")
    func memory() throws {
        var recipe = ToyMotions.recipe
        (recipe.batch, recipe.chunk) = (4096, 4096)
        recipe.sampling.frames = 512
        recipe.network.blocks = (0..<8).map { _ in .init(channels: 1024, kernel: 9) }
        let motions = ToyMotions.make(clips: 3, seed: 1)
        let error = #expect(throws: TrainingError.self) {
            try TrainingRun(
                motions: motions, recipe: recipe, output: "unused", places: TrainingPlaces(recipe: "recipe.json"))
        }
        #expect(error?.file == "recipe.json" && error?.place == "batch")
        #expect(error?.message.contains("lower batch and chunk") == true, "\(String(describing: error))")
    }

    @Test("an interrupted training that goes on ends with the same weights", arguments: [1, 2])
    func resumes(networks: Int) throws {
        let folder = try TemporaryFolder()
        let motions = ToyMotions.make(clips: 6, seed: 1)
        var recipe = ToyMotions.recipe
        recipe.networks = networks
        _ = try TrainingRun(motions: motions, recipe: recipe, output: folder.file("whole").path).run()
        let run = try TrainingRun(motions: motions, recipe: recipe, output: folder.file("parts").path)
        let stopped = try run.run { $0.step < 5 }
        #expect(stopped?.name == nil)
        var first: Int?
        _ = try run.run(resuming: true) { progress in
            first = first ?? progress.step
            return true
        }
        #expect(first == 6)
        try #expect(Self.weights(folder.file("whole").path) == Self.weights(folder.file("parts").path))
    }

    @Test("a class that is rare in life takes a larger lead to be said")
    func classPriors() throws {
        let folder = try TemporaryFolder()
        let motions = ToyMotions.make(clips: 6, seed: 1)
        var recipe = ToyMotions.recipe
        func odds(_ name: String) throws -> Float {
            let model = try #require(
                try TrainingRun(motions: motions, recipe: recipe, output: folder.file(name).path).run())
            let samples = motions[0].samples.map(ActionSample.motion)
            let last = try #require(ActionClassifier(model: model).predictions(of: [samples])[0].last)
            return last.probabilities[0] / last.probabilities[1]
        }
        let before = try odds("before")
        recipe.classPriors = [ToyMotions.labels[0]: 0.25]
        let after = try odds("after")
        #expect(abs(after / before - 0.25) < 0.01)
    }

    @Test("several networks are trained from weights and on sequences of their own")
    func severalNetworks() throws {
        let folder = try TemporaryFolder()
        var recipe = ToyMotions.recipe
        recipe.networks = 2
        let motions = ToyMotions.make(clips: 6, seed: 1)
        let path = folder.file("two").path
        let trained = try #require(try TrainingRun(motions: motions, recipe: recipe, output: path).run(threads: 2))
        let description = try #require(trained.trained)
        #expect(description.networks == 2 && trained.networks.count == 2)
        var single = description
        single.networks = nil
        let standardisation = try #require(trained.input.standardisation)
        let samples = motions[0].samples.map(ActionSample.motion)
        let alone = trained.networks.map { network in
            let model = ActionModel(description: single, networks: [network], standardisation: standardisation)
            return ActionClassifier(model: model).probabilities(of: [samples])[0]
        }
        #expect(zip(alone[0], alone[1]).contains { abs($0 - $1) > 1e-3 })
    }

    @Test("a training that starts from a model knows what the model knew, of classes in any order")
    func startsFromModel() throws {
        let folder = try TemporaryFolder()
        var recipe = ToyMotions.recipe
        recipe.epochs = 20
        let first = folder.file("first").path
        _ = try TrainingRun(motions: ToyMotions.make(clips: 20, seed: 1), recipe: recipe, output: first).run()
        recipe.epochs = 1
        recipe.stepsPerEpoch = [1, 1]
        recipe.optimiser.learningRate = 1e-5
        let renamed = ToyMotions.make(clips: 20, seed: 2).map { motion in
            var motion = motion
            if motion.label == "left_up" { motion.label = "a_new_name" }
            return motion
        }
        let start = try TrainingStart(folder: first)
        let model = try #require(
            try TrainingRun(
                motions: renamed, recipe: recipe, output: folder.file("second").path, trainingData: ["more"],
                start: start
            ).run())
        #expect(model.classes == ["a_new_name", "bend", "right_up"])
        #expect(model.trainingData.first == "more" && model.trainingData.contains("weights of \(start.identifier)"))
        let known = ToyMotions.make(clips: 10, seed: 77).filter { $0.label != "left_up" }
        #expect(try Evaluation(model: model, motions: known).top1 > 0.85)
    }

    @Test("a training keeps as much of its start as the recipe says, and cannot without one")
    func keepsStart() throws {
        let folder = try TemporaryFolder()
        let motions = ToyMotions.make(clips: 4, seed: 1)
        func weights(_ name: String, start: String?, share: Float) throws -> [Float] {
            var recipe = ToyMotions.recipe
            recipe.epochs = 2
            recipe.optimiser.startShare = share
            let path = folder.file(name).path
            let run = try TrainingRun(
                motions: motions, recipe: recipe, output: path,
                start: try start.map { try TrainingStart(folder: folder.file($0).path) })
            _ = try run.run()
            return try TensorFile(contentsOf: path + "/weights.safetensors").values(
                of: "head.weight", shape: [Set(motions.map(\.label)).count, 16])
        }
        let first = try weights("first", start: nil, share: 0)
        let alone = try weights("alone", start: "first", share: 0)
        #expect(try weights("kept", start: "first", share: 1) == first && alone != first)
        let half = try weights("half", start: "first", share: 0.5)
        #expect(zip(half, zip(first, alone)).allSatisfy { abs($0 - ($1.0 + $1.1) / 2) < 1e-5 })
        let error = #expect(throws: TrainingError.self) { _ = try weights("none", start: nil, share: 0.5) }
        #expect(error?.place == "optimiser.start_share")
    }

    @Test("a training starts from networks of its own shape, seen at its own rate")
    func foreignStart() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("model").path
        let motions = ToyMotions.make(clips: 6, seed: 1)
        _ = try TrainingRun(motions: motions, recipe: ToyMotions.recipe, output: path).run()
        let start = try TrainingStart(folder: path)
        func place(_ change: (inout Recipe) -> Void) -> String? {
            var recipe = ToyMotions.recipe
            change(&recipe)
            let error = #expect(throws: TrainingError.self) {
                try TrainingRun(motions: motions, recipe: recipe, output: "unused", start: start)
            }
            return error?.place
        }
        #expect(place { $0.network.blocks[0].channels = 13 } == "architecture")
        #expect(place { $0.networks = 2 } == "networks")
        #expect(place { $0.normalisation.root = .world } == "normalisation")
        #expect(place { $0.sampling.rate = 12 } == "sampling.rate")
    }

    @Test("a checkpoint of another training is refused")
    func foreignCheckpoint() throws {
        let folder = try TemporaryFolder()
        let output = folder.file("model").path
        let run = try TrainingRun(
            motions: ToyMotions.make(clips: 6, seed: 1), recipe: ToyMotions.recipe, output: output)
        _ = try run.run { $0.step < 3 }
        var recipe = ToyMotions.recipe
        recipe.optimiser.dropout = 0.5
        let other = try TrainingRun(motions: ToyMotions.make(clips: 6, seed: 1), recipe: recipe, output: output)
        #expect(throws: TrainingError.self) { try other.run(resuming: true) }
        let file = output + "/checkpoint.safetensors"
        try Data(contentsOf: URL(filePath: file)).dropLast(8).write(to: URL(filePath: file))
        let damaged = #expect(throws: TrainingError.self) { try run.run(resuming: true) }
        #expect(damaged?.file == file && damaged?.message.hasSuffix("; remove it to start anew") == true)
    }

    @Test("one class alone cannot be learned")
    func oneClass() {
        let motions = ToyMotions.make(clips: 3, seed: 1).filter { $0.label == "bend" }
        let error = #expect(throws: TrainingError.self) {
            try TrainingRun(
                motions: motions, recipe: ToyMotions.recipe, output: "unused",
                places: TrainingPlaces(recordings: "gym"))
        }
        #expect(error?.description == "gym: expected clips of at least two classes, found only 'bend'")
    }
}
