/// How far a training has come.
package struct TrainingProgress: Sendable, Equatable {
    /// Steps done, of `steps`.
    package let step: Int
    package let steps: Int
    /// Mean loss of the latest steps.
    package let loss: Double
    /// Share of the latest training clips, varied as they are, that were classified correctly.
    package let accuracy: Double
    package let learningRate: Float

    package init(step: Int, steps: Int, loss: Double, accuracy: Double, learningRate: Float) {
        self.step = step
        self.steps = steps
        self.loss = loss
        self.accuracy = accuracy
        self.learningRate = learningRate
    }
}
