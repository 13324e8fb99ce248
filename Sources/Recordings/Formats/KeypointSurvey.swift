/// What can only be known of a source of keypoints once all of it was looked at: done before its frames are given.
struct KeypointSurvey {
    private(set) var frames = 0
    /// Joints a person; 0 when there is nobody.
    private(set) var joints = 0
    /// Whether everyone has an id that is their own within the frame.
    private(set) var hasTracks = true
    /// Whether every frame has a time.
    private(set) var hasTimes = true
    /// Whether every frame has a number, and each a larger one than the frame before.
    private(set) var hasGrowingNumbers = true
    /// Whether every frame with people tells its picture's size.
    private(set) var hasPictures = true
    /// Whether anybody has image points.
    private(set) var hasImagePoints = false
    private var lastNumber = -1
    private var low = SIMD2<Float>(repeating: .infinity)
    private var high = SIMD2<Float>(repeating: -.infinity)

    /// Fractions of a picture may lie somewhat outside it, but no picture is this small in pixels.
    private static let greatestFraction: Float = 8

    /// Looks at every frame. What is wrong in a frame is left for the reading, which then gives what came before it.
    init(_ source: any KeypointSource) {
        while let frame = try? source.next() { take(frame) }
    }

    /// What the points are measured in, of what they may be.
    func unit(of units: [KeypointUnit]) -> KeypointUnit {
        if units.contains(.pixels), units.count == 1 || high.max() > Self.greatestFraction { return .pixels }
        if units.contains(.signedFractions), low.min() < -0.001 { return .signedFractions }
        return .fractions
    }

    /// A picture that holds all points; nil when there are none or they are absurdly far away.
    var extent: PictureSize? {
        guard high.x.isFinite, high.max() < 100_000 else { return nil }
        return PictureSize(width: Int(max(1, high.x).rounded(.up)), height: Int(max(1, high.y).rounded(.up)))
    }

    private mutating func take(_ frame: KeypointFrame) {
        frames += 1
        if frame.time == nil { hasTimes = false }
        if let number = frame.number, number > lastNumber {
            lastNumber = number
        } else {
            hasGrowingNumbers = false
        }
        var ids: Set<Int> = []
        for person in frame.people where !person.isEmpty {
            if joints == 0 { joints = person.jointCount }
            if let id = person.id, ids.insert(id).inserted {} else { hasTracks = false }
            if frame.picture == nil { hasPictures = false }
            if !person.points.isEmpty { hasImagePoints = true }
            for point in person.points where point.isSeen {
                let place = SIMD2(point.x, point.y)
                low = pointwiseMin(low, place)
                high = pointwiseMax(high, place)
            }
        }
    }
}
