import Inference

/// The kernel machines of a model, each of which shares out the probability of its classes anew.
struct KernelJudges: Sendable {
    private struct Judge: Sendable {
        let machine: KernelMachine
        let share: Float
        let form: MotionSummary.Form
        /// Indices of the model's classes.
        let members: [Int]
    }

    private let judges: [Judge]
    private let summaries: [MotionSummary.Form: MotionSummary]

    /// Scores differ by about 1 where a machine is sure.
    private static let temperature: Float = 0.1
    /// Less than this is not worth sharing out.
    private static let leastMass: Float = 0.01

    init(model: ActionModel) {
        let description = model.description
        judges = zip(model.kernels, description.kernels ?? []).map { machine, kernel in
            Judge(
                machine: machine, share: kernel.share, form: kernel.summary,
                members: kernel.classes.compactMap(model.classes.firstIndex))
        }
        summaries = Dictionary(
            uniqueKeysWithValues: Set(judges.map(\.form)).map { form in
                let frames = description.sampling.frames
                return (form, MotionSummary(form, normalisation: description.normalisation, frames: frames))
            })
    }

    /// The probabilities of a clip after every machine has had its say.
    func share(_ probabilities: [Float], of clip: [MotionSample]) -> [Float] {
        var result = probabilities
        var known: [MotionSummary.Form: [Float]] = [:]
        for judge in judges {
            let mass = judge.members.reduce(0) { $0 + result[$1] }
            guard mass > Self.leastMass, let summary = summaries[judge.form] else { continue }
            let numbers = known[judge.form] ?? summary.numbers(of: clip)
            known[judge.form] = numbers
            let opinion = ActionClassifier.softmax(
                judge.machine.scores(of: numbers), temperature: Self.temperature)
            for (member, probability) in zip(judge.members, opinion) {
                result[member] += judge.share * (mass * probability - result[member])
            }
        }
        return result
    }
}
