package import ArgumentParser
import Foundation
import LabanServer
import ModelStore
import MotionRules
package import Pipeline
import Recognition

/// Options that say which models and rules a command works with.
package struct ResourceOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Action model: a folder, a name in Models/, or 'none'; may be given several times. everyday when left out.",
            valueName: "name"))
    package var model: [String] = []

    @Option(
        help: ArgumentHelp(
            "False alarms an hour to put up with: fewer mean later and missed actions.",
            discussion:
                "Only for models that were calibrated; see 'laban calibrate'. 1 when left out.",
            valueName: "number"))
    package var falseAlarmsPerHour: Double?

    @Option(help: ArgumentHelp("Folder of gesture and exercise files.", valueName: "folder"))
    package var gestures: String?

    package init() {}

    package func validate() throws {
        if let limit = falseAlarmsPerHour, !(limit >= 0 && limit.isFinite) {
            throw ValidationError("--false-alarms-per-hour: expected a number from 0, found \(limit)")
        }
        if let again = model.indices.first(where: { model[..<$0].contains(model[$0]) }) {
            throw ValidationError("--model: expected each model once, found '\(model[again])' again")
        }
        if model.count > 1, model.contains(ModelName.none) {
            throw ValidationError("--model: expected models or 'none', found both")
        }
    }

    /// The folders of models and rules that a command works with, where there are such.
    var folders: [String] {
        let names = (model.isEmpty ? ModelName.usual : model).filter { $0 != ModelName.none }
        let rules = gestures ?? (try? ResourceLocator().folder("Gestures"))?.path
        return names.compactMap { try? ModelName.folder($0) } + [rules].compactMap { $0 }
    }

    /// The gestures and exercises of the folder asked for, or of Laban's own.
    func gestureFolder() throws -> GestureFolder { try GestureFolder(named: gestures) }

    /// Everything a pipeline for this input is made of.
    package func parts(
        for input: PipelineInput, threads: Int, recognisesActions: Bool = true, findsHands: Bool = false
    ) throws -> PipelineParts {
        let folder = try gestureFolder()
        folder.warn()
        var parts = try PipelineParts(
            for: input, lookingFor: nil, falseAlarmsPerHour: falseAlarmsPerHour, threads: threads,
            findsHands: findsHands)
        let content = try folder.content()
        (parts.gestures, parts.shapes, parts.taught) = (content.gestures, content.shapes, content.taught)
        (parts.exercises, parts.holds) = (content.exercises, content.holds)
        guard recognisesActions else { return parts }
        let names = model.isEmpty ? ModelName.usual : model
        var places: [String: String] = [:]
        for name in names where name != ModelName.none {
            let folder = try ModelName.folder(name)
            let model = try ActionModel(folder: folder)
            if model.input.looksAtHands, input.isVideo, !findsHands {
                throw ValidationError("--model \(name) looks at hands: add --hands")
            }
            if falseAlarmsPerHour != nil, model.operatingTable == nil {
                throw Self.notCalibrated(name)
            }
            if let other = places.updateValue(folder, forKey: model.identifier) {
                throw RecognitionError(
                    file: folder, expected: "models that events can tell apart",
                    found: "\(model.identifier) in \(other) as well")
            }
            parts.actionModels.append(Shared(model))
        }
        return parts
    }

    /// Only a calibrated model knows how to keep a limit on false alarms.
    static func notCalibrated(_ model: String) -> ValidationError {
        ValidationError(
            "expected models that were calibrated, to keep a limit on false alarms; '\(model)' was not: "
                + "leave the limit out, or see 'laban help calibrate'")
    }

    /// A file of `Fixtures/`.
    package static func fixture(_ name: String) throws -> String {
        try ResourceLocator().folder("Fixtures").appending(path: name).path
    }
}
