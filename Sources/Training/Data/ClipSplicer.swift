import Foundation
import Inference
import Randomness
import Recognition
import Skeleton

/// Puts clips one after another into sequences, as if one person did one thing after the other: of one size, facing the
/// way they faced, going on from where they were, with short passages between.
struct ClipSplicer: Sendable {
    private typealias Joint = MotionSample.Joint

    private let recipe: Recipe
    private let clips: [LabelledMotion]
    private let labels: [Int]
    private let groups: [[Int]]
    private let group: WeightedDraw
    private let members: [WeightedDraw]

    /// - Parameter clips: at least one; every label is one of `classes`.
    init(recipe: Recipe, classes: [String], clips: [LabelledMotion]) {
        self.recipe = recipe
        self.clips = clips
        let labels = clips.map { clip in
            guard let label = classes.firstIndex(of: clip.label) else {
                preconditionFailure("classes were made from the labels")
            }
            return label
        }
        self.labels = labels
        let all = recipe.balanced ? classes.indices.map { [$0] } : [Array(classes.indices)]
        let groups = all.map { group in clips.indices.filter { group.contains(labels[$0]) } }.filter { !$0.isEmpty }
        self.groups = groups
        group = WeightedDraw(
            groups.map { recipe.balanced ? recipe.classWeights[classes[labels[$0[0]]]] ?? 1 : 1 })
        members = groups.map { group in WeightedDraw(group.map { clips[$0].weight }) }
    }

    /// A sequence as long as the recipe's sampling has it.
    func sequence(using random: inout SplitMix64) -> LabelledFrames {
        let (frames, period) = (recipe.sampling.frames, recipe.sampling.period)
        var result = LabelledFrames(samples: [], labels: [], isSeenByCamera: true)
        while result.samples.count < frames {
            let group = group(using: &random)
            let index = groups[group][members[group](using: &random)]
            var piece = cut(clips[index].samples, isFirst: result.samples.isEmpty, using: &random)
            if let last = result.samples.last {
                join(&piece, to: last, turning: !clips[index].isSeenByCamera, using: &random)
                let passage = max(1, Int(Double(random.uniform(0.1...max(0.1, recipe.sequence.passage))) / period))
                for step in 1...passage {
                    result.samples.append(
                        between(last, piece[0], share: Float(step) / Float(passage + 1)))
                    result.labels.append(-1)
                }
            }
            result.isSeenByCamera = result.isSeenByCamera && clips[index].isSeenByCamera
            result.samples += piece
            result.labels += [Int](repeating: labels[index], count: piece.count)
        }
        result.samples.removeSubrange(frames...)
        result.labels.removeSubrange(frames...)
        for index in result.samples.indices { result.samples[index].time = Double(index) * period }
        return result
    }

    /// A clip, or a part of a long one, at the network's cadence and a random speed. The first one of a sequence may have
    /// begun before the sequence does.
    private func cut(
        _ samples: [MotionSample], isFirst: Bool, using random: inout SplitMix64
    ) -> [MotionSample] {
        let speed = recipe.augmentation.drawSpeed(using: &random)
        let (first, last) = (samples[0].time, samples[samples.count - 1].time)
        let most = Double(recipe.sequence.longest * random.uniform(0.4...1)) * speed
        var span = last - first
        var from = first
        if span > most {
            from += (span - most) * Double(random.unit())
            span = most
        }
        if isFirst {
            let missed = span * Double(random.uniform(0...0.7))
            from += missed
            span -= missed
        }
        let count = max(2, Int(span / speed / recipe.sampling.period) + 1)
        let step = recipe.sampling.period * speed
        let moments = recipe.augmentation.moments(count, using: &random)
        return MotionResampling.resample(samples, at: moments.map { from + $0 * step })
    }

    /// Brings a piece to the size, the place and the facing of the sample it goes on from.
    private func join(
        _ piece: inout [MotionSample], to last: MotionSample, turning: Bool, using random: inout SplitMix64
    ) {
        let factor = size(last) / size(piece[0])
        let turn = turning ? facing(piece[0]) - facing(last) + 0.4 * random.normal() : 0
        let (c, s) = (cos(turn), sin(turn))
        func turned(_ p: SIMD3<Float>) -> SIMD3<Float> { SIMD3(c * p.x + s * p.z, p.y, c * p.z - s * p.x) * factor }
        let origin = piece[0].root
        for index in piece.indices {
            for joint in 0..<MotionSample.jointCount {
                piece[index].points[joint] = turned(piece[index].points[joint])
            }
            switch (last.root, origin, piece[index].root) {
            case (.world(let base), .world(let from), .world(let to)):
                piece[index].root = .world(base + turned(to - from))
            case (.image(let base, let scale), .image(let from, let own), .image(let to, _)):
                piece[index].root = .image(base + (to - from) * (scale / max(own, 1e-6)), perMetre: scale)
            default: piece[index].root = .unknown
            }
        }
    }

    /// The length of the torso, or 0.5 where it is not seen.
    private func size(_ sample: MotionSample) -> Float {
        guard sample.isSeen(Joint.pelvis), sample.isSeen(Joint.neck) else { return 0.5 }
        let torso = sample.points[Joint.neck] - sample.points[Joint.pelvis]
        return max((torso * torso).sum().squareRoot(), 1e-3)
    }

    /// The angle about the vertical of the line from the right shoulder to the left one.
    private func facing(_ sample: MotionSample) -> Float {
        let across = sample.points[Joint.leftShoulder] - sample.points[Joint.rightShoulder]
        return atan2(across.z, across.x)
    }

    private func between(_ a: MotionSample, _ b: MotionSample, share: Float) -> MotionSample {
        // From pose to pose the way is slow at both ends.
        let eased = share * share * (3 - 2 * share)
        var sample = share < 0.5 ? a : b
        sample.seen = a.seen & b.seen
        // Bodies are in different places of their sources' spaces: what moves is the pose about the pelvis.
        for joint in 0..<MotionSample.jointCount {
            sample.points[joint] =
                (a.points[joint] - a.points[Joint.pelvis]) * (1 - eased)
                + (b.points[joint] - b.points[Joint.pelvis]) * eased
        }
        return sample
    }
}
