import Foundation
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
    private static let temperature: Float = 0.05
    /// No class of a network's is less probable than this.
    private static let least: Float = 1e-7
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

    /// The probabilities of some clips after every machine has had its say.
    ///
    /// Opinions are multiplied, each raised to its share (Hinton 2002): what either thinks impossible stays so, and both
    /// together are surer than each of them.
    func share(_ probabilities: [[Float]], of clips: [[MotionSample]]) -> [[Float]] {
        var result = probabilities
        var known: [MotionSummary.Form: [Float]] = [:]
        for judge in judges {
            let masses = result.map { row in judge.members.reduce(0) { $0 + row[$1] } }
            guard masses.contains(where: { $0 > Self.leastMass }), let summary = summaries[judge.form] else { continue }
            let numbers = known[judge.form] ?? clips.flatMap(summary.numbers)
            known[judge.form] = numbers
            let scores = judge.machine.scores(of: numbers)
            for (clip, mass) in masses.enumerated() {
                let logits = judge.members.enumerated().map { place, member in
                    (1 - judge.share) * log(max(result[clip][member], Self.least))
                        + judge.share * scores[clip * judge.members.count + place] / Self.temperature
                }
                for (member, probability) in zip(judge.members, Softmax.probabilities(of: logits, temperature: 1)) {
                    result[clip][member] = mass * probability
                }
            }
        }
        return result
    }
}
