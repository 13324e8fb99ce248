package import Imaging
package import Skeleton

/// A plain ground on which people are drawn as large as it allows, all moments of a stretch in the same place and size.
package struct FigureStage: Sendable {
    package let width: Int
    package let height: Int
    /// The corner of what is shown, in picture heights (or metres where nothing is known of a picture).
    private let corner: SIMD2<Float>
    /// Pixels to a picture height.
    private let scale: Float
    private let aspectRatio: Float

    private static let ground = Color(40, 44, 50)
    /// Joints in which the source has less trust do not say how large somebody is.
    private static let leastConfidence: Float = 0.3
    /// Room round the figures, as a share of their size, for heads and labels.
    private static let margin: Float = 0.12

    /// Makes room for all these poses; nil where nothing of them can be drawn.
    ///
    /// - Parameters:
    ///   - aspectRatio: of the picture that the poses' places are fractions of.
    ///   - area: about how many pixels the ground has; its shape is that of the figures.
    package init?(for poses: [Pose], aspectRatio: Float, area: Int) {
        var (low, high) = (SIMD2<Float>(repeating: .infinity), SIMD2<Float>(repeating: -.infinity))
        for pose in poses {
            for place in Self.places(of: pose, aspectRatio) {
                low = pointwiseMin(low, place)
                high = pointwiseMax(high, place)
            }
        }
        guard low.x <= high.x else { return nil }
        var size = pointwiseMax(high - low, SIMD2(repeating: 0.01))
        let room = max(size.x, size.y) * Self.margin
        size += SIMD2(2 * room, 2 * room)
        // Nobody is drawn on a strip.
        let shape = min(max(size.x / size.y, 0.4), 2.5)
        let shown = SIMD2(max(size.x, size.y * shape), max(size.y, size.x / shape))
        height = Self.even((Float(max(area, 1)) / shape).squareRoot())
        width = Self.even(Float(height) * shape)
        scale = min(Float(width) / shown.x, Float(height) / shown.y)
        let middle = (low + high) / 2
        corner = middle - SIMD2(Float(width), Float(height)) / (2 * scale)
        self.aspectRatio = aspectRatio
    }

    /// The people of a moment on the ground.
    package func picture(of people: [TrackedPose]) -> PixelBuffer {
        var picture = PixelBuffer(width: width, height: height, color: Self.ground)
        let placed = people.map { TrackedPose(track: $0.track, pose: placing($0.pose)) }
        SkeletonOverlay().draw(
            SkeletonFrame(camera: "", index: 0, presentationTime: .zero, people: placed), on: &picture)
        return picture
    }

    /// Draws where those have been of whom so few joints are known that a figure of them says nothing: a line for each joint
    /// and each hand, and a large dot where it is at last.
    ///
    /// - Parameter moments: up to the one of the picture.
    package func drawWays(_ moments: [[TrackedPose]], on picture: inout PixelBuffer) {
        let size = SIMD2(Float(width), Float(height))
        var last: [Mark: SIMD2<Float>] = [:]
        for person in moments.joined() {
            for (mark, place) in marks(of: person) {
                let place = place * size
                if let before = last[mark] {
                    picture.strokeLine(from: before, to: place, width: size.y / 100, color: color(of: mark))
                }
                last[mark] = place
            }
        }
        for person in moments.last ?? [] {
            for (mark, place) in marks(of: person) {
                picture.fillCircle(center: place * size, radius: size.y / 40, color: color(of: mark))
            }
        }
    }

    /// One thing that moves: a joint of somebody, or a hand.
    private struct Mark: Hashable {
        let track: TrackID
        let name: String
    }

    private func color(of mark: Mark) -> Color {
        let side: BonePlan.Side =
            mark.name.hasPrefix("left") ? .left : mark.name.hasPrefix("right") ? .right : .middle
        return SkeletonPalette().color(of: side, track: mark.track)
    }

    /// Where the few joints and the hands of somebody are, in fractions of the ground; empty where a figure shows them.
    private func marks(of person: TrackedPose) -> [(Mark, SIMD2<Float>)] {
        let pose = placing(person.pose)
        let joints = zip(pose.topology.jointNames, pose.keypoints).compactMap { name, keypoint in
            keypoint.map { (Mark(track: person.track, name: name), SIMD2($0.x, $0.y)) }
        }
        guard joints.count <= Self.fewJoints else { return [] }
        return joints
            + pose.hands.map { hand in
                let sum = hand.imagePoints.reduce(SIMD2<Float>.zero) { $0 + SIMD2($1.x, $1.y) }
                let name = hand.side == .left ? "left hand" : "right hand"
                return (Mark(track: person.track, name: name), sum / Float(max(hand.imagePoints.count, 1)))
            }
    }

    /// No more joints make no figure.
    private static let fewJoints = 4

    /// What encoders like.
    private static func even(_ length: Float) -> Int { max(2, Int(length / 2) * 2) }

    private static func places(of pose: Pose, _ aspectRatio: Float) -> [SIMD2<Float>] {
        guard !pose.keypoints.isEmpty else {
            return pose.worldPoints.isEmpty
                ? pose.hands.flatMap { $0.imagePoints.map { SIMD2($0.x * aspectRatio, $0.y) } }
                : pose.worldPoints.compactMap { $0.map { SIMD2($0.x, $0.y) } }
        }
        return pose.keypoints.compactMap { keypoint in
            guard let keypoint, keypoint.confidence >= leastConfidence else { return nil }
            return SIMD2(keypoint.x * aspectRatio, keypoint.y)
        }
    }

    /// The pose in fractions of the ground.
    private func placing(_ pose: Pose) -> Pose {
        func fraction(_ x: Float, _ y: Float) -> SIMD2<Float> {
            (SIMD2(x, y) - corner) * scale / SIMD2(Float(width), Float(height))
        }
        var placed = pose
        let isInPicture = !pose.keypoints.isEmpty || pose.worldPoints.isEmpty
        if isInPicture {
            placed.keypoints = pose.keypoints.map { keypoint in
                guard var keypoint else { return nil }
                let place = fraction(keypoint.x * aspectRatio, keypoint.y)
                (keypoint.x, keypoint.y) = (place.x, place.y)
                return keypoint
            }
        } else {
            placed.keypoints = pose.worldPoints.map { point in
                guard let point else { return nil }
                let place = fraction(point.x, point.y)
                return Keypoint(x: place.x, y: place.y)
            }
        }
        placed.hands = isInPicture ? pose.hands : []
        for index in placed.hands.indices {
            placed.hands[index].imagePoints = placed.hands[index].imagePoints.map { point in
                let place = fraction(point.x * aspectRatio, point.y)
                return SIMD3(place.x, place.y, point.z)
            }
        }
        return placed
    }
}
