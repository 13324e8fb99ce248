import Inference
import Randomness
import Recognition
import Skeleton

/// Draws training sequences with a label for every frame: stretches of long recordings, clips from their beginning, and
/// clips spliced into sequences. Varies them and writes their features as a model sees them. The same for the same (seed,
/// step, chunk).
struct SequenceAssembler: Sendable {
    let recipe: Recipe
    let classes: [String]
    /// Long recordings and clips.
    private let streams: [LabelledStream]
    private let splicer: ClipSplicer?
    private let anchors: Anchors
    /// For each class its mirror image; nil where that is no class.
    private let mirrorLabels: [Int?]
    /// Which frames the network's outputs speak of, and when they are there.
    private let window: FeatureWindow

    /// The stretches that sequences are drawn around.
    private struct Anchors {
        let places: [(stream: Int, segment: LabelledStream.Segment)]
        let groups: [[Int]]
        let group: WeightedDraw
        let members: [WeightedDraw]
    }

    /// - Parameters:
    ///   - classes: the labels of all streams and motions are among them.
    ///   - window: of the network that is trained.
    init(
        recipe: Recipe, classes: [String], streams: [LabelledStream], motions: [LabelledMotion], window: FeatureWindow
    ) {
        self.recipe = recipe
        self.classes = classes
        self.streams = streams + motions.map(LabelledStream.init)
        self.window = window
        mirrorLabels = classes.map { classes.firstIndex(of: Self.mirrored($0)) }
        let clips = motions + streams.flatMap(\.clips)
        splicer = clips.isEmpty ? nil : ClipSplicer(recipe: recipe, classes: classes, clips: clips)
        anchors = Self.anchors(self.streams, classes: classes, recipe: recipe)
        count = streams.count + motions.count
        inventory =
            streams.map { "\($0.name) \($0.segments.count) \($0.samples.count)" }
            + motions.map { "\($0.name) \($0.label) \($0.samples.count)" }
    }

    /// How many clips and recordings it draws from.
    let count: Int
    /// What it draws from, to tell one training from another.
    let inventory: [String]
    /// So many chunks of a step differ.
    static let mostChunks = 64

    /// The name with its sides exchanged.
    static func mirrored(_ name: String) -> String {
        let marked = name.replacing("left", with: "\u{1}").replacing("Left", with: "\u{2}")
        return marked.replacing("right", with: "left").replacing("Right", with: "Left")
            .replacing("\u{1}", with: "right").replacing("\u{2}", with: "Right")
    }

    private static func anchors(_ streams: [LabelledStream], classes: [String], recipe: Recipe) -> Anchors {
        let places = streams.enumerated().flatMap { index, stream in
            stream.stretches.map { (stream: index, segment: $0) }
        }
        let groups = classes.map { label in places.indices.filter { places[$0].segment.label == label } }
            .filter { !$0.isEmpty }
        let members = groups.map { group in
            WeightedDraw(
                group.map { streams[places[$0].stream].weight * Self.odds(of: places[$0].segment) })
        }
        let weights = groups.map { group in
            let share = recipe.classWeights[places[group[0]].segment.label] ?? 1
            return recipe.balanced
                ? share
                : share * group.reduce(0) { $0 + streams[places[$1].stream].weight * Self.odds(of: places[$1].segment) }
        }
        return Anchors(places: places, groups: groups, group: WeightedDraw(weights), members: members)
    }

    /// Long stretches have more to show.
    private static func odds(of segment: LabelledStream.Segment) -> Float {
        Float(max(segment.end - segment.start, 1))
    }

    /// Writes the standardised features of one chunk, (C, N, T, V).
    ///
    /// - Returns: the class of each row of logits; negative where none is asked for.
    func assemble(
        step: Int, chunk: Int, standardisation: FeatureStandardisation?, into input: UnsafeMutableBufferPointer<Float>
    ) -> [Int] {
        let frames = recipe.sampling.frames
        let receptiveField = window.receptiveField
        let outputs = receptiveField.outputFrames(frames)
        let augmenter = MotionAugmenter(settings: recipe.augmentation)
        var labels: [Int] = []
        labels.reserveCapacity(recipe.chunk * outputs)
        for index in 0..<recipe.chunk {
            var random = SplitMix64(
                seed: recipe.seed &+ 0x5EED, index: UInt64((step * Self.mostChunks + chunk) * 4096 + index))
            var sequence = sequence(using: &random)
            augmenter.vary(&sequence.samples, isSeenByCamera: sequence.isSeenByCamera, using: &random)
            write(sequence.samples, sequence: index, standardisation: standardisation, into: input)
            for output in 0..<outputs {
                // Live, an output has seen the frames it looks ahead to, and a window full: what lacks them is not asked.
                let frame = receptiveField.inputFrame(of: output)
                let isAsLive = frame + receptiveField.delay < frames && output + 1 >= window.length
                labels.append(isAsLive ? sequence.labels[frame] : -1)
            }
        }
        return labels
    }

    /// A sequence at a random speed, mirrored or not, without a camera's errors and views.
    func sequence(using random: inout SplitMix64) -> LabelledFrames {
        var sequence: LabelledFrames
        if let splicer, random.chance(recipe.sequence.spliced) {
            sequence = splicer.sequence(using: &random)
        } else {
            sequence = crop(using: &random)
        }
        if random.chance(recipe.augmentation.freeze), let nothing = classes.firstIndex(of: ActionModel.nothing) {
            sequence.freeze(
                as: nothing, except: classes.indices.filter { ActionModel.postures.contains(classes[$0]) },
                period: recipe.sampling.period,
                using: &random)
        }
        if random.chance(recipe.augmentation.mirror),
            sequence.labels.allSatisfy({ $0 < 0 || mirrorLabels[$0] != nil })
        {
            sequence.samples.mirror()
            sequence.labels = sequence.labels.map { $0 < 0 ? $0 : mirrorLabels[$0] ?? -1 }
        }
        return sequence
    }

    /// A stretch of a recording around some moment of a class, or a clip from its beginning, played at a random speed.
    private func crop(using random: inout SplitMix64) -> LabelledFrames {
        let group = anchors.group(using: &random)
        let place = anchors.places[anchors.groups[group][anchors.members[group](using: &random)]]
        let source = streams[place.stream]
        let sampling = recipe.sampling
        let speed = recipe.augmentation.drawSpeed(using: &random)
        let span = sampling.seconds * speed
        let moment = place.segment.start + (place.segment.end - place.segment.start) * Double(random.unit())
        // The moment lies anywhere in the sequence where the network is asked for it.
        let earliest = source.samples[0].time
        let latest = max(earliest, source.samples[source.samples.count - 1].time - span)
        let from = min(max(moment - span * Double(random.uniform(0.05...0.95)), earliest), latest)
        let times = (0..<sampling.frames).map { from + span * Double($0) / Double(sampling.frames - 1) }
        var samples = MotionResampling.resample(source.samples, at: times)
        let stretches = source.stretches
        let labels = times.map { time -> Int in
            guard time <= source.samples[source.samples.count - 1].time,
                let stretch = stretches.first(where: { $0.start <= time && time <= $0.end })
            else { return -1 }
            return classes.firstIndex(of: stretch.label) ?? -1
        }
        for index in samples.indices { samples[index].time = Double(index) * sampling.period }
        return LabelledFrames(samples: samples, labels: labels, isSeenByCamera: source.isSeenByCamera)
    }

    /// Writes the features of one sequence into a batch, (C, N, T, V).
    private func write(
        _ samples: [MotionSample], sequence: Int, standardisation: FeatureStandardisation?,
        into input: UnsafeMutableBufferPointer<Float>
    ) {
        let joints = MotionSample.jointCount
        let channels = MotionFeatures.channels
        let row = recipe.chunk * samples.count * joints
        var features = MotionFeatures(normalisation: recipe.normalisation, period: recipe.sampling.period)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: joints * channels) { frame in
            for (index, sample) in samples.enumerated() {
                features.next(sample, into: frame)
                standardisation?.apply(toFrame: frame)
                let at = (sequence * samples.count + index) * joints
                for joint in 0..<joints {
                    for channel in 0..<channels {
                        input[channel * row + at + joint] = frame[joint * channels + channel]
                    }
                }
            }
        }
    }
}
