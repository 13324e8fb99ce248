import Inference
import Recognition

/// Draws training clips, varies them and writes their features: the same for the same (seed, step, chunk).
struct BatchAssembler: Sendable {
    let recipe: Recipe
    let classes: [String]
    let motions: [LabelledMotion]
    /// For each motion its class.
    let labels: [Int]
    /// For each motion its pace, where the sampling cuts stillness off.
    private let paces: [MotionPace]
    /// For each motion the class of its mirror image; nil where that is no class.
    private let mirrorLabels: [Int?]
    /// For each class (or for all together) its motions, and their weights summed up one after another.
    private let drawn: [(motions: [Int], sums: [Float])]
    /// How often each of `drawn` is drawn, summed up one after another.
    private let groupSums: [Float]
    /// The class of clips in which nothing with a name is done, if there is one.
    private let nothing: Int?
    /// The class of standing idle, if there is one.
    private let still: Int?

    /// - Parameter motions: every label is one of `classes`, and every class has a motion.
    init(recipe: Recipe, classes: [String], motions: [LabelledMotion]) {
        self.recipe = recipe
        self.classes = classes
        self.motions = motions
        nothing = classes.firstIndex(of: ActionModel.nothing)
        still = classes.firstIndex(of: ActionModel.still)
        labels = motions.map { motion in
            guard let label = classes.firstIndex(of: motion.label) else {
                preconditionFailure("classes were made from the labels")
            }
            return label
        }
        let isTrimmed = recipe.sampling.span == .whole && recipe.sampling.trim > 0
        paces = isTrimmed ? motions.map { MotionPace($0.samples) } : []
        let mirrors = classes.map { classes.firstIndex(of: Self.mirrored($0)) }
        mirrorLabels = labels.map { mirrors[$0] }
        let groups = recipe.balanced ? classes.indices.map { [$0] } : [Array(classes.indices)]
        var groupSum: Float = 0
        groupSums = groups.map { group in
            groupSum += group.count > 1 ? 1 : recipe.classWeights[classes[group[0]]] ?? 1
            return groupSum
        }
        let labels = labels
        drawn = groups.map { group in
            let members = motions.indices.filter { group.contains(labels[$0]) }
            var sum: Float = 0
            return (
                members,
                members.map {
                    sum += motions[$0].weight
                    return sum
                }
            )
        }
    }

    /// So many chunks of a step differ.
    static let mostChunks = 64

    /// The name with its sides exchanged.
    static func mirrored(_ name: String) -> String {
        let marked = name.replacing("left", with: "\u{1}").replacing("Left", with: "\u{2}")
        return marked.replacing("right", with: "left").replacing("Right", with: "Left")
            .replacing("\u{1}", with: "right").replacing("\u{2}", with: "Right")
    }

    /// Writes the standardised features of one chunk, (C, N, T, V); returns its labels.
    func assemble(
        step: Int, chunk: Int, standardisation: FeatureStandardisation?,
        into input: UnsafeMutableBufferPointer<Float>
    ) -> [Int] {
        let features = ClipFeatures(normalisation: recipe.normalisation)
        var chosen: [Int] = []
        for clip in 0..<recipe.chunk {
            var stream = NumberStream(
                seed: recipe.seed &+ 0x5EED, index: UInt64((step * Self.mostChunks + chunk) * 4096 + clip))
            let index = draw(using: &stream)
            let (samples, label) = self.clip(of: index, using: &stream)
            features.write(samples, clip: clip, of: recipe.chunk, into: input)
            chosen.append(label)
        }
        standardisation?.apply(
            to: input,
            extent: BatchExtent(
                clips: recipe.chunk, frames: recipe.sampling.frames, joints: MotionSample.jointCount))
        return chosen
    }

    private func draw(using stream: inout NumberStream) -> Int {
        let group = drawn[Self.draw(groupSums, using: &stream)]
        return group.motions[Self.draw(group.sums, using: &stream)]
    }

    /// An index with the odds of the weights that were summed up.
    private static func draw(_ sums: [Float], using stream: inout NumberStream) -> Int {
        let place = stream.unit() * (sums.last ?? 0)
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// A motion as it is classified later, from every view, and its class.
    func plainClips(of index: Int) -> [(samples: [MotionSample], label: Int)] {
        recipe.sampling.clips(of: motions[index].samples).map { ($0, labels[index]) }
    }

    /// A varied clip of a motion, and its class.
    func clip(of index: Int, using stream: inout NumberStream) -> (samples: [MotionSample], label: Int) {
        let augmenter = MotionAugmenter(settings: recipe.augmentation)
        let motion = motions[index]
        var label = labels[index]
        var samples = cut(index, using: &stream)
        if stream.chance(recipe.augmentation.freeze), let nothing, motion.label != ActionModel.still {
            augmenter.freeze(&samples, using: &stream)
            // Whoever holds still between two movements stands.
            label = still.flatMap { samples[0].isAtRest ? $0 : nil } ?? nothing
        } else if stream.chance(recipe.augmentation.splice) {
            augmenter.splice(cut(draw(using: &stream), using: &stream), before: &samples, using: &stream)
        }
        if stream.chance(recipe.augmentation.arrival) { augmenter.arrive(&samples, using: &stream) }
        if let mirror = label == labels[index] ? mirrorLabels[index] : label, stream.chance(recipe.augmentation.mirror)
        {
            augmenter.mirror(&samples)
            label = mirror
        }
        augmenter.vary(&samples, isSeenByCamera: motion.isSeenByCamera, using: &stream)
        return (samples, label)
    }

    /// A clip of a motion at a random place, played at a random speed.
    private func cut(_ index: Int, using stream: inout NumberStream) -> [MotionSample] {
        let sampling = recipe.sampling
        let samples = motions[index].samples
        let fastest = Double(recipe.augmentation.speed)
        let unit = Double(stream.uniform(-1...1))
        let speed = unit >= 0 ? 1 + unit * (fastest - 1) : 1 / (1 - unit * (fastest - 1))
        let place = Double(stream.unit())
        var clip: [MotionSample]
        let duration: Double
        switch sampling.span {
        case .whole:
            var range = samples.indices
            if !paces.isEmpty { range = paces[index].range(above: sampling.trim * stream.uniform(0.5...2)) }
            let first = samples[range.lowerBound].time
            let whole = max(samples[range.upperBound - 1].time - first, 0.05)
            let span = whole * Double(stream.uniform(recipe.augmentation.crop...1))
            duration = span / speed
            let warp = recipe.augmentation.warp
            let bends = warp > 0 ? (0..<3).map { _ in warp * stream.normal() } : []
            clip = sampling.clip(
                of: samples, from: first + (whole - span) * place, spanning: span, bent: TimeCurve(bends))
        case .window, .stream:
            let (first, last) = (samples[0].time, samples[samples.count - 1].time)
            let whole = max(last - first, 0.05)
            let span = sampling.seconds * speed
            duration = sampling.seconds
            let end = span < whole ? first + span + (whole - span) * place : last
            clip = MotionResampling.resample(samples, at: sampling.times(endingAt: end, spanning: span))
        }
        for (index, time) in sampling.times(endingAt: duration, spanning: duration).enumerated() {
            clip[index].time = time
        }
        return clip
    }
}
