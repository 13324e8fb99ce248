import Inference

extension KernelMachine {
    /// One of the machines that a model's description tells of, from the model's weights.
    init(
        _ number: Int, of description: ActionModelDescription, _ weights: TensorFile
    ) throws(InferenceError) {
        guard let kernels = description.kernels, kernels.indices.contains(number) else {
            preconditionFailure("one of the machines that the description tells of")
        }
        let kernel = kernels[number]
        let features = MotionSummary(
            kernel.summary, normalisation: description.normalisation,
            frames: kernel.frames ?? description.sampling.frames
        ).count
        let name = Self.name(number)
        let reach = try weights.finiteValues(of: name + "reach", shape: [1])[0]
        guard reach > 0 else {
            throw InferenceError(
                .malformed, file: weights.file, place: name + "reach", expected: "a number above 0", found: "\(reach)")
        }
        self.init(
            classes: kernel.classes.count, mean: try weights.finiteValues(of: name + "mean", shape: [features]),
            scale: try weights.finiteValues(of: name + "scale", shape: [features]),
            exemplars: try weights.finiteValues(of: name + "exemplars", shape: [kernel.exemplars, features]),
            coefficients: try weights.finiteValues(
                of: name + "coefficients", shape: [kernel.exemplars, kernel.classes.count]),
            reach: reach)
    }

    /// Adds the machine to a model's weights.
    func add(to weights: inout TensorFileWriter, number: Int) {
        let name = Self.name(number)
        weights.add(name + "reach", shape: [1], values: [reach])
        weights.add(name + "mean", shape: [features], values: mean)
        weights.add(name + "scale", shape: [features], values: scale)
        weights.add(name + "exemplars", shape: [count, features], values: exemplars)
        weights.add(name + "coefficients", shape: [count, classes], values: coefficients)
    }

    private static func name(_ number: Int) -> String { "kernels.\(number)." }
}
