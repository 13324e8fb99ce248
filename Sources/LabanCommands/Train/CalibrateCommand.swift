import ArgumentParser
import Foundation
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
            then on 'run', 'serve' and 'evaluate --stream' choose the threshold by --false-alarms-per-hour; where that is \
            left out, 5 an hour are put up with. Standing is no alarm where nothing is done. A rate can only be trusted down to about one \
            alarm in all the hours watched.

            Examples:
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

    @Flag(help: "Print the table as one JSON object.")
    var json = false

    func validate() throws {
        guard 0...100 ~= puppetHours else {
            throw ValidationError("--puppet-hours: expected 0 to 100, found \(puppetHours)")
        }
        guard puppetHours > 0 || !unrelated.isEmpty else {
            throw ValidationError("calibrate needs motion to watch: --unrelated or --puppet-hours")
        }
    }

    func run() throws {
        let place = try ModelName.folder(model)
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
}
