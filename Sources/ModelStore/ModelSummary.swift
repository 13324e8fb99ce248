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
    package var identifier: String?
    /// `pose` or `action`.
    package let kind: String
    /// Length of the model's files in bytes; for weights that are not there yet, what they will take.
    package let bytes: Int
    package let licence: String?
    package let state: State
    /// Top-1 accuracy, 0…1, over the clips of every measurement that `model.json` records.
    package var accuracy: Double?
    /// On sets of others, by which the model may have been chosen; nil when none was measured.
    package var elsewhere: Figure?
    /// On sets by which nothing about the model was chosen.
    package var apart: Figure?
    /// Number of classes of an action model.
    package var classes: Int?
    /// What is wrong, one sentence a problem.
    package var problems: [String] = []

    /// A share of clips whose first guess was right.
    package struct Figure: Sendable, Equatable, Encodable {
        /// 0…1.
        package let top1: Double
        package let clips: Int
    }

    /// Whether the model can be used as it is.
    package var isUsable: Bool { state == .verified || state == .present }
}
