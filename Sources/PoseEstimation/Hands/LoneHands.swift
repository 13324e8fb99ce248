import Imaging
import Skeleton

/// Hands in a picture without a body, such as one held close to the camera.
struct LoneHands {
    private var hands: [FollowedHand] = []
    private var lastSearch: Duration?

    /// Reads the hands known and, from time to time, searches the whole picture for more.
    mutating func update(
        _ workers: RegionWorkers<PalmDetection, HandReading>, in picture: Picture, at time: Duration,
        _ settings: HandSettings
    ) {
        let readings = workers.read(
            hands.map { RegionView($0.region) }, of: picture, threshold: settings.presenceThreshold)
        var known: [FollowedHand] = []
        for (var hand, reading) in zip(hands, readings) {
            guard let reading, Self.isNew(reading, among: known, settings) else { continue }
            hand.update(reading, at: time)
            known.append(hand)
        }
        hands = known
        guard hands.count < settings.maximumLoneHands, isDue(time, settings) else { return }
        lastSearch = time
        let palms = workers.detect(in: [RegionView(CropRegion(holding: picture))], of: picture)[0].prefix(
            settings.maximumLoneHands)
        for reading in workers.read(
            palms.map { RegionView(CropRegion(palm: $0)) }, of: picture, threshold: settings.presenceThreshold)
        {
            guard let reading, hands.count < settings.maximumLoneHands, Self.isNew(reading, among: hands, settings)
            else { continue }
            hands.append(FollowedHand(reading, at: time))
        }
    }

    /// Each hand as the pose of somebody of whom nothing else is seen: its joints for a tracker to go by, and the hand,
    /// whose side is what it looks like.
    func poses(in size: SIMD2<Float>) -> [Pose] {
        hands.map { followed in
            let hand = followed.pose(followed.rightness >= 0.5 ? .right : .left, in: size)
            return Pose(
                topology: .hand21, keypoints: hand.imagePoints.map { Keypoint(x: $0.x, y: $0.y, z: $0.z) },
                score: hand.score, hands: [hand])
        }
    }

    private func isDue(_ time: Duration, _ settings: HandSettings) -> Bool {
        guard let lastSearch else { return true }
        return time - lastSearch >= settings.searchPeriod
    }

    private static func isNew(_ reading: HandReading, among known: [FollowedHand], _ settings: HandSettings) -> Bool {
        reading.points.allSatisfy { $0.sum().isFinite }
            && !known.contains { $0.region.overlap(with: reading.nextRegion) >= settings.sameHandOverlap }
    }
}
