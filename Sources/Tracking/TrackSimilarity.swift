import Foundation
import Skeleton

/// How well a sighting goes with a track: by the pose at the place where the track should be by now, by nearness, and
/// by size.
struct TrackSimilarity {
    private let poseSimilarity: ObjectKeypointSimilarity
    private let topology: SkeletonTopology

    init(topology: SkeletonTopology) {
        self.topology = topology
        poseSimilarity = ObjectKeypointSimilarity(topology: topology)
    }

    /// Distance, in body sizes, at which nearness has fallen to 1/e: right after the last sighting, and how fast it
    /// grows with the seconds since.
    private static let reach: Float = 0.3
    private static let reachGrowth: Float = 0.5
    /// Spread of the logarithm of the scale from one sighting to the next, and how fast it grows with the seconds.
    private static let growthSpread: Float = 0.25
    private static let growthSpreadGrowth: Float = 0.3

    /// How much wrong colours lower the likeness, and how fast that grows with the seconds since the last sighting.
    private static let colorWeight: Float = 0.4
    private static let colorWeightGrowth: Float = 3

    /// 0 for strangers … 1 for the same pose at the predicted place.
    func callAsFunction(_ track: Track, _ sighting: Sighting, at time: Duration) -> Float {
        guard track.pose.topology == topology, sighting.pose.topology == topology else { return 0 }
        let elapsed = Float((time - track.lastSeen).inSeconds)
        let motion = track.motion.predicted(at: time)
        let seen = sighting.places
        let sighting = sighting.continuing(track.last)
        let predicted = motion.center
        let size = (track.size * sighting.size).squareRoot()
        let offset = (sighting.center - predicted) / size
        let reach = Self.reach + Self.reachGrowth * elapsed
        let nearness = exp(-(offset * offset).sum() / (reach * reach))

        let shift = predicted - track.center
        let places = track.last.places.map { place in place.map { $0 + shift } }
        // The longer ago the last sighting, the less a difference in pose tells.
        let scale = size * (0.25 + elapsed)
        let likeness = poseSimilarity(places, seen, scale: scale) ?? 0

        let growth = log(sighting.scale / motion.scale)
        let growthSpread = Self.growthSpread + Self.growthSpreadGrowth * elapsed
        let sameSize = exp(-growth * growth / (2 * growthSpread * growthSpread))
        // Where a person is partly hidden their colours are mixed with another's; after a gap they must be right.
        let colors = track.identity?.memory.measures.likeness(of: sighting.pose.appearance) ?? 1
        let weight = min(0.9, Self.colorWeight + Self.colorWeightGrowth * elapsed)
        return (likeness + nearness + motion.closeness(of: sighting)) / 3 * sameSize * (1 - weight * (1 - colors))
    }

    /// The likeness of shape and size alone, wherever in the picture, 0…1: what is left when the camera has cut.
    func ofShape(_ track: Track, _ sighting: Sighting) -> Float {
        guard track.pose.topology == topology, sighting.pose.topology == topology else { return 0 }
        let places = track.last.places.map { place in place.map { ($0 - track.center) / track.size } }
        let shape = sighting.places.map { place in place.map { ($0 - sighting.center) / sighting.size } }
        return poseSimilarity(places, shape, scale: 1) ?? 0
    }
}
