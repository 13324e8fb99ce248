import ArgumentParser
import Foundation
import History
import LabanServer
import Recognition
import Recordings
import Training

/// `laban fine-tune MODEL`: a copy of a model that learned from what its user said of their own recordings.
struct FineTuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fine-tune",
        abstract: "Teach a copy of an action model what people said of your own recordings.",
        discussion: """
            Takes the actions of a history that 'laban history relabel' said were right, nothing or something else, cuts \
            them out of the recorded skeletons, and trains a copy of the model on them: a few epochs at a low learning \
            rate, from its own weights. Puppets of all its classes are trained on besides, so that nothing is forgotten; \
            a class that puppets do not play is rehearsed from the recordings in --rehearse. A history keeps no \
            skeletons: record both with 'laban run INPUT --skeletons FILE --history FILE', each run in a file of its own.

            About a quarter of what was said is not trained on but measured with: whole days where there are several, \
            else whole tracks, the newest first, else every fourth action. Said is, before and after, how many of those \
            are called what they are, in how many of those that were told wrongly something wrong is still told, and \
            how many other puppets are right. Where fewer are right, more is told wrongly or \
            puppets lose more than 3 points, no copy is written, except with --force. The \
            copy has the thresholds of the model; 'laban calibrate --history' measures them anew.

            At least \(FineTuning.fewestClips) actions are needed; some dozens of each mistake, of several people and \
            days, are better. Nothing in a file of skeletons says of which run it is: said is for which it was taken.

            Examples:
              laban run rtsp://camera --skeletons monday.jsonl --history laban.db
              laban history relabel --history laban.db --since monday --label kick --nothing
              laban history relabel --history laban.db --since monday --label wave --right
              laban fine-tune everyday --history laban.db --skeletons monday.jsonl --output Models/mine
              laban fine-tune Models/gym --skeletons a.jsonl --skeletons b.jsonl --rehearse recordings/ --output Models/mine
            """)

    @Argument(help: "Model folder, or a name in Models/.")
    var model: String

    @Option(
        name: [.long, .customLong("db")],
        help: ArgumentHelp("The history with what was said.", valueName: "file"))
    var history = "laban.db"

    @Option(help: ArgumentHelp("The skeletons of a run; may be given several times.", valueName: "file"))
    var skeletons: [String] = []

    @Option(help: ArgumentHelp("From this time on.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Before this time.", valueName: "time"))
    var until: String?

    @Option(help: "Only this camera.")
    var camera: String?

    @Option(
        help: ArgumentHelp("Folder of recordings to rehearse besides puppets, one folder a class.", valueName: "folder")
    )
    var rehearse: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the model's copy.", valueName: "folder"))
    var output: String

    @Option(help: "Passes over what is trained on.")
    var epochs = 4

    @Option(help: "Threads; all processors when left out.")
    var threads: Int?

    @Flag(help: "Write the copy also where it is worse.")
    var force = false

    @Flag(help: "Print one JSON object, nothing else.")
    var json = false

    func validate() throws {
        guard !skeletons.isEmpty else {
            throw ValidationError(
                "a history keeps no skeletons: expected --skeletons FILE, as 'laban run INPUT --skeletons FILE --history "
                    + "FILE' writes them, found none")
        }
        guard !output.isEmpty else { throw ValidationError("--output: expected a folder, found an empty path") }
        guard 1...100 ~= epochs else { throw ValidationError("--epochs: expected 1 to 100, found \(epochs)") }
        if let threads, !(1...64 ~= threads) {
            throw ValidationError("--threads: expected 1 to 64, found \(threads)")
        }
    }

    func run() throws {
        let filter = try HistoryQuery.filter(since: since, until: until, camera: camera)
        let place = try ModelName.folder(model)
        _ = try ModelRecord.description(in: place)
        let own = try ActionModel(folder: place)
        guard ResultPlace.real(output) != ResultPlace.real(place) else {
            throw OutputError(
                file: output, message: "--output: expected another folder than the model's own", isUsage: true)
        }
        try ResultPlace.checkFolder(output)
        let name = URL(filePath: output).standardizedFileURL.lastPathComponent
        if let fault = ActionModel.nameFault([name]) {
            throw OutputError(
                file: output, message: "--output: \(fault): the model is called after its folder", isUsage: true)
        }
        try checkOutput(name, start: own)
        let reader = try HistoryReader(path: history)
        let clips = try CorrectedClipReader(history: reader, model: own).read(filter, skeletons: skeletons)
        try HistoryHolesCommand.warn(reader, filter)
        let recordings = try rehearse.flatMap { try rehearsal(in: $0, classes: Set(own.classes)) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "laban-fine-tune-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let tuning = try FineTuning(
            folder: place, clips: clips, rehearsing: recordings, epochs: epochs,
            output: folder.appending(path: name).path)
        let (before, after) = try tune(tuning)
        let isWritten = force || !after.isWorse(than: before)
        if isWritten { try write(tuning) }
        let report = FineTuneReport(
            model: own.identifier, output: output, written: isWritten, trained: tuning.split.kept.count,
            held_back: tuning.split.heldBack.count, protocol_name: tuning.split.protocolName, before: before,
            after: after)
        if json {
            try StandardOutput.print(json: JSONLine.text(report))
        } else {
            try StandardOutput.write(PrintableText(verbatim: report.text))
        }
        guard isWritten else {
            Terminal.standardError.write(
                "It is worse than \(own.identifier): no model was written. More corrections may help; --force writes it\n"
            )
            throw ExitCode(1)
        }
        if after.isWorse(than: before) { Terminal.standardError.write("Note: it is worse than \(own.identifier)\n") }
        Terminal.standardError.write("Model in \(output): 'laban run INPUT --model \(output)' watches with it\n")
    }

    /// Errs where the folder holds a model that was not fine-tuned from this one.
    private func checkOutput(_ name: String, start: ActionModel) throws {
        guard FileManager.default.fileExists(atPath: output + "/model.json") else { return }
        let found = try ModelRecord.description(in: output)
        let isCopy = found.name == name && found.trainingData.contains { $0.hasPrefix("weights of \(start.name)@") }
        guard !isCopy else { return }
        throw OutputError(
            file: output,
            message: "--output: expected no model, or an earlier copy of \(start.name), found "
                + "\(found.name)@\(found.version.prefix(8))", isUsage: true)
    }

    /// Recordings of the model's classes; those of others do not matter.
    private func rehearsal(in path: String, classes: Set<String>) throws -> [LabelledMotion] {
        let folder = try UsableRecordings.open(path, meant: classes)
        return try UsableRecordings.load(folder) { progress, leftOut in
            try LabelledMotion.load(folder, progress: progress, leftOut: leftOut) { classes.contains($0.label) }
        }
    }

    /// Measures, trains, and measures again, each under a bar.
    private func tune(_ tuning: FineTuning) throws -> (before: FineTuningFigures, after: FineTuningFigures) {
        let count = tuning.measuredCount
        let before = try ProgressBar.during("Before", total: count, unit: "clips") {
            try tuning.figuresBefore(progress: $0)
        }
        let stop = StopSignal()
        var bar = ProgressBar("Fine-tuning", total: tuning.training.steps, unit: "steps")
        let model = try tuning.training.run(threads: threads) { progress in
            bar.update(
                count: progress.step,
                note: String(format: "loss %.3f, %.1f %% right", progress.loss, progress.accuracy * 100))
            return !stop.isRequested
        }
        bar.finish()
        guard model != nil else {
            Terminal.standardError.write("Stopped\n")
            throw ExitCode(1)
        }
        let after = try ProgressBar.during("After", total: count, unit: "clips") {
            try tuning.figuresAfter(progress: $0)
        }
        return (before, after)
    }

    private func write(_ tuning: FineTuning) throws {
        let folder = tuning.training.output
        try ActionModel.copy(folder, to: output, description: ModelRecord.description(in: folder))
        try ModelRecord.digest(in: output)
    }
}
