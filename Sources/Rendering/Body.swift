import Imaging
import Skeleton

/// One person's keypoints and hands as places on a picture.
struct Body {
    struct Point {
        /// In pixels.
        var place: SIMD2<Float>
        /// 0…1.
        var confidence: Float
    }

    let track: TrackID
    /// One entry a joint, nil where it is missing or too doubtful; empty when nothing is known of the body.
    let points: [Point?]
    /// The hands found at the body, or on their own where `points` is empty.
    let hands: [HandSketch]
    /// The box around all points, in pixels.
    let low: SIMD2<Float>
    let high: SIMD2<Float>
    /// How thick this person's bones are drawn, in pixels.
    let lineWidth: Float
    /// What to leave free above the topmost keypoint, which may be an eye, for forehead and hair.
    let headroom: Float

    /// Points further outside the picture than this many times its size are taken for mistakes.
    private static let reach: Float = 4

    /// Nil when there is nothing of the person to draw.
    init?(_ person: TrackedPose, on picture: PixelBuffer, leastConfidence: Float) {
        let size = SIMD2(Float(picture.width), Float(picture.height))
        points = person.pose.keypoints.map { keypoint in
            guard let keypoint, keypoint.confidence >= leastConfidence, abs(keypoint.x) < Self.reach,
                abs(keypoint.y) < Self.reach
            else { return nil }
            return Point(place: SIMD2(keypoint.x, keypoint.y) * size, confidence: min(keypoint.confidence, 1))
        }
        hands = person.pose.hands.compactMap { HandSketch($0, on: size, reach: Self.reach) }
        let places = points.compactMap { $0?.place } + hands.flatMap(\.places)
        guard let first = places.first else { return nil }
        low = places.reduce(first) { pointwiseMin($0, $1) }
        high = places.reduce(first) { pointwiseMax($0, $1) }
        track = person.track
        let extent = ((high - low) * (high - low)).sum().squareRoot()
        headroom = min(extent * 0.08, size.y * 0.08)
        lineWidth = min(max(extent * 0.012, 1.2), max(size.y / 150, 1.2))
    }

    /// The mean of some joints; nil unless all are there.
    func point(of joints: [Int]) -> Point? {
        var place = SIMD2<Float>.zero
        var confidence: Float = 1
        for joint in joints {
            guard let point = points[joint] else { return nil }
            place += point.place
            confidence = min(confidence, point.confidence)
        }
        return Point(place: place / Float(joints.count), confidence: confidence)
    }

    /// Whether any part of the person's box lies in the picture.
    func isInPicture(_ picture: PixelBuffer) -> Bool {
        high.x > 0 && high.y > 0 && low.x < Float(picture.width) && low.y < Float(picture.height)
    }
}
