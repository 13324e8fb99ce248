import Imaging
import Skeleton

/// Smooths one hand's points by One-Euro filters (Casiez et al. 2012), as strongly for its size as a body's.
struct HandSmoother {
    private var image: [OneEuroFilter]
    private var world: [OneEuroFilter]

    /// Speeds are in hand sizes a second.
    private static let imageSmoothing = OneEuroFilter.Parameters(minimumCutoff: 0.05, beta: 80)
    /// Speeds are in metres a second.
    private static let worldSmoothing = OneEuroFilter.Parameters(minimumCutoff: 0.1, beta: 40)

    init() {
        let count = SkeletonTopology.hand21.count
        image = Array(repeating: OneEuroFilter(Self.imageSmoothing), count: count)
        world = Array(repeating: OneEuroFilter(Self.worldSmoothing), count: count)
    }

    /// The reading with its points smoothed.
    mutating func update(_ reading: HandReading, at time: Duration) -> HandReading {
        var smoothed = reading
        let scale = 2 / max(reading.nextRegion.side, 1e-3)
        for joint in reading.points.indices {
            smoothed.points[joint] = image[joint].update(reading.points[joint], at: time, scale: scale)
            smoothed.worldPoints[joint] = world[joint].update(reading.worldPoints[joint], at: time)
        }
        return smoothed
    }
}
