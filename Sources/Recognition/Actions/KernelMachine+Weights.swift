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
        let summary = MotionSummary(
            kernel.summary, normalisation: description.normalisation,
            frames: kernel.frames ?? description.sampling.frames)
        let layout = kernel.frames == nil ? summary.layout : summary.plainLayout
        let name = Self.name(number)
        let reach = try weights.finiteValues(of: name + "reach", shape: [layout.kinds.count])
        guard reach.allSatisfy({ $0 > 0 }) else {
            throw InferenceError(
                .malformed, file: weights.file, place: name + "reach", expected: "numbers above 0", found: "\(reach)")
        }
        self.init(
            layout: layout, classes: kernel.classes.count,
            mean: try weights.finiteValues(of: name + "mean", shape: [layout.width]),
            scale: try weights.finiteValues(of: name + "scale", shape: [layout.width]),
            exemplars: try weights.finiteValues(of: name + "exemplars", shape: [kernel.exemplars, layout.features]),
            coefficients: try weights.finiteValues(
                of: name + "coefficients", shape: [kernel.exemplars, kernel.classes.count]),
            reach: reach)
    }

    /// Adds the machine to a model's weights.
    func add(to weights: inout TensorFileWriter, number: Int) {
        let name = Self.name(number)
        weights.add(name + "reach", shape: [reach.count], values: reach)
        weights.add(name + "mean", shape: [mean.count], values: mean)
        weights.add(name + "scale", shape: [scale.count], values: scale)
        weights.add(name + "exemplars", shape: [count, features], values: exemplars)
        weights.add(name + "coefficients", shape: [count, classes], values: coefficients)
    }

    private static func name(_ number: Int) -> String { "kernels.\(number)." }
}
