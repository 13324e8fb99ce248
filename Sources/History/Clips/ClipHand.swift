import Skeleton

/// The left or the right hand in those samples that have it.
struct ClipHand: Sendable, Equatable {
    var scores = ClipColumns(width: 1)
    var image = ClipColumns(placesOf: .hand21)
    var world = ClipColumns(placesOf: .hand21)

    mutating func append(_ hand: HandPose) {
        scores.append(min(max(hand.score, 0), 1), .share)
        for point in hand.imagePoints {
            for axis in 0..<3 { image.append(point[axis], .image) }
        }
        for point in hand.worldPoints {
            for axis in 0..<3 { world.append(point[axis], .hand) }
        }
    }
}
