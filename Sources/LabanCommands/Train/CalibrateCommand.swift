import ArgumentParser
import Events
import Foundation
import History
import LabanServer
import Recognition
import Training

/// `laban calibrate MODEL`: which threshold gives how many false alarms.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measure how many false alarms an action model gives at which threshold.",
        discussion: """
            Watches motion in which nothing is done that the model knows: of each --unrelated folder the clips whose \
            label is no class of the model, and synthesised idling. The table goes into the model's model.json; from \
            then on 'run', 'serve' and 'evaluate --stream' choose the threshold by --false-alarms-per-hour; where that \
            is left out it is the one for 1 false alarm an hour. Standing is no alarm where nothing is done. A rate \
            can only be trusted down to about one alarm in all the hours watched.

            With --history the alarms are those of your own camera: the actions that 'laban history relabel' said were \
            nothing, or something else; with --quiet, of a time in which nothing was done, all that nobody said were \
            right. Without --quiet, what nobody corrected counts as right. Counted is by the hour with somebody in \
            sight, of two people twice; an hour is needed at least. The table goes into a copy of the model, which \
            --output names and later calls bring up to date; a server that watches with it takes it up. Of thresholds \
            below the one that was in force the history knows nothing: their rates are held to have risen or fallen as \
            that one's has, and never to be lower than in the model's own table. 'laban fine-tune' learns more than a \
            threshold from what you said.

            Examples:
              laban calibrate everyday --history laban.db --since yesterday --until today --output Models/mine
              laban calibrate everyday --history laban.db --since 9:00 --until 11:00 --quiet --output Models/mine
              laban run rtsp://camera --model Models/mine --false-alarms-per-hour 2
              laban calibrate Models/mine --unrelated other/ --unrelated more/ --related sitting_down,rising
              laban calibrate Models/mine --puppet-hours 2
            """)

    @Argument(help: "Model folder, or a name in Models/.")
    var model: String

    @Option(help: ArgumentHelp("Folder of recordings of other movements.", valueName: "folder"))
    var unrelated: [String] = []

    @Option(
        help: ArgumentHelp(
            "Labels of the --unrelated folders that the model knows by another name, separated by commas; left out.",
            valueName: "labels"))
    var related: String?

    @Option(help: ArgumentHelp("Hours of synthesised idling to watch.", valueName: "hours"))
    var puppetHours = 0.0

    @Option(help: ArgumentHelp("Count the false alarms in this history instead.", valueName: "file"))
    var history: String?

    @Option(help: ArgumentHelp("With --history: from this time on.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("With --history: before this time.", valueName: "time"))
    var until: String?

    @Option(help: "With --history: only this camera.")
    var camera: String?

    @Flag(help: "With --history: nothing was done in that time but what was said to be right.")
    var quiet = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("With --history: folder for a copy of the model with the new table.", valueName: "folder"))
    var output: String?

    @Flag(help: "Print the table as one JSON object.")
    var json = false

    func validate() throws {
        guard 0...100 ~= puppetHours else {
            throw ValidationError("--puppet-hours: expected 0 to 100, found \(puppetHours)")
        }
        guard history == nil else {
            guard puppetHours == 0, unrelated.isEmpty, related == nil else {
                throw ValidationError("--history goes without --unrelated, --related and --puppet-hours")
            }
            if output?.isEmpty != false {
                throw ValidationError("--history goes with --output, the folder for the model's copy")
            }
            return
        }
        guard puppetHours > 0 || !unrelated.isEmpty else {
            throw ValidationError("calibrate needs motion to watch: --unrelated, --puppet-hours or --history")
        }
        if quiet || [since, until, camera, output].contains(where: { $0 != nil }) {
            throw ValidationError("--since, --until, --camera, --quiet and --output go with --history")
        }
    }

    func run() throws {
        let place = try ModelName.folder(model)
        if let history, let output { return try calibrate(place, by: history, into: output) }
        let calibration = ModelCalibration(model: try ActionModel(folder: place), folder: place)
        Terminal.standardError.write("Model in \(place)\n")
        let model = try calibration.setTable(
            folders: unrelated, related: UnrelatedClips.labels(related), puppetHours: puppetHours)
        guard let table = model.operatingTable else { return }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try StandardOutput.print(String(decoding: encoder.encode(table), as: UTF8.self))
        }
        var text = TextTable([("THRESHOLD", .right), ("FALSE ALARMS AN HOUR", .right)])
        for point in table.points {
            text.append([String(format: "%.2f", point.threshold), String(format: "%.1f", point.falseAlarmsPerHour)])
        }
        try StandardOutput.write(text.text)
        let rateAtHighest = table.points.last?.falseAlarmsPerHour ?? 0
        let verdict =
            rateAtHighest <= 1
            ? String(format: "threshold for 1 false alarm an hour: %.2f", table.threshold(falseAlarmsPerHour: 1))
            : String(format: "no threshold keeps to 1 false alarm an hour: %.1f at the highest", rateAtHighest)
        try StandardOutput.print(String(format: "%.2f hours watched; ", table.hours) + verdict)
        if table.hours < 1 {
            Terminal.standardError.write("Note: less than an hour tells little about rates an hour\n")
        }
    }

    /// Learns from a history, and writes the table into a copy of the model.
    private func calibrate(_ place: String, by history: String, into output: String) throws {
        let filter = try HistoryQuery.filter(since: since, until: until, camera: camera)
        guard ResultPlace.real(output) != ResultPlace.real(place) else {
            throw OutputError(
                file: output, message: "--output: expected another folder than the model's own", isUsage: true)
        }
        let isThere = FileManager.default.fileExists(atPath: output + "/model.json")
        let model = try ActionModel(folder: place)
        var description = try ModelRecord.description(in: isThere ? output : place)
        guard description.name == model.name, description.version == model.version else {
            throw OutputError(
                file: output,
                message: "--output: expected no model or a copy of \(model.identifier), found "
                    + "\(description.name)@\(description.version.prefix(8))", isUsage: true)
        }
        let reader = try HistoryReader(path: history)
        let span = "\(filter.since?.description ?? "the beginning") to \(filter.until?.description ?? "the end")"
        let calibration = try HistoryCalibration(
            of: model.identifier, own: model.operatingTable, before: description.operatingTable, in: reader, filter,
            isQuiet: quiet, span: span)
        try HistoryHolesCommand.warn(reader, filter)
        description.operatingTable = calibration.table
        try ActionModel.copy(place, to: output, description: description)
        _ = try ActionModel(folder: output)
        let report = HistoryCalibrationReport(calibration, model: model, output: output)
        if json { return try StandardOutput.print(json: JSONLine.text(report)) }
        try StandardOutput.write(report.text)
        Terminal.standardError.write("Model in \(output): 'laban run INPUT --model \(output)' watches with it\n")
    }
}
