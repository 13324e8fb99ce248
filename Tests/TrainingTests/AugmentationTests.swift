import Foundation
import Randomness
import Recognition
import Skeleton
import TestSupport
import Testing
import Training

struct AugmentationTests {
    private static func accuracy(_ recipe: Recipe, on motions: [LabelledMotion], training: [LabelledMotion]) throws
        -> Double
    {
        let folder = try TemporaryFolder()
        let run = try TrainingRun(motions: training, recipe: recipe, output: folder.file("model").path)
        let model = try #require(try run.run())
        return try Evaluation(model: model, motions: motions).top1
    }

    @Test("mirroring teaches the other side of a movement, label and all")
    func mirrorSwapsSides() throws {
        // Only left arms are shown; right ones are known from the mirror alone.
        var recipe = ToyMotions.recipe
        recipe.epochs = 20
        let all = ToyMotions.make(clips: 16, seed: 1)
        let left = all.filter { $0.label != "right_up" }
        let one = all.first { $0.label == "right_up" }
        var training = left
        // A single clip makes the class known; it is all but never drawn.
        if var one {
            one.weight = 1e-6
            training.append(one)
        }
        recipe.balanced = false
        let right = ToyMotions.make(clips: 8, seed: 5).filter { $0.label == "right_up" }
        recipe.augmentation.mirror = 0.5
        #expect(try Self.accuracy(recipe, on: right, training: training) > 0.8)
        recipe.augmentation.mirror = 0
        #expect(try Self.accuracy(recipe, on: right, training: training) < 0.5)
    }

    @Test("a model learns through every kind of variation at once")
    func everything() throws {
        var recipe = ToyMotions.recipe
        recipe.epochs = 24
        recipe.augmentation.rotation = 180
        recipe.augmentation.lean = 0.2
        recipe.augmentation.legs = 0.1
        recipe.augmentation.freeze = 0.1
        recipe.augmentation.drift = 0.2
        recipe.augmentation.landmarks = 0.1
        recipe.augmentation.flicker = 0.3
        recipe.augmentation.swaps = 0.1
        recipe.augmentation.flat = 0.3
        recipe.augmentation.posture = 8
        recipe.augmentation.tempo = 0.4
        recipe.augmentation.sparse = 0.3
        let test = ToyMotions.make(clips: 8, seed: 5)
        #expect(try Self.accuracy(recipe, on: test, training: ToyMotions.make(clips: 20, seed: 1)) > 0.8)
    }

    /// Settings that leave everything as it is.
    private static var still: AugmentationSettings {
        var settings = AugmentationSettings()
        (settings.rotation, settings.tilt, settings.bones, settings.depth, settings.lean) = (0, 0, 0, 1, 0)
        (settings.bias, settings.jitter, settings.lag, settings.limbs, settings.rootless) = (0, 0, 0, 0, 0)
        return settings
    }

    private static func varied(_ settings: AugmentationSettings, seed: UInt64) -> (
        before: [MotionSample], after: [MotionSample]
    ) {
        var before = ToyMotions.make(clips: 1, seed: seed)[0].samples
        // Every joint is under way all the time.
        for index in before.indices {
            for joint in 0..<MotionSample.jointCount {
                let phase = Float(before[index].time) + 0.4 * Float(joint)
                before[index].points[joint] += 0.05 * SIMD3(sin(3 * phase), cos(5 * phase), sin(2 * phase))
            }
        }
        var after = before
        var random = SplitMix64(seed: seed)
        MotionAugmenter(settings: settings).vary(&after, isSeenByCamera: false, using: &random)
        return (before, after)
    }

    private static func length(_ bone: SIMD3<Float>) -> Float { (bone * bone).sum().squareRoot() }

    @Test(
        "limbs held otherwise keep their lengths, and are held so all the time", arguments: 1...8 as ClosedRange<UInt64>
    )
    func posture(seed: UInt64) {
        var settings = Self.still
        settings.posture = 10
        let (before, after) = Self.varied(settings, seed: seed)
        for (a, b) in [(4, 5), (5, 6), (7, 8), (8, 9), (10, 11), (11, 12), (13, 14), (14, 15), (0, 2)] {
            for (old, new) in zip(before, after) {
                let lengths = (Self.length(old.points[b] - old.points[a]), Self.length(new.points[b] - new.points[a]))
                #expect(abs(lengths.0 - lengths.1) < 1e-4)
            }
        }
        #expect(Self.length(after[0].points[6] - before[0].points[6]) > 0.001)
        // The same turn in every frame: angles between a limb's directions at two moments stay.
        let (first, last) = (0, before.count - 1)
        func swing(_ samples: [MotionSample]) -> Float {
            let (u, v) = (
                samples[first].points[11] - samples[first].points[10],
                samples[last].points[11] - samples[last].points[10]
            )
            return (u * v).sum()
        }
        #expect(abs(swing(before) - swing(after)) < 1e-4)
    }

    @Test(
        "thinned motion has its times, and between frames that stay it is straight",
        arguments: 1...8 as ClosedRange<UInt64>)
    func sparse(seed: UInt64) {
        var settings = Self.still
        settings.sparse = 1
        let (before, after) = Self.varied(settings, seed: seed)
        #expect(before.map(\.time) == after.map(\.time))
        let kept = zip(before, after).count { $0.points[6] == $1.points[6] }
        #expect(kept < before.count && kept >= before.count / 3)
    }

    @Test("moments at a changing tempo grow from the first to the last", arguments: [Float(0), 0.3, 0.9])
    func tempo(depth: Float) {
        var settings = AugmentationSettings()
        settings.tempo = depth
        var random = SplitMix64(seed: 3)
        let moments = settings.moments(40, using: &random)
        #expect(moments.count == 40 && moments[0] == 0 && abs(moments[39] - 39) < 1e-6)
        #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 })
        #expect((moments == (0..<40).map(Double.init)) == (depth == 0))
    }
}
