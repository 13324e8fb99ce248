import ArgumentParser
import Foundation
import Recognition
import Recordings
import Training

/// `laban train DIR --output MODEL`: an action model from recordings.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train an action model from skeleton recordings.",
        discussion: """
            DIR holds one folder per class, and in it one skeleton file (.jsonl, as 'laban run --skeletons' writes) per \
            clip; a subjects.csv (clip, subject) beside the folders allows splits by person. Some public data sets are \
            read in their own layout. A recipe (JSON) changes what is trained and how; without DIR, the recipe's own \
            sources are used. Same recordings, same recipe, same model.

            Ctrl-C stops with a checkpoint; --resume goes on from there as if nothing had happened.

            Examples:
              laban train recordings/ --output Models/mine
              laban train recordings/ --output Models/mine --test-subjects anna,ben   leave two people out, then test on them
              laban train --recipe Models/everyday/recipe.json --data DATA --output Models/everyday
              laban train recordings/ --output Models/mine --resume
              laban train recordings/ --stream --output Models/mine
            """)

    @Argument(help: "Folder of recordings.")
    var recordings: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder that receives the model.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("What to train and how.", valueName: "file"))
    var recipe: String?

    @Option(help: ArgumentHelp("What the paths in the recipe start from.", valueName: "folder"))
    var data: String?

    @Option(help: "Leave these people out, separated by commas, and evaluate on them afterwards.")
    var testSubjects: String?

    @Flag(
        help: ArgumentHelp(
            "Train on the long recordings of the folder instead of its clips: what lies between segments is 'nothing'.",
            discussion: "The recipe's sampling must be a window, as it is without a recipe."))
    var stream = false

    @Option(help: "Threads; all processors when left out.")
    var threads: Int?

    @Flag(help: "Go on from the checkpoint of an interrupted training.")
    var resume = false

    func validate() throws {
        if recordings == nil, recipe == nil {
            throw ValidationError("train needs a folder of recordings, or a --recipe")
        }
        if testSubjects != nil, recordings == nil {
            throw ValidationError("--test-subjects needs a folder of recordings")
        }
        if stream, recordings == nil { throw ValidationError("--stream needs a folder of recordings") }
    }

    func run() throws {
        let recipe = try recipe.map { try Recipe(contentsOf: $0) } ?? (stream ? .forStreams : Recipe())
        if stream, recipe.sampling.span != .window {
            throw ValidationError("--stream: expected a recipe with \"span\": \"window\" in its sampling")
        }
        Terminal.standardError.write("Reading recordings\n")
        let folder = try recordings.map { try RecordingsFolder($0) }
        let people = Set(testSubjects?.split(separator: ",").map(String.init) ?? [])
        if let stranger = people.sorted().first(where: { folder?.subjects.contains($0) != true }) {
            throw ValidationError(
                "no recordings of '\(stranger)'; there are \(folder?.subjects.joined(separator: ", ") ?? "none")")
        }
        var sources = try recipe.loadSources(dataFolder: data)
        if let folder {
            let clips =
                stream
                ? try LabelledMotion.loadStretches(folder, sampling: recipe.sampling) {
                    !people.contains($0.subject ?? "")
                }
                : try LabelledMotion.load(folder) { !people.contains($0.subject ?? "") }
            sources.motions += clips
            sources.credits.append("\(folder.layoutName) (\(clips.count) clips)")
        }
        let training = try TrainingRun(
            motions: sources.motions, recipe: recipe, output: output, trainingData: sources.credits,
            heldOut: sources.heldOut)
        Terminal.standardError.write(
            "\(sources.motions.count) clips of \(training.classes.count) classes, \(training.steps) steps\n")
        let stop = StopSignal()
        var bar = ProgressBar("Training", total: training.steps, unit: "steps")
        let model = try training.run(resuming: resume, threads: threads) { progress in
            bar.update(
                count: progress.step,
                note: String(format: "loss %.3f, %.1f %% right", progress.loss, progress.accuracy * 100))
            return !stop.isRequested
        }
        bar.finish()
        guard let model else {
            Terminal.standardError.write("Stopped; go on with --resume\n")
            throw ExitCode(1)
        }
        try StandardOutput.print("Model \(model.identifier) with \(model.classes.count) classes in \(output)")
        if let folder, !people.isEmpty, stream {
            var evaluation = StreamEvaluation(model: model, settings: ActionRecogniserSettings(for: model))
            for stream in folder.streams where people.contains(stream.subject ?? "") {
                try evaluation.add(folder.load(stream), segments: stream.segments, name: stream.name)
            }
            try StandardOutput.print(StreamReport(evaluation).text, terminator: "")
        } else if let folder, !people.isEmpty {
            let test = try LabelledMotion.load(folder) { people.contains($0.subject ?? "") }
            try StandardOutput.print(EvaluationReport(Evaluation(model: model, motions: test)).text, terminator: "")
        }
    }
}
