/// What a moving point did within the last moments: its speed, and its strokes to and fro.
///
/// All spans are times, not frames, so the frame rate does not matter.
struct MotionHistory: Sendable {
    private var samples: [(time: Double, point: SIMD3<Float>)] = []
    /// Where the present stroke has got to, and where it began.
    private var extreme: Float?
    private var isRising: Bool?
    private var turns: [Double] = []
    private var isRaised = false

    /// Speeds are taken over at least this many seconds.
    private static let baseline = 0.1
    /// Strokes count for this many seconds.
    private static let strokeWindow = 1.5
    /// A hand is raised once it is this far above its elbow in torso lengths, until it is half of that.
    private static let raisedHeight: Float = 0.2
    /// A stroke is at least this wide, in the unit of the position.
    private static let strokeWidth: Float = 0.2

    /// Length of the way from where the point was a moment ago, over the time; nil until there is a past.
    mutating func speed(of point: SIMD3<Float>, at time: Double) -> Float? {
        samples.append((time, point))
        while samples.count > 2, time - samples[1].time >= Self.baseline { samples.removeFirst() }
        let oldest = samples[0]
        guard time - oldest.time >= Self.baseline * 0.9, time - oldest.time <= 0.5 else {
            if time - oldest.time > 0.5 { samples.removeFirst(samples.count - 1) }
            return nil
        }
        let way = point - oldest.point
        return (way * way).sum().squareRoot() / Float(time - oldest.time)
    }

    /// Number of strokes completed within the window; lowering the hand forgets them all.
    ///
    /// - Parameters:
    ///   - position: where the hand is sideways, in torso lengths.
    ///   - height: of the hand above its elbow, in torso lengths.
    mutating func strokes(of position: Float, height: Float, at time: Double) -> Int {
        isRaised = height >= (isRaised ? 0.5 : 1) * Self.raisedHeight
        guard isRaised else {
            extreme = nil
            isRising = nil
            turns.removeAll(keepingCapacity: true)
            return 0
        }
        let last = extreme ?? position
        if let rising = isRising {
            if rising ? position >= last : position <= last {
                extreme = position
            } else if abs(position - last) >= Self.strokeWidth {
                isRising = !rising
                extreme = position
                turns.append(time)
            }
        } else if extreme == nil {
            extreme = position
        } else if abs(position - last) >= Self.strokeWidth {
            isRising = position > last
            extreme = position
        }
        while let first = turns.first, time - first > Self.strokeWindow { turns.removeFirst() }
        return turns.count
    }
}
