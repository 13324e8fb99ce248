import Inference
import Recognition

/// Trains the kernel machines of a model on the clips that the network is trained on, from every view of a recording that
/// is classified later, and on varied copies of them.
struct KernelTraining {
    private let assembler: BatchAssembler

    /// More are thinned out: the time to train grows with their cube.
    private static let mostExemplars = 2400

    /// - Parameter assembler: of the network's training; copies for the machines differ in side and time alone, since
    ///   what is near is judged by places, which errors of a camera would blur.
    init(assembler: BatchAssembler) {
        var recipe = assembler.recipe
        var own = AugmentationSettings.none
        own.mirror = recipe.augmentation.mirror
        own.warp = recipe.augmentation.warp
        own.reach = recipe.augmentation.reach
        own.crop = recipe.augmentation.crop
        recipe.augmentation = own
        self.assembler = BatchAssembler(recipe: recipe, classes: assembler.classes, motions: assembler.motions)
    }

    /// What `model.json` says of each machine, and the machines: the same for the same recipe and motions.
    func run() -> [(description: ActionModelDescription.Kernel, machine: KernelMachine)] {
        let settings = assembler.recipe.kernel
        guard settings.share > 0, assembler.recipe.sampling.span == .whole else { return [] }
        let classes = assembler.classes
        var groups = [Array(classes.indices)]
        if settings.within > 0 {
            let names = classes.map { $0.split(separator: ClipSelection.separator).first ?? "" }
            groups += Set(names).sorted().map { name in classes.indices.filter { names[$0] == name } }
                .filter { 2..<classes.count ~= $0.count }
        }
        return groups.flatMap { group in
            let clips = clips(of: Set(group))
            let total = group.count == classes.count ? settings.share : settings.within
            return settings.parts.enumerated().map {
                number, parts -> (description: ActionModelDescription.Kernel, machine: KernelMachine) in
                // Each weighs as much as the others in the end, though the later ones share out what was shared.
                let weight = total / Float(settings.parts.count)
                let share = weight / (1 - total + weight * Float(number + 1))
                let form = MotionSummary.Form(parts: parts, hasStance: settings.stance, distances: settings.distances)
                let machine = machine(clips, group, form)
                let description = ActionModelDescription.Kernel(
                    classes: group.map { classes[$0] }, exemplars: machine.count, share: share, summary: form)
                return (description, machine)
            }
        }
    }

    /// Views of the clips of some classes, and varied copies of them.
    private func clips(of group: Set<Int>) -> [(samples: [MotionSample], label: Int)] {
        let recipe = assembler.recipe
        let members = assembler.motions.indices.filter { group.contains(assembler.labels[$0]) }
        let views = max(1, recipe.sampling.views)
        let copies = min(recipe.kernel.copies, max(0, Self.mostExemplars / members.count - views))
        let step = max(1, (members.count * views + Self.mostExemplars - 1) / Self.mostExemplars)
        return stride(from: 0, to: members.count, by: step).flatMap { place in
            let index = members[place]
            return assembler.plainClips(of: index)
                + (0..<copies).map { copy in
                    var random = NumberStream(seed: recipe.seed &+ 0x6E51, index: UInt64(index * 4096 + copy))
                    return assembler.clip(of: index, using: &random)
                }.filter { group.contains($0.label) }
        }
    }

    private func machine(
        _ clips: [(samples: [MotionSample], label: Int)], _ group: [Int], _ form: MotionSummary.Form
    ) -> KernelMachine {
        let recipe = assembler.recipe
        let summary = MotionSummary(form, normalisation: recipe.normalisation, frames: recipe.sampling.frames)
        return KernelMachine(
            fitting: clips.flatMap { summary.numbers(of: $0.samples) }, summary.layout,
            labels: clips.map { group.firstIndex(of: $0.label) ?? 0 }, classes: group.count,
            reach: recipe.kernel.reach, ridge: recipe.kernel.ridge, floor: recipe.kernel.floor)
    }
}
