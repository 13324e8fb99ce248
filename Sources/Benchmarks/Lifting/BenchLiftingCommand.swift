import ArgumentParser
import Foundation
import Inference
import LabanCommands
import Lifting
import Skeleton
import Training

/// Trains a lifting network and says how far off its joints are from where they truly are.
struct BenchLiftingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lifting",
        abstract: "Train a network that lifts poses from the picture to space, and measure it.",
        discussion: """
            The people of --without are not trained on. Films are drawn of them and of puppets, seen through random \
            cameras, and shown to the pose networks. Printed are errors of the pose networks' own points in space and of \
            the lifted ones, with the networks' depth and from the picture alone: mean per-joint error from the pelvis \
            (MPJPE), after the best size (N), after the best size, turn and place (PA), and of how joints move (MPJVE); \
            then for each joint how often it is within its deviation, and within twice that.

            FOLDER holds recordings in space, one folder a class, as .scripts/class-folders --in-room makes them.

            Examples:
              for set in cmu-mocap cmu-clips cmu-dance cmu-actions; do .scripts/class-folders DATA/$set SETS/$set --in-room; done
              swift run -c release Benchmarks lifting-films SETS/cmu-* --without 3 5 9 13 61 141 --output FILMS --films 500
              swift run -c release Benchmarks lifting SETS/cmu-* --without 3 5 9 13 61 141 --films-from FILMS \
            --recipe Models/lifting/recipe.json --output Models/lifting
              swift run -c release Benchmarks lifting SETS/cmu-* --without 3 5 9 13 61 141 --model Models/lifting
            """)

    @Argument(help: "Folders of recordings in space.")
    var folders: [String]

    @Option(parsing: .upToNextOption, help: "People who are measured on and not trained on.")
    var without: [String] = []

    @Option(help: "A recipe of a lifting network.")
    var recipe: String?

    @Option(help: "Steps of the training, if not as many as the recipe says.")
    var steps: Int?

    @Option(help: "Folder of films that 'lifting-films' made, to train on as well.")
    var filmsFrom: String?

    @Option(help: "Films to measure on that are drawn of recorded people, and as many of puppets.")
    var films = 20

    @Option(help: "Threads of the training.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "A network that sees single frames, as Martinez et al. 2017 have it.")
    var frameByFrame = false

    @Option(help: "Folder of a model that is measured; none is trained then.")
    var model: String?

    @Option(name: .shortAndLong, help: "Folder that receives the model.")
    var output: String?

    func validate() throws {
        guard steps ?? 1 > 0, films >= 0 else { throw ValidationError("expected at least one step") }
    }

    func run() throws {
        let motions = try LiftingMotion.recordings(in: folders)
        let trained = motions.filter { !without.contains($0.subject ?? "") }
        let measured = motions.filter { without.contains($0.subject ?? "") }
        guard !trained.isEmpty, !measured.isEmpty else {
            throw ValidationError(
                "expected recordings in space of people to train on and of people of --without, found "
                    + "\(trained.count) and \(measured.count)")
        }
        let network = try model.map { try LiftingNetwork(folder: $0) } ?? train(trained)
        guard films > 0 else { return }
        for (name, motions) in [
            ("recorded people", measured), ("puppets", LiftingMotion.puppets(clips: 2, seconds: 6, seed: 990)),
        ] {
            var trial = try DrawnFilmTrial(network)
            for number in 0..<films { try trial.watch(motions, number: number) }
            try report(trial, of: name)
        }
    }

    private func report(_ trial: DrawnFilmTrial, of name: String) throws {
        try StandardOutput.print("\(name), \(films) drawn films")
        for (what, score) in [
            ("as the pose networks say", trial.given), ("lifted", trial.lifted),
            ("lifted from the picture alone", trial.liftedFromPicture),
        ] {
            try StandardOutput.print(
                String(
                    format: "  %@: MPJPE %.1f, N %.1f, PA %.1f mm, MPJVE %.2f m/s", what, 1000 * score.mpjpe,
                    1000 * score.nMPJPE, 1000 * score.paMPJPE, score.mpjve))
        }
        let shares = (1..<MotionSample.jointCount).map { joint in
            let counts = trial.calibration[joint]
            return String(
                format: "%@ %.0f/%.0f", SkeletonTopology.common16.jointNames[joint], 100 * counts.y / max(counts.x, 1),
                100 * counts.z / max(counts.x, 1))
        }
        try StandardOutput.print("  within one/two deviations, %: " + shares.joined(separator: ", "))
    }

    private func train(_ motions: [LiftingMotion]) throws -> LiftingNetwork {
        let recipe = try recipe.map { try LiftingRecipe(contentsOf: $0) }
        var settings = recipe?.settings ?? LiftingSettings()
        if let steps { settings.steps = steps }
        if frameByFrame {
            settings.blocks = [64, 96, 96].map { .init(channels: $0, kernel: 1, lookAhead: 0) }
        }
        let training = LiftingTraining(
            settings: settings,
            batches: LiftingBatches(
                settings: settings, motions: motions,
                puppets: LiftingMotion.puppets(clips: 12, seconds: 8, seed: settings.seed &+ 2),
                films: try filmsFrom.map { try LiftingFilm.films(in: $0) } ?? []))
        let network = ProgressBar.during("Training", total: settings.steps, unit: "steps") { progress in
            training.run(threads: threads) { step, _ in progress(step) }
        }
        guard let output else { return network }
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        var weights = TensorFileWriter()
        training.layers.add(training.averaged, to: &weights)
        try weights.write(to: output + "/weights.safetensors")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(LiftingRecord(recipe, settings, without: without))
            .write(to: URL(filePath: output + "/model.json"))
        return network
    }
}

/// What `model.json` of a lifting network says.
private struct LiftingRecord: Encodable {
    var kind = "lifting"
    let name: String
    let licence: String?
    let data: [String]
    let leftOut: [String]
    let steps: Int
    let architecture: TemporalArchitecture

    init(_ recipe: LiftingRecipe?, _ settings: LiftingSettings, without: [String]) {
        name = recipe?.name ?? "lifting"
        licence = recipe?.licence
        data = recipe?.data ?? []
        leftOut = without
        steps = settings.steps
        architecture = settings.architecture
    }

    private enum CodingKeys: String, CodingKey {
        case kind, name, licence, data, steps, architecture
        case leftOut = "left_out"
    }
}
