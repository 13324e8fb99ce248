import ArgumentParser
import Foundation
import MarkedYAML
import ModelStore
import MotionRules
import Pipeline
import Recognition

/// Options that say which models and rules a command works with.
struct ResourceOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Action model: a folder, a name in Models/, or 'none'; may be given several times. everyday when left out.",
            valueName: "name"))
    var model: [String] = []

    @Option(
        help: ArgumentHelp(
            "False alarms an hour to put up with: fewer mean later and missed actions.",
            discussion:
                "Only for models that were calibrated; see 'laban calibrate'. The usual threshold when left out.",
            valueName: "number"))
    var falseAlarmsPerHour: Double?

    @Option(help: ArgumentHelp("Folder of gesture and exercise files.", valueName: "folder"))
    var gestures: String?

    func validate() throws {
        if let limit = falseAlarmsPerHour, !(limit >= 0 && limit.isFinite) {
            throw ValidationError("--false-alarms-per-hour: expected a number from 0, found \(limit)")
        }
        if let again = model.indices.first(where: { model[..<$0].contains(model[$0]) }) {
            throw ValidationError("--model: expected each model once, found '\(model[again])' again")
        }
        if model.count > 1, model.contains("none") {
            throw ValidationError("--model: expected models or 'none', found both")
        }
    }

    /// What stands for no model at all.
    static let noModel = "none"
    /// The models where nobody says which.
    static let usualModels = ["everyday"]

    /// The folders of models and rules that a command works with, where there are such.
    var folders: [String] {
        let names = (model.isEmpty ? Self.usualModels : model).filter { $0 != Self.noModel }
        let rules = gestures ?? (try? ResourceLocator().folder("Gestures"))?.path
        return names.compactMap { try? Self.modelFolder($0) } + [rules].compactMap { $0 }
    }

    /// The rules of the folder asked for, or of Laban's own.
    func rules() throws -> MotionRuleSet {
        let folder = try gestures.map { URL(filePath: $0) } ?? ResourceLocator().folder("Gestures")
        let rules = try MotionRuleSet(folder: folder)
        guard gestures == nil || !rules.exercises.isEmpty || !rules.gestures.isEmpty else {
            throw YAMLFileError(file: folder.path, message: "expected rule files (.yaml), found none")
        }
        return rules
    }

    /// Everything a pipeline for this input is made of.
    func parts(
        for input: PipelineInput, threads: Int, recognisesActions: Bool = true, findsHands: Bool = false
    ) throws -> PipelineParts {
        let rules = try rules()
        var parts = PipelineParts(
            poseModelFolder: input.isVideo ? try ModelFolder.requirePoseWeights() : nil,
            gestures: rules.gestures, exercises: rules.exercises, poseThreads: threads, findsHands: findsHands)
        parts.falseAlarmsPerHour = falseAlarmsPerHour
        guard recognisesActions else { return parts }
        let names = model.isEmpty ? Self.usualModels : model
        for name in names where name != Self.noModel {
            let model = try RecognitionModel(folder: Self.modelFolder(name))
            if model.looksAtHands, input.isVideo, !findsHands {
                throw ValidationError("--model \(name) looks at hands: add --hands")
            }
            if falseAlarmsPerHour != nil, !model.isCalibrated {
                throw Self.notCalibrated(name)
            }
            if parts.actionModels.contains(where: { $0.latest.model.identifier == model.identifier }) {
                Terminal.standardError.write(
                    "Note: two models are \(model.identifier): events cannot tell them apart\n")
            }
            parts.actionModels.append(SharedModel(model))
        }
        return parts
    }

    /// Where a model lies: a folder of that name with a model in it comes before a name in `Models/`.
    static func modelFolder(_ name: String) throws -> String {
        if name.contains("/") || FileManager.default.fileExists(atPath: name + "/model.json") { return name }
        return try ResourceLocator().folder("Models").appending(path: name).path
    }

    /// Only a calibrated model knows how to keep a limit on false alarms.
    static func notCalibrated(_ model: String) -> ValidationError {
        ValidationError(
            "expected models that were calibrated, to keep a limit on false alarms; '\(model)' was not: "
                + "leave the limit out, or see 'laban help calibrate'")
    }

    /// A file of `Fixtures/`.
    static func fixture(_ name: String) throws -> String {
        try ResourceLocator().folder("Fixtures").appending(path: name).path
    }
}
