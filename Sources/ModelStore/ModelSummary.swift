/// What `laban models list` says about one model.
package struct ModelSummary: Sendable, Equatable, Encodable {
    package enum State: String, Sendable, Encodable {
        /// Every file matches its recorded digest.
        case verified
        /// All files are there; no digest is recorded to compare them with.
        case present
        case missing
        case altered
        /// `model.json` cannot be read.
        case unreadable
    }

    package let name: String
    /// What events call the model, such as `everyday@6b004586`; nil where nothing says it.
    package let identifier: String?
    /// `pose` or `action`.
    package let kind: String
    /// Length of the model's files in bytes; for weights that are not there yet, what they will take.
    package let bytes: Int
    package let licence: String?
    package let state: State
    /// Top-1 accuracy, 0…1, over the clips of every measurement that `model.json` records.
    package let accuracy: Double?
    /// On sets of others, by which the model may have been chosen; nil when none was measured.
    package let elsewhere: Figure?
    /// On sets by which nothing about the model was chosen.
    package let apart: Figure?
    /// Number of classes of an action model.
    package let classes: Int?
    /// What is wrong, one sentence a problem.
    package let problems: [String]

    /// A share of clips whose first guess was right.
    package struct Figure: Sendable, Equatable, Encodable {
        /// 0…1.
        package let top1: Double
        package let clips: Int
    }

    package init(
        name: String, identifier: String? = nil, kind: String, bytes: Int, licence: String?, state: State,
        accuracy: Double? = nil, elsewhere: Figure? = nil, apart: Figure? = nil, classes: Int? = nil,
        problems: [String] = []
    ) {
        self.name = name
        self.identifier = identifier
        self.kind = kind
        self.bytes = bytes
        self.licence = licence
        self.state = state
        self.accuracy = accuracy
        self.elsewhere = elsewhere
        self.apart = apart
        self.classes = classes
        self.problems = problems
    }

    /// Whether the model can be used as it is.
    package var isUsable: Bool { state == .verified || state == .present }
}
