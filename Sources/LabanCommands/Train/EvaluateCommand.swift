import ArgumentParser
import Foundation
import LabanServer
import Printing
import Recognition
import Recordings
import Skeleton
import Training
import Video

/// `laban evaluate MODEL DIR`: how good an action model is.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure an action model on recordings it has not seen.",
        discussion: """
            MODEL is a model folder, or a name in Models/ where there is no such folder; which one it was is said. DIR is laid out as for 'laban train'. Prints the share of \
            clips whose first guess is right (top1), the mean over classes, each class, and the confusion table: rows \
            are what it was, columns what it was taken for; last, which clips of whom these were and what the model was \
            trained on. A clip is watched from its first pose as 'laban run' would watch it, and its probabilities are \
            the mean of those of its moments; --probabilities writes every moment, with the very numbers that 'laban run \
            --probabilities' gives for the same skeletons. Skeletons of videos are kept with four decimals, which \
            changes probabilities by up to 0.02.

            With --stream the long recordings of DIR (named in its segments.csv: file, label, start_us, end_us) are \
            watched by the recogniser that watches cameras, and its events are compared with the true segments. A \
            found segment is right when it has the label of a true one and they share at least 10, 25 or 50 % of the \
            time either takes up; each true one is found once (f1@0.10, f1@0.25, f1@0.50: the harmonic mean of the \
            shares of found and of true segments that are right). onset_delay_s is the median time from a true start \
            until the label that it ends with was told. false_alarms_per_hour counts found segments that overlap no true one. ece is \
            the expected calibration error of the predictions about labelled time, over 15 bins. Segments labelled \
            'nothing' say that nothing is done.

            With --recipe the model is measured on recordings whose labels are not its own: 'sources' of the recipe name \
            folders and say which class each label stands for, 'nothing' for movements the model has no class for. Every \
            clip is classified; clips of five seconds and more and long recordings are watched besides by the recogniser \
            that watches cameras, and counted is for how many seconds it said what. What the sources leave out is counted and \
            named, and a last table says how much each set brings; sets with "apart": true, by which nothing about the \
            model was ever chosen, are taken together apart from the others: their figures are what to expect elsewhere.

            With --changes the same recordings are measured again and again, each time with one thing changed (joints \
            not seen, no depth, jitter, fewer frames, other bodies, views and speeds), and a table says how many points \
            that gains or costs: from what the model's errors come. Further tables say where the errors of the \
            unchanged recordings are, by class, set and person, as points of all clips and seconds, dearest first.

            Examples:
              laban evaluate Models/mine recordings/
              laban evaluate everyday recordings/ --subjects carl,dora --json
              laban evaluate Models/mine recordings/ --picture confusion.png
              laban evaluate Models/mine recordings/ --stream --unrelated other/ --json
              laban evaluate everyday --recipe Models/everyday/cross-dataset.json --data DATA
              laban evaluate everyday --recipe Models/everyday/cross-dataset.json --data DATA --changes
            """)

    @Argument(help: "Model folder, or a name in Models/.")
    var model: String

    @Argument(help: "Folder of recordings; left out with --recipe.")
    var recordings: String?

    @Option(
        help: ArgumentHelp(
            "Measure on the folders that this recipe's sources name, by its label maps, without the subjects it leaves out.",
            valueName: "file"))
    var recipe: String?

    @Option(help: ArgumentHelp("What the paths in the recipe start from.", valueName: "folder"))
    var data: String?

    @Option(help: "Only clips of these people, separated by commas.")
    var subjects: String?

    @Option(help: ArgumentHelp("Draw the confusion table into this PNG file.", valueName: "file"))
    var picture: String?

    @Flag(help: "Compare events with the segments of long recordings, instead of classifying clips.")
    var stream = false

    @Option(
        help: ArgumentHelp(
            "With --stream: count false alarms here too, in clips whose label is no class of the model.",
            valueName: "folder"))
    var unrelated: [String] = []

    @Option(
        help: ArgumentHelp(
            "Labels of the --unrelated folders that the model knows by another name, separated by commas; left out.",
            valueName: "labels"))
    var related: String?

    @Option(
        help: ArgumentHelp(
            "With --stream or --recipe: false alarms an hour to put up with, for models that were calibrated.",
            valueName: "number"))
    var falseAlarmsPerHour: Double?

    @Option(
        help: ArgumentHelp(
            "With --stream: write true and found segments to this file (stream, kind, label, start_us, end_us, reported_us).",
            valueName: "file.csv"))
    var timeline: String?

    @Option(
        help: ArgumentHelp(
            "Write what the model makes of every moment of every clip to this file: source (the clip), track, hand, moment_us, a column a class.",
            valueName: "file.csv"))
    var probabilities: String?

    @Flag(help: "With --recipe: note the figures in the model's model.json, where 'laban models list' shows them.")
    var record = false

    @Flag(help: "With --recipe: measure again with one thing changed at a time, and say what each costs.")
    var changes = false

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func validate() throws {
        guard (recordings == nil) != (recipe == nil) else {
            throw ValidationError(
                "expected a folder of recordings or a --recipe, found \(recipe == nil ? "neither" : "both")")
        }
        guard recipe == nil || !stream && subjects == nil && picture == nil else {
            throw ValidationError("--stream, --subjects and --picture go with a folder of recordings")
        }
        guard recipe == nil && !stream || probabilities == nil else {
            throw ValidationError("--probabilities goes with clips, not --stream or --recipe")
        }
        guard stream || unrelated.isEmpty && timeline == nil else {
            throw ValidationError("--unrelated and --timeline go with --stream")
        }
        guard recipe != nil || !record && !changes else {
            throw ValidationError("--record and --changes go with --recipe")
        }
        guard stream || recipe != nil || falseAlarmsPerHour == nil else {
            throw ValidationError("--false-alarms-per-hour goes with --stream or --recipe")
        }
        if let limit = falseAlarmsPerHour, !(limit >= 0 && limit.isFinite) {
            throw ValidationError("--false-alarms-per-hour: expected a number from 0, found \(limit)")
        }
    }

    func run() throws {
        let inputs = [recordings, recipe, try? ModelName.folder(model)].compactMap { $0 } + unrelated
        if let picture { try ResultPlace.check(picture, option: "--picture", ending: ".png", sparing: inputs) }
        if let probabilities { try ResultPlace.check(probabilities, option: "--probabilities", sparing: inputs) }
        if let timeline { try ResultPlace.check(timeline, option: "--timeline", sparing: inputs) }
        let place = try ModelName.folder(model)
        let model = try ActionModel(folder: place)
        Terminal.standardError.write("Model in \(place)\n")
        guard falseAlarmsPerHour == nil || model.operatingTable != nil else {
            throw ResourceOptions.notCalibrated(model.name)
        }
        let settings = ActionRecogniserSettings(for: model, falseAlarmsPerHour: falseAlarmsPerHour)
        if let recipe { return try evaluate(recipe, model: model, in: place, settings) }
        guard let recordings else { return }
        let only = subjects.map { Set($0.split(separator: ",").map(String.init)) }
        let isWanted = { (subject: String?) in only.map { $0.contains(subject ?? "") } ?? true }
        // What the model's recipe calls its clips is what is measured.
        let recipe = model.trained?.recipe.flatMap { try? Recipe(Data($0.utf8), file: place, isStrict: false) }
        let selection = recipe?.selection ?? ClipSelection()
        try checkLabels(in: recordings, of: model, selection, isWanted)
        let folder = try UsableRecordings.open(recordings, people: only ?? [])
        guard !stream else { return try evaluateStreams(of: folder, model: model, settings, isWanted) }
        let clips = try UsableRecordings.load(folder) { progress, leftOut in
            try LabelledRecording.load(
                folder, for: model.input, selection: selection, progress: progress, leftOut: leftOut
            ) { isWanted($0.subject) }
        }
        guard !clips.isEmpty else {
            throw ValidationError("\(recordings): expected clips to evaluate, found none that fit")
        }
        var table = try probabilities.map { ProbabilityTable(try OutputFile(path: $0), classes: model.classes) }
        var evaluation = try ProgressBar.during("Classifying", total: clips.count, unit: "clips") {
            try Evaluation(model: model, recordings: clips, progress: $0) { clip, side, prediction in
                table?.append(
                    source: clip.name, track: nil, side: side, moment: Duration(clampingSeconds: prediction.moment),
                    prediction.probabilities)
            }
        }
        try table?.finish()
        evaluation.protocolName =
            EvaluationProtocol(
                layout: folder.name, selection: selection, recordings: clips, trainingData: model.trainingData
            ).text
        if let picture { try PictureFile.write(ConfusionPicture(evaluation).rendered(), to: picture) }
        try StandardOutput.print(
            json ? evaluation.json.printableJSON : EvaluationReport(evaluation).text, terminator: json ? "\n" : "")
    }

    /// Labels that the model does not know are said before a video is watched or a recording read.
    private func checkLabels(
        in path: String, of model: ActionModel, _ selection: ClipSelection, _ isWanted: (String?) -> Bool
    ) throws {
        let folder = try RecordingsFolder(path)
        let labels =
            stream
            ? folder.streams.filter { isWanted($0.subject) }.flatMap { $0.segments.map(\.label) }
            : folder.clips.filter { isWanted($0.subject) }.compactMap { selection.label(of: $0) }
        // That nothing is done can be said of a stream whatever the classes.
        let known = model.classes + (stream ? [ActionModel.nothing] : [])
        let strangers = Set(labels).subtracting(known).sorted()
        guard strangers.isEmpty else {
            throw TrainingError(
                file: path,
                "expected labels among the model's classes (\(model.classes.joined(separator: ", "))), found "
                    + strangers.joined(separator: ", "))
        }
    }

    /// Measures on the sets that a recipe names.
    private func evaluate(
        _ recipe: String, model: ActionModel, in place: String, _ settings: ActionRecogniserSettings
    ) throws {
        let sets = try Recipe(contentsOf: recipe)
        guard sets.sources.contains(where: { $0.kind == .folder }) else {
            throw ValidationError("\(recipe): expected folders among its 'sources', found none")
        }
        guard !changes || model.input.looksAtMotion else {
            throw ValidationError(
                "\(place): expected a model that looks at bodies in space, which is what --changes changes, found one that "
                    + "looks at joints in the picture")
        }
        let sources = try sets.openSources(dataFolder: data, file: recipe, classes: model.classes) {
            try UsableRecordings.open($0, meant: $1)
        }
        var evaluation = CrossDatasetEvaluation(
            model: model, settings: settings, changes: changes ? RecordingChange.all : [])
        var bar: (set: String, bar: ProgressBar)?
        try evaluation.add(sources) { set, count, done in
            if bar?.set != set {
                bar?.bar.finish()
                Terminal.standardError.write("Measuring on \(set)\n")
                bar = (set, ProgressBar(set, total: count, unit: changes ? "measurements" : "recordings"))
            }
            bar?.bar.update(count: done)
        }
        bar?.bar.finish()
        for part in evaluation.parts {
            UsableRecordings.leaveOut(part.leftOut.unseen.map { "\(part.data): \($0): nobody is seen in it" })
        }
        if record { try ModelRecord.crossDataset(evaluation.measurements, in: place) }
        let report = CrossDatasetReport(evaluation)
        try StandardOutput.print(json ? report.json.printableJSON : report.text, terminator: json ? "\n" : "")
    }

    private func evaluateStreams(
        of folder: RecordingsFolder, model: ActionModel, _ settings: ActionRecogniserSettings,
        _ isWanted: (String?) -> Bool
    ) throws {
        let streams = folder.streams.filter { isWanted($0.subject) }
        guard !streams.isEmpty else {
            throw ValidationError("\(folder.path): expected long recordings with a segments.csv, found none that fit")
        }
        var evaluation = StreamEvaluation(model: model, settings: settings)
        let known = UnrelatedClips.labels(related)
        let others = try unrelated.map { path in
            let folder = try UsableRecordings.open(path)
            return (folder, try UnrelatedClips.find(in: folder, for: model, related: known))
        }
        UsableRecordings.noteStrangers(known, in: others.map(\.0))
        let count = streams.count + others.reduce(0) { $0 + $1.1.count }
        try ProgressBar.during("Watching", total: count, unit: "recordings") { progress in
            var done = 0
            for stream in streams {
                try evaluation.add(folder.load(stream), segments: stream.segments, name: stream.name)
                done += 1
                progress(done)
            }
            for (folder, clips) in others {
                for clip in clips {
                    evaluation.add(unrelated: try folder.load(clip))
                    done += 1
                    progress(done)
                }
            }
        }
        if let timeline { try StreamReport(evaluation).writeTimeline(to: timeline) }
        try StandardOutput.print(
            json ? evaluation.json.printableJSON : StreamReport(evaluation).text, terminator: json ? "\n" : "")
    }
}
