import Foundation
package import Inference

/// A model folder of either kind, read and ready to recognise actions with. Immutable and shared.
package enum RecognitionModel: Sendable {
    /// One that was trained here.
    case action(ActionModel)
    /// One that was trained elsewhere.
    case network(ImportedActionModel)

    /// Reads a model folder; `model.json` says of which kind it is.
    package init(folder: String) throws(RecognitionError) {
        struct Kind: Decodable {
            var kind: String?
        }
        let manifest = URL(filePath: folder).appending(path: "model.json").path(percentEncoded: false)
        let bytes = try? BoundedFile.read(manifest, limit: BoundedFile.largestManifest)
        let kind = bytes.flatMap { try? JSONDecoder().decode(Kind.self, from: Data($0)) }?.kind
        // Whatever is wrong with the file is said by the reader of the usual kind.
        self =
            kind == "network"
            ? .network(try ImportedActionModel(folder: folder)) : .action(try ActionModel(folder: folder))
    }

    /// Name and version, as events give it.
    package var identifier: String {
        switch self {
        case .action(let model): model.identifier
        case .network(let model): model.identifier
        }
    }

    package var network: ContinualNetwork {
        switch self {
        case .action(let model): model.network.continual
        case .network(let model): model.imported.network
        }
    }

    /// Whether it looks at hands, which are only found where they are looked for.
    package var looksAtHands: Bool {
        switch self {
        case .action: false
        case .network(let model): model.looksAtHands
        }
    }

    /// Whether it knows how many false alarms it gives at which threshold.
    package var isCalibrated: Bool {
        switch self {
        case .action(let model): model.description.operatingTable != nil
        case .network: false
        }
    }

    /// Whether another reading of a model folder gave the very same model.
    package func isSame(as other: RecognitionModel) -> Bool {
        switch (self, other) {
        case (.action(let a), .action(let b)): a.description == b.description
        case (.network(let a), .network(let b)): a.imported.description == b.imported.description
        default: false
        }
    }

    /// A recogniser that has seen nobody yet.
    ///
    /// - Parameter falseAlarmsPerHour: sets the thresholds of a model that has an operating table; nil leaves the usual ones.
    package func recogniser(falseAlarmsPerHour: Double?) -> any ActionRecognising {
        switch self {
        case .action(let model):
            ActionRecogniser(
                model: model, settings: ActionRecogniserSettings(for: model, falseAlarmsPerHour: falseAlarmsPerHour))
        case .network(let model): ImportedActionRecogniser(model: model)
        }
    }
}
