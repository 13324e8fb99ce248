import Foundation
import Skeleton

/// How well a detection goes with a track: by the pose at the place where the track should be by now, by proximity, and
/// by size.
struct TrackAffinity {
    private let poseSimilarity: ObjectKeypointSimilarity
    private let topology: SkeletonTopology

    init(topology: SkeletonTopology) {
        self.topology = topology
        poseSimilarity = ObjectKeypointSimilarity(topology: topology)
    }

    /// Distance, in body sizes, at which proximity has fallen to 1/e: right after the last detection, and how fast it
    /// grows with the seconds since.
    private static let bandwidth: Float = 0.3
    private static let bandwidthGrowth: Float = 0.5
    /// Spread of the logarithm of the scale from one detection to the next, and how fast it grows with the seconds.
    private static let growthSpread: Float = 0.25
    private static let growthSpreadGrowth: Float = 0.3

    /// How much wrong colours lower the affinity, and how fast that grows with the seconds since the last detection.
    private static let colorWeight: Float = 0.4
    private static let colorWeightGrowth: Float = 3

    /// 0 for strangers … 1 for the same pose at the predicted place.
    func callAsFunction(_ track: Track, _ detection: Detection, at time: Duration) -> Float {
        guard track.pose.topology == topology, detection.pose.topology == topology else { return 0 }
        let elapsed = Float((time - track.lastSeen).inSeconds)
        let motion = track.motion.predicted(at: time)
        let seen = detection.places
        let detection = detection.continuing(track.last)
        let predicted = motion.center
        let size = (track.size * detection.size).squareRoot()
        let offset = (detection.center - predicted) / size
        let bandwidth = Self.bandwidth + Self.bandwidthGrowth * elapsed
        let proximity = exp(-(offset * offset).sum() / (bandwidth * bandwidth))

        let shift = predicted - track.center
        let places = track.last.places.map { place in place.map { $0 + shift } }
        // The longer ago the last detection, the less a difference in pose tells.
        let scale = size * (0.25 + elapsed)
        let poses = poseSimilarity(places, seen, scale: scale) ?? 0

        let growth = log(detection.scale / motion.scale)
        let growthSpread = Self.growthSpread + Self.growthSpreadGrowth * elapsed
        let sameSize = exp(-growth * growth / (2 * growthSpread * growthSpread))
        // Where a person is partly hidden their colours are mixed with another's; after a gap they must be right.
        let colors = track.identity?.memory.measures.colorAffinity(to: detection.pose.appearance) ?? 1
        let weight = min(0.9, Self.colorWeight + Self.colorWeightGrowth * elapsed)
        return (poses + proximity + motion.closeness(of: detection)) / 3 * sameSize * (1 - weight * (1 - colors))
    }

    /// The affinity of shape and size alone, wherever in the picture, 0…1: what is left when the camera has cut.
    func ofShape(_ track: Track, _ detection: Detection) -> Float {
        guard track.pose.topology == topology, detection.pose.topology == topology else { return 0 }
        let places = track.last.places.map { place in place.map { ($0 - track.center) / track.size } }
        let shape = detection.places.map { place in place.map { ($0 - detection.center) / detection.size } }
        return poseSimilarity(places, shape, scale: 1) ?? 0
    }
}
