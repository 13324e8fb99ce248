package import Skeleton

/// One person's body points at one moment, in one of two spaces, ready for measuring.
///
/// World points are preferred: they tell angles in any view. A pose that has none is measured in the picture, with x
/// stretched by the aspect ratio and no depth, which is right as far as the motion lies in the picture's plane. Where the
/// aspect ratio is unknown but there is depth, the body's own proportions tell the scales of the three axes.
package struct BodyView: Sendable {
    /// One point a `BodyPoint`; meaningless where the confidence is 0.
    private(set) var points: [SIMD3<Float>]
    /// How far to trust each point, 0…1; 0 where it was not seen.
    private(set) var confidences: [Float]
    /// Length from mid hip to mid shoulder in the space of `points`; nil when unknown.
    private(set) var torsoLength: Float?
    /// The fingers of each hand, left before right; nil where it was not seen.
    private(set) var hands: [HandView?] = [nil, nil]
    private var map: BodyPointMap?

    package init() {
        points = Array(repeating: .zero, count: BodyPoint.allCases.count)
        confidences = Array(repeating: 0, count: BodyPoint.allCases.count)
    }

    /// Takes over a pose. Without an aspect ratio and depth a picture counts as square.
    package mutating func update(_ pose: Pose, aspectRatio: Float?) {
        if map?.topology != pose.topology { map = BodyPointMap(pose.topology) }
        guard let map else { return }
        let isPicture = pose.worldPoints.isEmpty
        let scale = SIMD3<Float>(aspectRatio ?? 1, 1, isPicture && aspectRatio == nil ? 1 : 0)
        for index in points.indices {
            var sum = SIMD3<Float>.zero
            var confidence: Float = map.joints[index].isEmpty ? 0 : 1
            for joint in map.joints[index] {
                guard let (point, trust) = Self.joint(joint, of: pose, scale: scale) else {
                    confidence = 0
                    break
                }
                sum += point
                confidence = min(confidence, trust)
            }
            points[index] = confidence > 0 ? sum / Float(map.joints[index].count) : .zero
            confidences[index] = confidence
        }
        if isPicture, aspectRatio == nil {
            // Without depth the flat picture is all there is.
            let axes = PictureAxes.scales(of: points) { confidence($0) > 0 } ?? SIMD3(1, 1, 0)
            for index in points.indices { points[index] *= axes }
        }
        torsoLength = nil
        let torso = self[.midShoulder] - self[.midHip]
        let length = (torso * torso).sum().squareRoot()
        if confidence(.midShoulder) > 0, confidence(.midHip) > 0, length > 0 { torsoLength = length }
        takeHands(of: pose, aspectRatio: aspectRatio ?? 1)
    }

    /// Takes over the hands. Where nothing but hands is seen they are all that tells places and sizes: wrists are those of
    /// the hands, and a trunk is taken to be as long as five palms.
    private mutating func takeHands(of pose: Pose, aspectRatio: Float) {
        hands = [nil, nil]
        let isAlone = pose.keypoints.isEmpty && pose.worldPoints.isEmpty
        for hand in pose.hands where hand.score > 0 && hand.isFinite {
            let isLeft = hand.side == .left
            let place: BodyPoint = isLeft ? .leftHand : .rightHand
            let trust = min(1, hand.score)
            let view = HandView(hand, aspectRatio: aspectRatio)
            hands[isLeft ? 0 : 1] = view
            confidences[place.rawValue] = trust
            points[place.rawValue] = view.wrist
            guard isAlone else { continue }
            let wrist: BodyPoint = isLeft ? .leftWrist : .rightWrist
            points[wrist.rawValue] = view.wrist
            confidences[wrist.rawValue] = trust
            if view.palmLength > 0 { torsoLength = max(torsoLength ?? 0, 5 * view.palmLength) }
        }
    }

    package subscript(point: BodyPoint) -> SIMD3<Float> { points[point.rawValue] }

    package func confidence(_ point: BodyPoint) -> Float { confidences[point.rawValue] }

    private static func joint(_ joint: Int, of pose: Pose, scale: SIMD3<Float>) -> (SIMD3<Float>, Float)? {
        let keypoint = pose.keypoints.isEmpty ? nil : pose.keypoints[joint]
        let point: SIMD3<Float>
        var confidence: Float = 1
        if !pose.worldPoints.isEmpty {
            guard let world = pose.worldPoints[joint] else { return nil }
            point = world
            if !pose.keypoints.isEmpty { confidence = keypoint?.confidence ?? 0 }
        } else if let keypoint {
            point = SIMD3(keypoint.x, keypoint.y, keypoint.z) * scale
            confidence = keypoint.confidence
        } else {
            return nil
        }
        guard (point * point).sum().isFinite, confidence > 0 else { return nil }
        return (point, min(1, confidence))
    }
}
