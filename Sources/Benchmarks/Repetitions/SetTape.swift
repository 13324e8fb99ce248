import Foundation
import LabanServer
import Lifting
import MotionRules
import Pipeline
import Puppet
import Randomness
import Skeleton

/// A puppet's set as a camera sees it, frame by frame, with the truth about it.
struct SetTape {
    /// From where it is seen.
    enum View: String, CaseIterable {
        case front, diagonal, side
    }

    /// What the skeletons are.
    enum Source: String, CaseIterable {
        /// Without any error.
        case exact
        /// With the errors of pose networks.
        case picture
        /// With these errors, and nothing but places in the picture.
        case flat
        /// The same, lifted to space.
        case lifted
    }

    /// One repetition as it truly was, in seconds.
    struct Truth {
        var start: Double
        var turn: ClosedRange<Double>
        var end: Double
        /// How far the rule's measure went on the exact skeleton, in its unit.
        var range: Float
        var isPartial: Bool
    }

    let set: PuppetSet
    let view: View
    private let source: Source
    let truth: [Truth]
    /// At `rate` frames a second.
    private let frames: [SkeletonFrame]

    /// Frames a second of what is filmed.
    static let rate = 60

    /// - Parameters:
    ///   - partials: how many repetitions go only 40 to 70 % as far.
    ///   - exercise: whose measure of range is taken.
    init(
        _ kind: PuppetExercise, fault: PuppetFault?, partials: Int, view: View, source: Source, exercise: Exercise,
        seed: UInt64
    ) {
        var random = SplitMix64(seed: seed, index: 0x7A9E)
        let count = 6 + Int(random.uniform(0...4.99))
        // The first two tell what is usual.
        let places = Array(2..<count).shuffled(using: &random).prefix(partials)
        let shares = Dictionary(uniqueKeysWithValues: places.map { ($0, random.uniform(0.4...0.7)) })
        let gauge = Gauge(exercise.range.measure)
        let set = PuppetSet(kind, fault: fault, count: count, shares: shares, seed: seed, measure: gauge.value)
        self.set = set
        self.view = view
        truth = set.repetitions.enumerated().map { index, repetition in
            Truth(
                start: repetition.start, turn: repetition.turnStart...repetition.turnEnd, end: repetition.end,
                range: gauge.range(of: set, repetition), isPartial: shares[index] != nil)
        }
        let camera = Self.camera(view, aim: set.skeleton(at: 0).pelvis.y + 0.05, using: &random)
        let ratio = camera.aspectRatio
        var poses = (0..<Int(set.duration * Double(Self.rate))).map {
            camera.pose(of: set.skeleton(at: Double($0) / Double(Self.rate)))
        }
        if source != .exact {
            poses = BlazePoseNoise().applied(to: poses, frameRate: Double(Self.rate), using: &random)
        }
        if source == .flat || source == .lifted { for index in poses.indices { poses[index].worldPoints = [] } }
        self.source = source
        frames = poses.enumerated().map { index, pose in
            SkeletonFrame(
                camera: "stage", index: index, presentationTime: .seconds(Double(index) / Double(Self.rate)),
                aspectRatio: ratio, people: [TrackedPose(track: TrackID(1), pose: pose)])
        }
    }

    private static func camera(_ view: View, aim: Float, using random: inout SplitMix64) -> PuppetCamera {
        let degrees: Float =
            switch view {
            case .front: random.uniform(-15...15)
            case .diagonal: random.uniform(30...55) * (random.chance(0.5) ? 1 : -1)
            case .side: random.uniform(75...95) * (random.chance(0.5) ? 1 : -1)
            }
        return PuppetView(
            azimuth: degrees * .pi / 180, distance: random.uniform(2.6...5), height: random.uniform(0.7...1.6)
        ).camera(aim: aim)
    }

    /// The frames of a camera that takes so many a second.
    ///
    /// - Parameter dropped: share of them that are lost at random.
    func frames(rate: Int, dropping dropped: Float = 0) -> [SkeletonFrame] {
        var random = SplitMix64(seed: UInt64(truth.count), index: 0xD409)
        let taken = stride(from: 0, to: frames.count, by: Self.rate / rate).map { frames[$0] }
            .filter { _ in dropped == 0 || !random.chance(dropped) }
        return source == .lifted ? Self.lifted(taken) : taken
    }

    /// As a camera pipeline lifts them; where they come from is not said, so that they count as measured.
    private static func lifted(_ frames: [SkeletonFrame]) -> [SkeletonFrame] {
        var parts = PipelineParts()
        guard let network = try? LiftingNetwork.shipped() else { return frames }
        parts.lifting = network
        guard var pipeline = try? CameraPipeline(camera: "stage", parts: parts) else { return frames }
        return frames.map { frame in
            var frame = pipeline.step(frame).skeletons
            for index in frame.people.indices { frame.people[index].pose.worldSource = .measured }
            return frame
        }
    }
}

/// Takes a measure of exact skeletons.
private struct Gauge {
    private let measure: Measure
    /// Level, so that what is upright in its picture is.
    private let camera = PuppetCamera(azimuth: 0.4, distance: 4, height: 1, aim: 1)

    init(_ measure: Measure) { self.measure = measure }

    func value(of skeleton: PuppetSkeleton) -> Float {
        var measurer = Measurer(measures: [measure])
        measurer.update(camera.pose(of: skeleton), aspectRatio: camera.aspectRatio, at: .zero)
        return measurer.values[0]?.value ?? 0
    }

    /// Between the least and the greatest value of a repetition.
    func range(of set: PuppetSet, _ repetition: PuppetRepetition) -> Float {
        let values = stride(from: repetition.start, through: repetition.end, by: 0.01).map {
            value(of: set.skeleton(at: $0))
        }
        return (values.max() ?? 0) - (values.min() ?? 0)
    }
}
