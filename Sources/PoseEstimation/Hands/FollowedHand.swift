import Imaging
import Skeleton

/// A hand whose next region is made from the last reading, so that no search is needed.
struct FollowedHand {
    /// As read last.
    private(set) var reading: HandReading
    /// How likely it is a right hand by its looks, averaged over the last half second or so, 0…1.
    private(set) var rightness: Float
    private var smoothed: HandReading
    private var smoother = HandSmoother()
    private var lastTime: Duration

    /// Seconds over which the likelihood of the side is averaged.
    private static let sideTimeConstant: Float = 0.5

    init(_ reading: HandReading, at time: Duration) {
        self.reading = reading
        rightness = reading.rightness
        lastTime = time
        smoothed = smoother.update(reading, at: time)
    }

    /// Takes in the reading of a later frame.
    mutating func update(_ reading: HandReading, at time: Duration) {
        let elapsed = Float((time - lastTime).inSeconds)
        if elapsed > 0 { rightness += (reading.rightness - rightness) * (elapsed / (elapsed + Self.sideTimeConstant)) }
        lastTime = time
        self.reading = reading
        smoothed = smoother.update(reading, at: time)
    }

    /// The square round the hand as read last.
    var region: CropRegion { reading.nextRegion }

    /// The hand as others see it, smoothed.
    ///
    /// - Parameter picture: width and height in pixels.
    func pose(_ side: HandPose.Side, in size: SIMD2<Float>) -> HandPose {
        HandPose(
            side: side, score: reading.presence,
            imagePoints: smoothed.points.map { SIMD3($0.x, $0.y, $0.z) / SIMD3(size.x, size.y, size.x) },
            worldPoints: smoothed.worldPoints)
    }
}
