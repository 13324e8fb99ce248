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
    /// `pose` or `action`.
    package let kind: String
    /// Length of the model's files in bytes; for weights that are not there yet, what they will take.
    package let bytes: Int
    package let licence: String?
    package let state: State
    /// Measured top-1 accuracy, 0…1, as `model.json` records it.
    package let accuracy: Double?
    /// Number of classes of an action model.
    package let classes: Int?
    /// What is wrong, one sentence a problem.
    package let problems: [String]

    package init(
        name: String, kind: String, bytes: Int, licence: String?, state: State, accuracy: Double? = nil,
        classes: Int? = nil, problems: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.bytes = bytes
        self.licence = licence
        self.state = state
        self.accuracy = accuracy
        self.classes = classes
        self.problems = problems
    }

    /// Whether the model can be used as it is.
    package var isUsable: Bool { state == .verified || state == .present }
}
