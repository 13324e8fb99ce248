import Foundation
import Training

/// What `laban fine-tune` prints.
struct FineTuneReport: Encodable {
    let model: String
    let output: String
    /// Whether the copy was written.
    let written: Bool
    /// Corrected clips that were trained on.
    let trained: Int
    let held_back: Int
    let protocol_name: String
    let before: FineTuningFigures
    let after: FineTuningFigures

    private enum CodingKeys: String, CodingKey {
        case model, output, written, trained, held_back, before, after
        case protocol_name = "protocol"
    }

    var text: String {
        var table = TextTable([("OF WHAT WAS HELD BACK", .left), ("BEFORE", .right), ("AFTER", .right)])
        func row(_ what: String, _ text: (FineTuningFigures) -> String) {
            table.append([what, text(before), text(after)])
        }
        row("corrected actions right") { "\($0.right) of \($0.clips)" }
        row("false actions still told") { "\($0.falseActions) of \($0.wrong)" }
        if before.puppets != nil { row("puppets right") { String(format: "%.1f %%", ($0.puppets ?? 0) * 100) } }
        return table.text + "\(trained) corrected actions trained on; \(protocol_name)\n"
    }
}
