package import Inference

/// What `model.json` says of an action model.
package struct ActionModelDescription: Sendable, Codable, Equatable {
    /// The form of this file; 1.
    package var format: Int
    package var name: String
    /// Hash of the weights: names this version in events, and notices damage.
    package var version: String
    /// The joint set the network sees.
    package var topology: String
    /// In the order of the network's outputs.
    package var classes: [String]
    package var normalisation: PoseNormalisation
    package var sampling: Cadence
    package var architecture: TemporalArchitecture
    /// How many networks of this architecture there are, whose logits are averaged (Hansen and Salamon 1990); one if unsaid.
    package var networks: Int?
    /// Logits are divided by this before softmax, so that probabilities mean what they say (Guo et al. 2017).
    package var temperature: Float
    /// What models of before had beside their networks, which none has any more.
    private var kernels: [NoKernelMachine]?
    /// Licence of the weights.
    package var licence: String
    /// What the weights were trained on.
    package var trainingData: [String]
    /// What was measured, on what, and how it was split; accuracies 0…1.
    package var measured: [Measurement]
    /// What was measured on sets of others, whose labels were translated; nil when nothing was.
    package var crossDataset: [CrossDatasetMeasurement]?
    /// The files beside this one, with the digests that `laban models verify` compares; nil in models of before.
    package var files: [File]?
    /// How often the model is wrong at which threshold; nil when that was not measured.
    package var operatingTable: OperatingTable?
    /// The settings of the training, as JSON text.
    package var recipe: String?

    private struct NoKernelMachine: Sendable, Codable, Equatable {}

    /// Whether the file is of a model with kernel machines, which cannot be run any more.
    var hasKernelMachines: Bool { kernels?.isEmpty == false }

    /// One measured accuracy.
    package struct Measurement: Sendable, Codable, Equatable {
        package var data: String
        package var protocolName: String
        package var top1: Double
        package var meanClass: Double
        package var clips: Int

        package init(data: String, protocolName: String, top1: Double, meanClass: Double, clips: Int) {
            self.data = data
            self.protocolName = protocolName
            self.top1 = top1
            self.meanClass = meanClass
            self.clips = clips
        }

        private enum CodingKeys: String, CodingKey {
            case data, top1, clips
            case protocolName = "protocol"
            case meanClass = "mean_class"
        }
    }

    /// What was measured on a set of others; shares 0…1.
    package struct CrossDatasetMeasurement: Sendable, Codable, Equatable {
        package var data: String
        /// Whether nothing about the model was chosen by it.
        package var apart: Bool
        package var clips: Int
        /// Of the clips; nil where there are none.
        package var top1: Double?
        package var meanClass: Double?
        /// Of long recordings that were watched.
        package var seconds: Double
        /// Share of the seconds in which what was done was said.
        package var right: Double
        /// The same of the seconds in which something was done.
        package var rightOfActions: Double

        package init(
            data: String, apart: Bool, clips: Int, top1: Double?, meanClass: Double?, seconds: Double, right: Double,
            rightOfActions: Double
        ) {
            self.data = data
            self.apart = apart
            self.clips = clips
            self.top1 = top1
            self.meanClass = meanClass
            self.seconds = seconds
            self.right = right
            self.rightOfActions = rightOfActions
        }

        private enum CodingKeys: String, CodingKey {
            case data, apart, clips, top1, seconds, right
            case meanClass = "mean_class"
            case rightOfActions = "right_of_actions"
        }
    }

    /// A file of the model's folder.
    package struct File: Sendable, Codable, Equatable {
        package var name: String
        package var bytes: Int
        package var sha256: String

        package init(name: String, bytes: Int, sha256: String) {
            self.name = name
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    package init(
        name: String, version: String, classes: [String], normalisation: PoseNormalisation, sampling: Cadence,
        architecture: TemporalArchitecture, temperature: Float = 1, licence: String = "", trainingData: [String] = [],
        measured: [Measurement] = [], recipe: String? = nil
    ) {
        format = 1
        topology = "common16"
        self.name = name
        self.version = version
        self.classes = classes
        self.normalisation = normalisation
        self.sampling = sampling
        self.architecture = architecture
        self.temperature = temperature
        self.licence = licence
        self.trainingData = trainingData
        self.measured = measured
        self.recipe = recipe
    }

    private enum CodingKeys: String, CodingKey {
        case format, name, version, topology, classes, normalisation, sampling, architecture, temperature, licence
        case measured, recipe, kernels, networks, files
        case trainingData = "training_data"
        case crossDataset = "cross_dataset"
        case operatingTable = "operating_table"
    }
}
