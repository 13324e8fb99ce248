import Imaging
import Skeleton

/// A person whose next region is made from the last reading, so that no search is needed.
struct FollowedPerson {
    /// Where to look in the next frame.
    private(set) var region: CropRegion
    private(set) var reading: BodyReading
    /// When this person was first read.
    let since: Duration
    /// Presence averaged over the last half second or so.
    private(set) var score: Float
    private var lastTime: Duration
    private var hipFilter = OneEuroFilter(Self.smoothing)
    private var topFilter = OneEuroFilter(Self.smoothing)

    /// The reference smooths the two points that make the region; the region then lies still round a still person.
    private static let smoothing = OneEuroFilter.Parameters(minimumCutoff: 0.01, beta: 10)

    /// Seconds over which the presence is averaged.
    private static let scoreTimeConstant: Float = 0.5
    /// After this long a newcomer is a newcomer no more.
    private static let probation: Duration = .milliseconds(500)

    init(_ reading: BodyReading, at time: Duration) {
        self.reading = reading
        since = time
        lastTime = time
        score = reading.pose.score
        region = reading.nextRegion
        update(reading, at: time)
    }

    /// Takes in the reading of a later frame and moves the region along.
    mutating func update(_ reading: BodyReading, at time: Duration) {
        let elapsed = Float((time - lastTime).inSeconds)
        score += (reading.pose.score - score) * (elapsed / (elapsed + Self.scoreTimeConstant))
        lastTime = time
        self.reading = reading
        let scale = 1 / max(1e-3, reading.bodySize)
        let hip = hipFilter.update(SIMD3(reading.hipCenter, 0), at: time, scale: scale)
        let top = topFilter.update(SIMD3(reading.bodyTop, 0), at: time, scale: scale)
        region = CropRegion(hipCenter: SIMD2(hip.x, hip.y), bodyTop: SIMD2(top.x, top.y))
    }

    /// Whether the detector most likely saw this very person, so that reading the detection would be for nothing.
    func explains(_ detection: PersonDetection) -> Bool {
        let offset = detection.hipCenter - reading.hipCenter
        let span = detection.bodyTop - detection.hipCenter
        let radius = reading.bodySize / 2
        let ratio = (span * span).sum().squareRoot() / max(1e-3, radius)
        return (offset * offset).sum().squareRoot() < 0.35 * radius && ratio > 0.4 && ratio < 2.5
    }

    /// Whether this person has been followed for a while.
    func isEstablished(at time: Duration) -> Bool { time - since >= Self.probation }
}
