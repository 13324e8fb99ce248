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
    /// Round the head with its hair, or where it must be: what no label may cover.
    let head: Box

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
        head = Self.head(points, of: person.pose.topology, low: low, high: high, extent: extent)
        lineWidth = min(max(extent * 0.012, 1.2), max(size.y / 150, 1.2))
    }

    /// The box of the whole body.
    var box: Box { Box(low: low, high: high) }

    /// Round the joints of the face, as far beyond them as the crown is; where there are none, the upper end of all that is
    /// seen.
    private static func head(
        _ points: [Point?], of topology: SkeletonTopology, low: SIMD2<Float>, high: SIMD2<Float>, extent: Float
    ) -> Box {
        func places(_ isMeant: (String) -> Bool) -> [SIMD2<Float>] {
            zip(topology.jointNames, points).compactMap { isMeant($0) ? $1?.place : nil }
        }
        func mean(_ places: [SIMD2<Float>]) -> SIMD2<Float>? {
            places.isEmpty ? nil : places.reduce(.zero, +) / Float(places.count)
        }
        let face = places { BonePlan.isFace($0) || $0.hasPrefix("head") }
        guard let middle = mean(face) else {
            let reach = min(extent * 0.1, high.x - low.x)
            let middle = (low.x + high.x) / 2
            return Box(
                low: SIMD2(middle - reach, low.y - extent * 0.06), high: SIMD2(middle + reach, low.y + extent * 0.1))
        }
        let usual = SIMD2<Float>(0, -extent * 0.09)
        let neck = mean(places { $0.hasSuffix("Shoulder") }).map { middle - $0 } ?? usual
        // A face is about as far from the shoulders as the crown is from the face; a head is nearly as wide.
        let length = min((neck * neck).sum().squareRoot(), extent * 0.2)
        let direction = length > 0 ? neck / (neck * neck).sum().squareRoot() : SIMD2(0, -1)
        let corners = face + [middle + direction * length * 0.85, middle - length * 0.55, middle + length * 0.55]
        return Box(
            low: corners.reduce(middle) { pointwiseMin($0, $1) }, high: corners.reduce(middle) { pointwiseMax($0, $1) })
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
