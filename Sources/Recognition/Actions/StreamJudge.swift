import Inference

/// The kernel machine beside a stream model's network: it judges the last seconds of a person's motion as a whole, by how
/// near they are to what was trained on, and has its share in what is said of each moment.
struct StreamJudge {
    /// Frames that are judged, the newest last.
    let frames: Int
    private let machine: KernelMachine
    private let summary: MotionSummary
    private let share: Float
    /// (people, F).
    private var inputs: [Float] = []
    private var opinion: [Float]

    /// Scores differ by about 1 where the machine is sure.
    private static let temperature: Float = 0.1

    /// - Returns: nil for a model without one.
    init?(model: ActionModel) {
        guard let machine = model.kernels.first, let kernel = model.description.kernels?.first,
            let frames = kernel.frames
        else { return nil }
        self.machine = machine
        self.frames = frames
        summary = MotionSummary(kernel.summary, normalisation: model.description.normalisation, frames: frames)
        share = kernel.share
        opinion = [Float](repeating: 0, count: model.classes.count)
    }

    /// Forgets whom it was to judge.
    mutating func reset() { inputs.removeAll(keepingCapacity: true) }

    /// - Parameter trail: the last `frames` samples of the next person to judge.
    mutating func add(_ trail: [MotionSample]) { inputs += summary.numbers(of: trail) }

    /// The classes' scores for everybody who was added: (people, classes).
    func scores() -> [Float] { machine.scores(of: inputs) }

    /// Mixes what the scores of one person say into the network's probabilities.
    mutating func mix(_ scores: ArraySlice<Float>, into probabilities: inout [Float]) {
        Softmax.apply(scores, temperature: Self.temperature, into: &opinion)
        for label in probabilities.indices { probabilities[label] += share * (opinion[label] - probabilities[label]) }
    }
}
