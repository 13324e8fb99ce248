import ArgumentParser
import Foundation
import ModelStore
import MotionRules
import Pipeline
import Recognition

/// Options that say which models and rules a command works with.
struct ResourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Action model: a folder, a name in Models/, or 'none'.", valueName: "name"))
    var model = "everyday"

    @Option(
        help: ArgumentHelp(
            "False alarms an hour to put up with: fewer mean later and missed actions.",
            discussion: "Only for models that were calibrated; see 'laban calibrate'.", valueName: "number"))
    var falseAlarmsPerHour = 1.0

    @Option(help: ArgumentHelp("Folder of gesture and exercise files.", valueName: "folder"))
    var gestures: String?

    func validate() throws {
        guard falseAlarmsPerHour >= 0, falseAlarmsPerHour.isFinite else {
            throw ValidationError("--false-alarms-per-hour: expected a number from 0, found \(falseAlarmsPerHour)")
        }
    }

    /// The rules of the folder asked for, or of Laban's own.
    func rules() throws -> MotionRuleSet {
        let folder = try gestures.map { URL(filePath: $0) } ?? ResourceLocator().folder("Gestures")
        return try MotionRuleSet(folder: folder)
    }

    /// Everything a pipeline for this input is made of.
    func parts(
        for input: PipelineInput, threads: Int, recognisesActions: Bool = true, findsHands: Bool = false
    ) throws -> PipelineParts {
        let rules = try rules()
        var parts = PipelineParts(
            poseModelFolder: input.isVideo ? try ModelFolder.requirePoseWeights() : nil,
            actionModel: recognisesActions && model != "none" ? try Self.actionModel(model) : nil,
            gestures: rules.gestures, exercises: rules.exercises, poseThreads: threads, findsHands: findsHands)
        parts.falseAlarmsPerHour = falseAlarmsPerHour
        return parts
    }

    /// The action model of a folder, or of a name in `Models/`.
    static func actionModel(_ name: String) throws -> ActionModel { try ActionModel(folder: modelFolder(name)) }

    /// Where a model lies: a folder of that name with a model in it comes before a name in `Models/`.
    static func modelFolder(_ name: String) throws -> String {
        if name.contains("/") || FileManager.default.fileExists(atPath: name + "/model.json") { return name }
        return try ResourceLocator().folder("Models").appending(path: name).path
    }

    /// A file of `Fixtures/`.
    static func fixture(_ name: String) throws -> String {
        try ResourceLocator().folder("Fixtures").appending(path: name).path
    }
}
