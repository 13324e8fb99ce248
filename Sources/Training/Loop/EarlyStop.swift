import Foundation
import Recognition

/// Watches the loss on clips that are not trained on, and keeps the weights at which it was lowest (Prechelt 1998).
struct EarlyStop {
    /// The best weights so far.
    struct Best {
        let step: Int
        let loss: Double
        let parameters: [Float]
    }

    private let patience: Int
    private(set) var best: Best?

    init(settings: EarlyStopSettings, best: Best? = nil) {
        patience = settings.patience
        self.best = best
    }

    /// Takes the loss at the end of an epoch along; true when there was nothing better for too long.
    mutating func take(_ loss: Double, parameters: [Float], step: Int, stepsPerEpoch: Int) -> Bool {
        guard let best, loss >= best.loss else {
            self.best = Best(step: step, loss: loss, parameters: parameters)
            return false
        }
        return step - best.step >= patience * stepsPerEpoch
    }

    /// The mean loss of a model over motions whose labels are among its classes.
    static func loss(_ model: ActionModel, on motions: [LabelledMotion]) -> Double {
        let probabilities = ActionClassifier(model: model).probabilities(
            of: motions.map { $0.samples.map(ActionSample.motion) })
        return zip(motions, probabilities).reduce(0) { sum, found in
            let (motion, probabilities) = found
            let label = model.classes.firstIndex(of: motion.label) ?? 0
            return sum - Foundation.log(Double(max(probabilities[label], 1e-12)))
        } / Double(max(1, motions.count))
    }
}
