import Imaging
import Skeleton

/// One wrist of one person: where the body expects the hand, and the hand found there.
struct Arm {
    let track: TrackID
    let side: HandPose.Side
    private(set) var expected: ExpectedHand?
    private(set) var hand: FollowedHand?
    private var lastSearch: Duration?
    /// How far the body's wrist has moved since the hand was read.
    private var motion = SIMD2<Float>.zero

    init(track: TrackID, side: HandPose.Side) {
        self.track = track
        self.side = side
    }

    /// A hand further from the body's wrist than so many hand lengths is somebody else's, or the other one.
    private static let reach: Float = 0.8
    /// A hand's region is this many hand lengths wide, bent or seen edge-on as it may be.
    private static let regionSizes: ClosedRange<Float> = 0.5...4
    /// How many hand lengths of distance it counts when a hand looks like one of the other side.
    private static let sideWeight: Float = 0.5
    /// Hands of fewer pixels are not looked for: the networks see nothing in them.
    private static let leastLength: Float = 16

    /// Notes where the body of the present frame expects the hand.
    mutating func expect(_ next: ExpectedHand?) {
        motion = if let next, let expected { next.wrist - expected.wrist } else { .zero }
        expected = next
        if next == nil { hand = nil }
    }

    /// Where to read the hand followed: where it was, moved along with the body's wrist.
    var followedRegion: CropRegion? {
        guard var region = hand?.region else { return nil }
        region.center += motion
        return region
    }

    /// Where the body has a hand that is in sight but not found; nil when a hand is followed or none can be seen.
    func missingHand(in size: SIMD2<Float>, _ settings: HandSettings) -> ExpectedHand? {
        guard hand == nil, let expected, expected.confidence >= settings.wristConfidence,
            expected.length >= Self.leastLength, expected.isInside(size)
        else { return nil }
        return expected
    }

    /// Whether the palm detector may look for the hand again; if so, it is taken to do so now.
    mutating func claimSearch(at time: Duration, period: Duration) -> Bool {
        if let lastSearch, time - lastSearch < period { return false }
        lastSearch = time
        return true
    }

    /// The region of the palm most likely to be this arm's.
    func region(of palms: [PalmDetection]) -> CropRegion? {
        guard let expected else { return nil }
        let nearest = palms.map { (palm: $0, distance: distance(from: $0.wrist, to: expected)) }
            .filter { $0.distance <= Self.reach }.min { $0.distance < $1.distance }
        return nearest.map { CropRegion(palm: $0.palm) }
    }

    /// Takes in what was read of the hand; nil, or a hand that cannot be this arm's, ends it.
    mutating func take(_ reading: HandReading?, at time: Duration) {
        guard let reading, let expected, reading.points.allSatisfy({ $0.sum().isFinite }),
            distance(from: reading.wrist, to: expected) <= Self.reach,
            Self.regionSizes.contains(reading.nextRegion.side / expected.length)
        else {
            hand = nil
            return
        }
        if hand?.update(reading, at: time) == nil { hand = FollowedHand(reading, at: time) }
    }

    /// How badly the hand goes with this arm, in hand lengths: by its distance from the body's wrist, and by looking
    /// like a hand of the other side.
    var mismatch: Float {
        guard let hand, let expected else { return .infinity }
        let doubt = side == .left ? hand.rightness : 1 - hand.rightness
        return distance(from: hand.reading.wrist, to: expected) + Self.sideWeight * doubt
    }

    /// Lets go of the hand.
    mutating func release() { hand = nil }

    private func distance(from place: SIMD2<Float>, to expected: ExpectedHand) -> Float {
        let offset = place - expected.wrist
        return (offset * offset).sum().squareRoot() / expected.length
    }
}
