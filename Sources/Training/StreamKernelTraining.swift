import Inference
import Recognition

/// Trains the kernel machine of a stream model on what its network is trained on: the last seconds of motion up to a
/// frame, and what was done at the moment that is spoken of then.
struct StreamKernelTraining {
    let sequences: SequenceAssembler
    /// How far the network looks ahead.
    let delay: Int

    /// The time that a judgement takes grows with them.
    private static let most = 1500
    /// Of them those that are cut straight from clips. Sequences show little of each clip, and it is the variety of what is
    /// none of the actions that keeps the judge from taking something new for one of them.
    private static let mostStraight = 500
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
        var exemplars = straight(frames)
        var number: UInt64 = 0
        // Passages have no labels: what is drawn may be too little, but not for ever.
        while exemplars.count < Self.most, number < 4096 {
            exemplars += spliced(number, frames)
            number += 1
        }
        exemplars = Array(exemplars.prefix(Self.most))
        guard exemplars.count > 1 else { return nil }
        let machine = KernelMachine(
            fitting: exemplars.flatMap { summary.numbers(of: $0.samples) }, summary.plainLayout,
            labels: exemplars.map(\.label), classes: sequences.classes.count,
            reach: settings.reach, ridge: settings.ridge, floor: settings.floor)
        let description = ActionModelDescription.Kernel(
            classes: sequences.classes, exemplars: exemplars.count, share: settings.share, summary: form, frames: frames
        )
        return (description, machine)
    }

    private typealias Exemplar = (samples: [MotionSample], label: Int)

    /// Stretches from anywhere in the clips.
    private func straight(_ frames: Int) -> [Exemplar] {
        let motions = sequences.motions
        guard !motions.isEmpty else { return [] }
        let draw = WeightedDraw(motions.map(\.weight))
        let period = sequences.recipe.sampling.period
        return (0..<Self.mostStraight).compactMap { number in
            var random = NumberStream(seed: sequences.recipe.seed &+ 0x57A1, index: UInt64(number))
            let motion = motions[draw(using: &random)]
            guard let label = sequences.classes.firstIndex(of: motion.label) else { return nil }
            let (first, last) = (motion.samples[0].time, motion.samples[motion.samples.count - 1].time)
            let start = first + max(0, last - first - Double(frames - 1) * period) * Double(random.unit())
            let times = (0..<frames).map { start + Double($0) * period }
            return (MotionResampling.resample(motion.samples, at: times), label)
        }
    }

    /// Stretches of a training sequence.
    private func spliced(_ number: UInt64, _ frames: Int) -> [Exemplar] {
        var random = NumberStream(seed: sequences.recipe.seed &+ 0x6E51, index: number)
        let sequence = sequences.sequence(using: &random)
        return stride(from: frames - 1, to: sequence.samples.count, by: Self.step).compactMap { newest in
            let label = sequence.labels[max(0, newest - delay)]
            return label < 0 ? nil : (Array(sequence.samples[newest - frames + 1...newest]), label)
        }
    }
}
