import Inference

extension KernelMachine {
    /// The machine that a model's description tells of, from the model's weights; nil when it tells of none.
    init?(_ description: ActionModelDescription, _ weights: TensorFile) throws(InferenceError) {
        guard let count = description.kernel?.exemplars else { return nil }
        let features = MotionSummary(normalisation: description.normalisation, frames: description.sampling.frames)
            .count
        let classes = description.classes.count
        let reach = try weights.values(of: "kernel.reach", shape: [1])[0]
        guard reach > 0, reach.isFinite else {
            throw InferenceError(
                .malformed, file: weights.file, place: "kernel.reach", expected: "a number above 0", found: "\(reach)")
        }
        self.init(
            classes: classes, mean: try weights.values(of: "kernel.mean", shape: [features]),
            scale: try weights.values(of: "kernel.scale", shape: [features]),
            exemplars: try weights.values(of: "kernel.exemplars", shape: [count, features]),
            coefficients: try weights.values(of: "kernel.coefficients", shape: [count, classes]), reach: reach)
    }

    /// Adds the machine to a model's weights.
    func add(to weights: inout TensorFileWriter) {
        weights.add("kernel.reach", shape: [1], values: [reach])
        weights.add("kernel.mean", shape: [features], values: mean)
        weights.add("kernel.scale", shape: [features], values: scale)
        weights.add("kernel.exemplars", shape: [count, features], values: exemplars)
        weights.add("kernel.coefficients", shape: [count, classes], values: coefficients)
    }
}
