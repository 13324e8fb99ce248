import Inference
import Recognition

/// Trains the kernel machine of a stream model on what its network is trained on: the last seconds of motion up to a
/// frame, and what was done at the moment that is spoken of then.
struct StreamKernelTraining {
    let sequences: SequenceAssembler
    /// How far the network looks ahead.
    let delay: Int

    /// The time that a judgement takes grows with them.
    private static let exemplars = 1500
    /// Frames between two exemplars of one sequence, which are alike where they overlap far.
    private static let step = 7

    /// What `model.json` says of the machine, and the machine: the same for the same recipe and recordings. Nil where the
    /// recipe asks for none, and where too little is known of too short sequences.
    func run() -> (description: ActionModelDescription.Kernel, machine: KernelMachine)? {
        let recipe = sequences.recipe
        let settings = recipe.kernel
        let frames = Int((Double(settings.window) / recipe.sampling.period).rounded()) + 1
        guard settings.window > 0, settings.share > 0, frames > 1, frames <= recipe.sampling.frames else { return nil }
        let form = MotionSummary.Form(parts: settings.parts[0], hasStance: settings.stance)
        let summary = MotionSummary(form, normalisation: recipe.normalisation, frames: frames)
        var inputs: [Float] = []
        var labels: [Int] = []
        var number: UInt64 = 0
        // Passages have no labels: what is drawn may be too little, but not for ever.
        while labels.count < Self.exemplars, number < 4096 {
            var stream = NumberStream(seed: recipe.seed &+ 0x6E51, index: number)
            number += 1
            let sequence = sequences.sequence(using: &stream)
            for newest in stride(from: frames - 1, to: sequence.samples.count, by: Self.step) {
                let label = sequence.labels[max(0, newest - delay)]
                guard label >= 0, labels.count < Self.exemplars else { continue }
                inputs += summary.numbers(of: Array(sequence.samples[newest - frames + 1...newest]))
                labels.append(label)
            }
        }
        guard labels.count > 1 else { return nil }
        let machine = KernelMachine(
            fitting: inputs, labels: labels, classes: sequences.classes.count, reach: settings.reach,
            ridge: settings.ridge, floor: settings.floor)
        let description = ActionModelDescription.Kernel(
            classes: sequences.classes, exemplars: labels.count, share: settings.share, summary: form, frames: frames)
        return (description, machine)
    }
}
