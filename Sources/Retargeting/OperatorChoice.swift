package import Skeleton

/// Which person leads the robot.
package enum OperatorChoice: Sendable, Hashable {
    /// The one who looks largest.
    case largest
    /// The one nearest the middle of the picture's width.
    case middle
    /// The first from the picture's left edge, or from its right.
    case left, right
    /// The one with this track.
    case track(TrackID)

    /// Who that is in a frame; nil where nobody is.
    func choose(from frame: SkeletonFrame) -> TrackID? {
        if case .track(let track) = self { return frame.people.contains { $0.track == track } ? track : nil }
        let people = frame.people.compactMap { person in
            person.pose.extent(aspectRatio: frame.aspectRatio ?? 1).map { (track: person.track, extent: $0) }
        }
        // Image points; those who have none stand where the camera's axis is, in metres.
        let middle = frame.people.contains { !$0.pose.keypoints.isEmpty } ? (frame.aspectRatio ?? 1) / 2 : 0
        let chosen = people.min { a, b in
            let (one, other) = (key(a.extent, middle), key(b.extent, middle))
            return (one, a.track) < (other, b.track)
        }
        return chosen?.track
    }

    /// The least is chosen.
    private func key(_ extent: (center: SIMD2<Float>, size: Float), _ middle: Float) -> Float {
        switch self {
        case .largest, .track: -extent.size
        case .middle: abs(extent.center.x - middle)
        case .left: extent.center.x
        case .right: -extent.center.x
        }
    }
}
