import ArgumentParser
import Foundation
import Inference
import LabanServer
import Recognition
import Recordings
import Training

/// `laban train DIR --output MODEL`: an action model from recordings.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train an action model from videos or skeletons.",
        discussion: """
            DIR holds one folder per class, and in it one clip a file: videos, skeletons (.jsonl, as 'laban run \
            --skeletons' and 'laban history clips' write), or both. Videos are watched once, and their skeletons kept \
            in DIR/.skeletons, or in your cache folder where DIR cannot be written to; where ANNA.jsonl lies beside \
            ANNA.mp4, it is taken instead. A clip is about the person seen longest, and among those seen nearly as long \
            about the one nearest the middle of the picture. A file that cannot be read or shows nobody is named and \
            left out; a class of which nothing is left is an error. A class called 'nothing' is never reported: give it \
            what else happens before your camera. A subjects.csv (clip, subject) beside the folders allows splits by \
            person. A recipe (JSON) changes what is trained and how; without DIR, the recipe's own sources are used; \
            its keys stand in Sources/Training/Training.docc/Recipes.md. Same recordings, same recipe, same model.

            --cross-validate leaves people out by turns: each fold's model goes to its own folder, and the share of \
            clips right is printed for each fold, with mean, spread and all folds' clips taken together. training.svg \
            beside a model shows how loss and accuracy went, and training.csv holds the numbers; it grows with every \
            epoch, and in a log a line every ten seconds tells how far the training is.

            What was found is said before the training begins: classes, clips, people, and what may be too little. With \
            "early_stop": {"validation_fraction": 0.2, "patience": 10} in a recipe a fifth of the people is kept back \
            to watch; the training is over when their loss was no lower for ten epochs, and the weights of the lowest \
            are kept.

            Ctrl-C stops with a checkpoint; --resume goes on from there as if nothing had happened.

            Examples:
              laban train recordings/ --output Models/mine
              laban train recordings/ --output Models/mine --test-subjects anna,ben   leave two out, then test on them
              laban train recordings/ --output Models/mine --cross-validate 1   leave out each in turn
              laban train --recipe Models/everyday/recipe.json --data DATA --start second --output Models/everyday
              laban train recordings/ --start Models/mine --output Models/better
              laban train recordings/ --output Models/mine --resume
              laban train recordings/ --stream --output Models/mine
              laban train recordings/ --stream --output Models/mine --cross-validate 1
            """)

    @Argument(help: "Folder of recordings.")
    var recordings: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder that receives the model.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("What to train and how.", valueName: "file"))
    var recipe: String?

    @Option(help: ArgumentHelp("What the paths in the recipe start from.", valueName: "folder"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "Start from the weights of this model, whose networks the recipe describes, and not from random ones.",
            valueName: "model"))
    var start: String?

    @Option(help: "Leave these people out, separated by commas, and evaluate on them afterwards.")
    var testSubjects: String?

    @Option(help: ArgumentHelp("Leave out so many people at a time, by turns, and test on them.", valueName: "people"))
    var crossValidate: Int?

    @Option(help: ArgumentHelp("Draw the confusion of the people left out into this PNG file.", valueName: "file"))
    var picture: String?

    @Flag(
        help: ArgumentHelp(
            "Train on the long recordings of the folder instead of its clips: what lies between segments is 'nothing'.")
    )
    var stream = false

    @Option(
        help: ArgumentHelp(
            "Train on so many clips of each class at most, of everybody as evenly as can be.", valueName: "number"))
    var clipsPerClass: Int?

    @Option(help: "Threads; all processors when left out.")
    var threads: Int?

    @Flag(help: "Go on from the checkpoint of an interrupted training.")
    var resume = false

    func validate() throws {
        if recordings == nil, recipe == nil {
            throw ValidationError("train needs a folder of recordings, or a --recipe")
        }
        if testSubjects != nil || crossValidate != nil, recordings == nil {
            throw ValidationError("--test-subjects and --cross-validate need a folder of recordings")
        }
        if let testSubjects, people.isEmpty {
            throw ValidationError("--test-subjects: expected names separated by commas, found '\(testSubjects)'")
        }
        if let crossValidate, crossValidate < 1 {
            throw ValidationError("--cross-validate: expected people from 1, found \(crossValidate)")
        }
        if stream, picture != nil { throw ValidationError("--picture goes with clips, not --stream") }
        if testSubjects != nil, crossValidate != nil {
            throw ValidationError("expected --test-subjects or --cross-validate, found both")
        }
        if crossValidate != nil, start != nil {
            throw ValidationError("--cross-validate cannot --start from a model: it may know whom a fold leaves out")
        }
        if crossValidate != nil, resume { throw ValidationError("--cross-validate cannot --resume") }
        if picture != nil, testSubjects == nil, crossValidate == nil {
            throw ValidationError("--picture needs --test-subjects or --cross-validate")
        }
        if let clipsPerClass, !(2...1_000_000 ~= clipsPerClass) {
            throw ValidationError("--clips-per-class: expected a number from 2, found \(clipsPerClass)")
        }
        if let threads, !(1...64 ~= threads) {
            throw ValidationError("--threads: expected 1 to 64, found \(threads)")
        }
        if stream, recordings == nil { throw ValidationError("--stream needs a folder of recordings") }
    }

    func run() throws {
        let recipe = try chosenRecipe()
        try checkOutput()
        if let picture {
            try ResultPlace.check(
                picture, option: "--picture", ending: ".png", sparing: [recordings, self.recipe].compactMap { $0 })
        }
        let start = try self.start.map { try TrainingStart(folder: ModelName.folder($0)) }
        if let error = start?.fault(for: recipe) { throw error }
        Terminal.standardError.write("Reading recordings\n")
        try checkListing(recipe)
        let opened = try recipe.openSources(dataFolder: data, file: places.recipe) {
            try UsableRecordings.open($0, meant: $1)
        }
        let folder = try recordings.map {
            try UsableRecordings.open($0, people: people, byPerson: crossValidate != nil)
        }
        if let folder, let fault = ActionModel.nameFault(folder.labels) {
            throw TrainingError(file: folder.path, place: "classes", fault)
        }
        if let folder, stream {
            try runStreams(of: folder, opened, recipe: recipe, people: people, start: start)
        } else if let folder, let crossValidate {
            try runFolds(of: folder, recipe: recipe, leavingOut: crossValidate)
        } else {
            try runClips(of: folder, opened, recipe: recipe, start: start)
        }
    }

    /// The recipe with what the options change in it.
    private func chosenRecipe() throws -> Recipe {
        var recipe = try self.recipe.map { try Recipe(contentsOf: $0) } ?? Recipe()
        // What lies between segments is commoner than any one class.
        if stream, self.recipe == nil { recipe.classWeights = [ActionModel.nothing: 3] }
        if recordings == nil, recipe.sources.isEmpty {
            throw ValidationError("\(self.recipe ?? "") names no sources: a folder of recordings is needed")
        }
        if let clipsPerClass { recipe.clipsPerClass = clipsPerClass }
        if start == nil, let error = recipe.missingStart(file: places.recipe) { throw error }
        return recipe
    }

    /// The people that --test-subjects names.
    var people: Set<String> { Set(testSubjects?.split(separator: ",").map(String.init) ?? []) }

    /// What errors call the recipe and the recordings.
    var places: TrainingPlaces { TrainingPlaces(recipe: recipe, recordings: recordings) }

    /// What can be told before a recording is read is, and not when hours of video have been watched.
    private func checkListing(_ recipe: Recipe) throws {
        let folder = try recordings.map { try RecordingsFolder($0) }
        if let folder, stream {
            guard !folder.streams.isEmpty else {
                throw RecordingsError(
                    file: folder.path,
                    message: "expected long recordings, named in a segments.csv (file, label, start_us, end_us), found "
                        + "none")
            }
        } else if let folder {
            if let error = recipe.strayColumn(in: folder, file: places.recipe) { throw error }
            if let crossValidate, !folder.subjects.isEmpty {
                let people = Set(folder.clips.compactMap(\.subject))
                try CrossValidation.check(crossValidate, of: people.count, places: places)
            }
        }
        if let classes = recipe.classes(with: folder),
            let error = recipe.strayClass(among: classes, file: places.recipe)
        {
            throw error
        }
    }

    /// Hours of training are not to end at a folder that cannot be made.
    private func checkOutput() throws {
        let place = try ResultPlace.checkFolder(output)
        if let recordings {
            let (own, other) = (ResultPlace.real(recordings), ResultPlace.real(place))
            guard other != own, !other.hasPrefix(own + "/") else {
                throw OutputError(
                    file: output, message: "--output: expected a folder outside the recordings in \(recordings)",
                    isUsage: true)
            }
        }
    }

    /// Trains under a bar, and writes the model with its learning curve.
    func run(_ training: TrainingRun, clips: Int, title: String) throws -> ActionModel {
        Terminal.standardError.write(
            "\(clips) clips of \(training.classes.count) classes, \(training.steps) steps, "
                + "\(training.parameters) parameters, "
                + String(format: "%.2f MFLOP a frame\n", Double(training.flopsPerFrame) / 1e6))
        if training.recipe.earlyStop.validationFraction > 0, training.watchedCount == 0 {
            Terminal.standardError.write(
                "Note: too little is there to keep any of it back, so early_stop does nothing\n")
        }
        let stop = StopSignal()
        var bar = ProgressBar(title, total: training.steps, unit: "steps")
        let table = training.output + "/training.csv"
        var curve = resume ? try LearningCurve(resuming: table, of: training.steps) : LearningCurve()
        var file = LearningCurveFile(path: table)
        var isFirst = true
        let model = try training.run(resuming: resume, threads: threads) { progress in
            if isFirst, resume, progress.step == 1 {
                Terminal.standardError.write("Note: no checkpoint of this training in \(output), so it begins anew\n")
            }
            isFirst = false
            curve.append(progress)
            let heldOut = progress.heldOutLoss.map { String(format: ", kept back %.3f", $0) } ?? ""
            bar.update(
                count: progress.step,
                note: String(format: "loss %.3f", progress.loss) + heldOut
                    + String(format: ", %.1f %% right  ", progress.accuracy * 100) + curve.bars(12))
            // If it cannot be written, the checkpoint beside it cannot either, and says so.
            if progress.step == 1 || progress.step % training.stepsPerEpoch == 0 { try? file.save(curve) }
            return !stop.isRequested
        }
        bar.finish()
        try file.save(curve)
        guard let model else {
            Terminal.standardError.write(
                crossValidate == nil ? "Stopped; go on with --resume\n" : "Stopped\n")
            throw ExitCode(1)
        }
        try ModelRecord.digest(in: training.output)
        if let (last, best) = curve.earlyStop(of: training.steps) {
            Terminal.standardError.write(
                "Over at step \(last): no lower loss on what was kept back since step \(best), whose weights are kept\n"
            )
        }
        try Data(curve.svg.utf8).write(to: URL(filePath: training.output + "/training.svg"), options: .atomic)
        return model
    }
}
