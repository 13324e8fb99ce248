/// How far a training has come.
package struct TrainingProgress: Sendable, Equatable {
    /// Steps done, of `steps`.
    package let step: Int
    package let steps: Int
    /// Mean loss of the latest steps.
    package let loss: Double
    /// Share of the latest training clips, varied as they are, that were classified correctly.
    package let accuracy: Double
    /// Loss on the clips kept back, at the end of the last epoch; nil when none are.
    package let heldOutLoss: Double?
    package let learningRate: Float

    package init(step: Int, steps: Int, loss: Double, accuracy: Double, heldOutLoss: Double? = nil, learningRate: Float)
    {
        self.step = step
        self.steps = steps
        self.loss = loss
        self.accuracy = accuracy
        self.heldOutLoss = heldOutLoss
        self.learningRate = learningRate
    }
}
