import Imaging
import Skeleton

/// A person whose next region is made from the last reading, so that no search is needed.
struct FollowedPerson {
    /// Where to look in the next frame.
    private(set) var region: CropRegion
    private(set) var reading: BodyReading
    /// When this person was first read.
    let since: Duration
    private var hipFilter = OneEuroFilter(Self.smoothing)
    private var topFilter = OneEuroFilter(Self.smoothing)

    /// The reference smooths the two points that make the region; the region then lies still round a still person.
    private static let smoothing = OneEuroFilter.Parameters(minimumCutoff: 0.01, beta: 10)

    init(_ reading: BodyReading, at time: Duration) {
        self.reading = reading
        since = time
        region = CropRegion(hipCenter: reading.hipCenter, bodyTop: reading.bodyTop)
        update(reading, at: time)
    }

    /// Takes in the reading of a later frame and moves the region along.
    mutating func update(_ reading: BodyReading, at time: Duration) {
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
}

extension BodyReading {
    /// Diameter in pixels of the circle that holds the whole body.
    var bodySize: Float {
        let span = bodyTop - hipCenter
        return 2 * (span * span).sum().squareRoot()
    }

    /// Whether this could be a person at all: large enough, mostly in the picture, with joints that stand apart.
    func isPlausible(in pixels: PixelBuffer) -> Bool {
        let size = SIMD2(Float(pixels.width), Float(pixels.height))
        guard bodySize.isFinite, bodySize >= Self.leastSize, bodySize <= 4 * size.max() else { return false }
        var inside = 0
        var low = SIMD2<Float>(repeating: .infinity)
        var high = SIMD2<Float>(repeating: -.infinity)
        for case let keypoint? in pose.keypoints {
            let place = SIMD2(keypoint.x, keypoint.y)
            guard place.x.isFinite, place.y.isFinite else { return false }
            if keypoint.presence >= 0.5, place.x >= 0, place.x < 1, place.y >= 0, place.y < 1 { inside += 1 }
            low = pointwiseMin(low, place * size)
            high = pointwiseMax(high, place * size)
        }
        let extent = high - low
        return inside >= pose.keypoints.count / 3 && extent.max() >= bodySize / 4
    }

    /// Fewer pixels than this from head to foot hold no pose worth having.
    private static let leastSize: Float = 16
}
