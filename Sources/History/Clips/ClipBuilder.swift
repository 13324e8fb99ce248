import Skeleton

/// A clip that grows, already in whole steps: about half a kilobyte a sample.
struct ClipBuilder: Sendable {
    let topology: SkeletonTopology
    let aspectRatio: Float?
    /// Microseconds since the beginning, growing.
    private(set) var offsets: [Int64] = []
    /// What each sample has.
    private(set) var parts: [ClipParts] = []
    private(set) var scores = ClipColumns(width: 1)
    private(set) var image: ClipColumns
    private(set) var shares: ClipColumns
    private(set) var world: ClipColumns
    private(set) var worldSeen: ClipColumns
    private(set) var hands = [ClipHand(), ClipHand()]

    init(topology: SkeletonTopology, aspectRatio: Float?) {
        self.topology = topology
        self.aspectRatio = aspectRatio
        image = ClipColumns(placesOf: topology)
        shares = ClipColumns(width: 2 * topology.count)
        world = ClipColumns(placesOf: topology)
        worldSeen = ClipColumns(width: topology.count)
    }

    /// More samples make no clip.
    static let mostSamples = 4000

    /// Adds a pose of the clip's topology, later than those before; false where nothing of the person is known, or there
    /// is no room for more.
    @discardableResult
    mutating func append(_ pose: Pose, at offset: Duration) -> Bool {
        precondition(pose.topology == topology, "a clip is of one kind of skeleton")
        let hands = HandPose.Side.allCases.map { side in pose.hands.first { $0.side == side && $0.isFinite } }
        let parts = ClipParts(pose, hands)
        let time = offset.inMicroseconds
        guard !parts.isEmpty, offsets.count < Self.mostSamples, time >= 0, time > offsets.last ?? -1 else {
            return false
        }
        offsets.append(time)
        self.parts.append(parts)
        scores.append(pose.score, .share)
        if parts.contains(.image) { append(pose.keypoints) }
        if parts.contains(.world) { append(pose.worldPoints) }
        for (index, hand) in hands.enumerated() {
            if let hand { self.hands[index].append(hand) }
        }
        return true
    }

    private mutating func append(_ keypoints: [Keypoint?]) {
        for keypoint in keypoints {
            guard let keypoint, keypoint.isFinite else {
                for _ in 0..<3 { image.hold() }
                for _ in 0..<2 { shares.appendUnseen() }
                continue
            }
            image.append(keypoint.x, .image)
            image.append(keypoint.y, .image)
            image.append(keypoint.z, .image)
            shares.append(min(max(keypoint.visibility, 0), 1), .share)
            shares.append(min(max(keypoint.presence, 0), 1), .share)
        }
    }

    private mutating func append(_ points: [SIMD3<Float>?]) {
        for point in points {
            let known = point.flatMap { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite ? $0 : nil }
            worldSeen.append(known != nil)
            for axis in 0..<3 {
                if let known { world.append(known[axis], .world) } else { world.hold() }
            }
        }
    }
}

extension Keypoint {
    fileprivate var isFinite: Bool {
        x.isFinite && y.isFinite && z.isFinite && visibility.isFinite && presence.isFinite
    }
}
