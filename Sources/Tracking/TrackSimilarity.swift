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

    /// 0 for strangers … 1 for the same pose at the predicted place.
    func callAsFunction(_ track: Track, _ sighting: Sighting, at time: Duration, aspectRatio: Float) -> Float {
        guard track.pose.topology == topology, sighting.pose.topology == topology else { return 0 }
        let elapsed = Float((time - track.lastSeen).inSeconds)
        let predicted = track.predictedCenter(at: time)
        let size = (track.size * sighting.size).squareRoot()
        let offset = (sighting.center - predicted) / size
        let reach = Self.reach + Self.reachGrowth * elapsed
        let nearness = exp(-(offset * offset).sum() / (reach * reach))

        let shift = predicted - track.center
        let places = track.pose.places(aspectRatio: aspectRatio).map { place in place.map { $0 + shift } }
        let seen = sighting.shape.map { point in point.map { $0 + sighting.center } }
        // The longer ago the last sighting, the less a difference in pose tells.
        let scale = size * (0.5 + elapsed)
        let likeness = poseSimilarity(places, seen, scale: scale) ?? 0

        let growth = log(sighting.size / track.size)
        let sameSize = exp(-growth * growth / (2 * 0.5 * 0.5))
        return (likeness + nearness) / 2 * sameSize
    }

    /// The likeness of shape and size alone, wherever in the picture, 0…1: what is left when the camera has cut.
    func ofShape(_ track: Track, _ sighting: Sighting, aspectRatio: Float) -> Float {
        guard track.pose.topology == topology, sighting.pose.topology == topology else { return 0 }
        let places = track.pose.places(aspectRatio: aspectRatio).map { place in
            place.map { ($0 - track.center) / track.size }
        }
        let shape = sighting.shape.map { point in point.map { $0 / sighting.size } }
        return poseSimilarity(places, shape, scale: 1) ?? 0
    }
}
