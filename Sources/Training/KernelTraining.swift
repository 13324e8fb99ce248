import Inference
import Recognition

/// Trains the kernel machine of a model on the clips that the network is trained on, and on varied copies of them.
struct KernelTraining {
    let assembler: BatchAssembler

    /// More are thinned out: the time to train grows with their cube.
    private static let mostExemplars = 2400

    /// The same machine for the same recipe and motions.
    func run() -> KernelMachine {
        let recipe = assembler.recipe
        let summary = MotionSummary(normalisation: recipe.normalisation, frames: recipe.sampling.frames)
        let clips = assembler.motions.count
        let copies = min(recipe.kernel.copies, max(0, Self.mostExemplars / clips - 1))
        let step = max(1, (clips + Self.mostExemplars - 1) / Self.mostExemplars)
        var inputs: [Float] = []
        var labels: [Int] = []
        for index in stride(from: 0, to: clips, by: step) {
            guard let plain = assembler.plainClip(of: index) else { continue }
            inputs += summary.numbers(of: plain.samples)
            labels.append(plain.label)
            for copy in 0..<copies {
                var stream = NumberStream(seed: recipe.seed &+ 0x6E51, index: UInt64(index * 4096 + copy))
                let varied = assembler.clip(of: index, using: &stream)
                inputs += summary.numbers(of: varied.samples)
                labels.append(varied.label)
            }
        }
        return KernelMachine(
            fitting: inputs, labels: labels, classes: assembler.classes.count, reach: recipe.kernel.reach,
            ridge: recipe.kernel.ridge)
    }
}
