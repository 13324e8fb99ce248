import Inference
import Recognition

/// How much each row of logits counts in the loss.
struct RowWeights: Sendable {
    /// Of each class; empty when all count the same.
    private let classWeights: [Float]
    private let background: Int?
    private let onset: Float
    /// Rows of one sequence.
    private let rows: Int
    /// Rows in the beginning of an action.
    private let onsetRows: Int

    private static let onsetSeconds = 0.5

    init(recipe: Recipe, classes: [String], classWeights: [Float], window: FeatureWindow) {
        self.classWeights = classWeights
        background = classes.firstIndex(of: ActionModel.nothing)
        onset = recipe.sequence.onset
        rows = window.receptiveField.outputFrames(recipe.sampling.frames)
        onsetRows = Int((Self.onsetSeconds / recipe.sampling.period / Double(window.receptiveField.stride)).rounded())
    }

    /// - Parameter labels: the class of each row; negative where none is asked for.
    func callAsFunction(_ labels: [Int]) -> [Float] {
        var weights = labels.map { $0 < 0 ? 0 : classWeights.isEmpty ? 1 : classWeights[$0] }
        guard onset != 1 else { return weights }
        for first in stride(from: 0, to: labels.count, by: rows) {
            var left = 0
            for row in first + 1..<first + rows {
                let hasBegun = labels[row] >= 0 && labels[row] != background && labels[row] != labels[row - 1]
                left = hasBegun ? onsetRows : max(0, left - 1)
                if left > 0, labels[row] != background { weights[row] *= onset }
            }
        }
        return weights
    }
}
