import History
import Skeleton
import TestSupport

/// Makes skeletons and clips of them at random.
struct ClipMaker {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func number(_ range: ClosedRange<Float>) -> Float { Float.random(in: range, using: &generator) }

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }

    private mutating func point(_ reach: Float) -> SIMD3<Float> {
        SIMD3(number(-reach...reach), number(-reach...reach), number(-reach...reach))
    }

    /// A pose of which any part may be missing, but not all.
    mutating func pose(_ topology: SkeletonTopology) -> Pose {
        var pose = Pose(topology: topology, score: number(0...1))
        let parts = Int.random(in: 1..<8, using: &generator)
        if parts & 1 != 0 {
            pose.keypoints = (0..<topology.count).map { _ in
                guard !chance(0.1) else { return nil }
                let place = point(2)
                return Keypoint(
                    x: place.x, y: place.y, z: place.z, visibility: number(0...1), presence: number(0...1))
            }
        }
        if parts & 2 != 0 { pose.worldPoints = (0..<topology.count).map { _ in chance(0.1) ? nil : point(5) } }
        for side in HandPose.Side.allCases where parts & 4 != 0 {
            let joints = 0..<SkeletonTopology.hand21.count
            pose.hands.append(
                HandPose(
                    side: side, score: number(0...1), imagePoints: joints.map { _ in point(1) },
                    worldPoints: chance(0.5) ? joints.map { _ in point(0.2) } : []))
        }
        return pose
    }

    /// Somebody upright whose joints tremble about their places by as much as this in picture widths and metres.
    mutating func standing(trembling reach: Float, shift: Float = 0) -> Pose {
        let topology = SkeletonTopology.blazePose33
        let places = (0..<topology.count).map { SIMD3(0.3 + shift + 0.01 * Float($0), 0.1 + 0.02 * Float($0), 0.1) }
        return Pose(
            topology: topology,
            keypoints: places.map { place in
                let place = place + point(reach)
                return Keypoint(x: place.x, y: place.y, z: place.z, visibility: 0.9, presence: 0.95)
            }, worldPoints: places.map { $0 * 2 + point(reach) })
    }

    mutating func motion(_ topology: SkeletonTopology) -> ClipMotion {
        var samples: [ClipMotion.Sample] = []
        var offset = Duration.zero
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            samples.append(.init(offset: offset, pose: pose(topology)))
            offset += .microseconds(Int.random(in: 1...900_000, using: &generator))
        }
        return ClipMotion(topology: topology, aspectRatio: chance(0.2) ? nil : number(0.3...3), samples: samples)
    }
}

extension Pose {
    /// The greatest difference of a number, in the steps of its kind; nil where not the same is known.
    func steps(to other: Pose) -> Float? {
        guard topology == other.topology, keypoints.count == other.keypoints.count,
            worldPoints.count == other.worldPoints.count, hands.map(\.side) == other.hands.map(\.side)
        else { return nil }
        var pairs: [(Float, Float, ClipScale)] = [(score, other.score, .share)]
        for (a, b) in zip(keypoints, other.keypoints) {
            guard (a == nil) == (b == nil) else { return nil }
            guard let a, let b else { continue }
            pairs += [(a.x, b.x, .image), (a.y, b.y, .image), (a.z, b.z, .image)]
            pairs += [(a.visibility, b.visibility, .share), (a.presence, b.presence, .share)]
        }
        for (a, b) in zip(worldPoints, other.worldPoints) {
            guard (a == nil) == (b == nil) else { return nil }
            guard let a, let b else { continue }
            for axis in 0..<3 { pairs.append((a[axis], b[axis], .world)) }
        }
        for (a, b) in zip(hands, other.hands) {
            guard a.worldPoints.count == b.worldPoints.count else { return nil }
            pairs.append((a.score, b.score, .share))
            for (a, b) in zip(a.imagePoints, b.imagePoints) {
                for axis in 0..<3 { pairs.append((a[axis], b[axis], .image)) }
            }
            for (a, b) in zip(a.worldPoints, b.worldPoints) {
                for axis in 0..<3 { pairs.append((a[axis], b[axis], .hand)) }
            }
        }
        return pairs.map { abs($0.0 - $0.1) / $0.2.tolerance }.max()
    }
}
