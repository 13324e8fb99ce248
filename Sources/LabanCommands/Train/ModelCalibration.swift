import Recognition
import Recordings
import Training

/// Measures how a model's probabilities are to be taken, and writes it into its `model.json`.
struct ModelCalibration {
    var model: ActionModel
    let folder: String

    /// Measures false alarms in clips of these folders whose label is no class of the model, and in synthesised idling.
    ///
    /// - Parameters:
    ///   - related: labels that the model knows by another name.
    ///   - puppetHours: how much idling of Laban's own puppets is watched besides.
    func setTable(folders: [String], related: Set<String>, puppetHours: Double) throws -> ActionModel {
        var description = try ModelRecord.description(in: folder)
        var samples: [[ActionSample]] = []
        var data: [String] = []
        let opened = try folders.map { try UsableRecordings.open($0) }
        UsableRecordings.noteStrangers(related, in: opened)
        for recordings in opened {
            let wanted = Set(try UnrelatedClips.find(in: recordings, for: model, related: related).map(\.name))
            samples += try UsableRecordings.load(recordings) { progress, leftOut in
                try LabelledRecording.load(recordings, for: model.input, progress: progress, leftOut: leftOut) {
                    wanted.contains($0.name)
                }
            }.flatMap { $0.subjects.map(\.samples) }
            let labels = Set(recordings.clips.filter { wanted.contains($0.name) }.map(\.label)).sorted()
            data.append("\(recordings.layoutName): \(labels.prefix(8).joined(separator: ", "))")
        }
        if puppetHours > 0 {
            samples += PuppetMotions.idling(hours: puppetHours, seed: 0xCA11).map {
                $0.samples.map(ActionSample.motion)
            }
            data.append("puppets that do nothing")
        }
        description.operatingTable = ProgressBar.during("Watching", total: samples.count, unit: "clips") {
            OperatingTable(measuring: model, on: samples, data: data, progress: $0)
        }
        try ActionModel.write(description, to: folder)
        return try ActionModel(folder: folder)
    }
}
