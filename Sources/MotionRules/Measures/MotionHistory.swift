/// What a moving point did within the last moments: its speed, how far it fell, and its strokes to and
/// fro.
///
/// All spans are times, not frames, so the frame rate does not matter.
struct MotionHistory: Sendable {
    /// Where the point went, for measures that ask for ways and circles.
    var path = PointPath(span: 0)
    private var samples: [(time: Double, point: SIMD3<Float>)] = []
    /// Where the present stroke has got to, and where it began.
    private var extreme: Float?
    private var extremeTime = 0.0
    private var start: Float?
    private var isRising: Bool?
    /// When each turn showed itself, when the hand truly turned, and how wide the stroke before it was.
    private var turns: [(time: Double, turned: Double, width: Float)] = []
    private var isRaised = false
    /// Falling heights, the greatest of late first.
    private var heights: [(time: Double, height: Float)] = []

    /// Speeds are taken over at least this many seconds.
    private static let baseline = 0.1
    /// The greatest height is looked for this many seconds back: longer than anyone stays down.
    private static let memory = 10.0
    /// Legs, or arms, that carry the body hold it at least this high, in torso lengths.
    private static let carryingHeight: Float = 0.7
    /// Strokes count for this many seconds.
    private static let strokeWindow = 1.5
    /// A hand is raised once it is this far above its elbow in torso lengths, until it is half of that.
    private static let raisedHeight: Float = 0.2

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

    /// How much of the greatest height of late is lost, above 1 below the other point; nil where that height is too small
    /// for a body held up.
    ///
    /// - Parameter height: in torso lengths.
    mutating func drop(of height: Float, at time: Double) -> Float? {
        // Heights that a later one surpasses never are the greatest again.
        let kept = (heights.lastIndex { $0.height > height } ?? -1) + 1
        heights.removeSubrange(kept...)
        heights.append((time, height))
        while time - heights[0].time > Self.memory { heights.removeFirst() }
        return heights[0].height >= Self.carryingHeight ? 1 - height / heights[0].height : nil
    }

    /// Number of strokes completed within the window; lowering the hand forgets them all.
    ///
    /// - Parameters:
    ///   - position: where the hand is sideways, in torso lengths.
    ///   - kind: which strokes count.
    ///   - height: of the hand above its elbow, in torso lengths.
    mutating func strokes(of position: Float, _ kind: StrokeKind, height: Float, at time: Double) -> Int {
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
                extremeTime = time
            } else if abs(position - last) >= kind.width {
                isRising = !rising
                turns.append((time, extremeTime, abs(last - (start ?? last))))
                start = last
                extreme = position
                extremeTime = time
            }
        } else if extreme == nil {
            extreme = position
        } else if abs(position - last) >= kind.width {
            isRising = position > last
            start = last
            extreme = position
            extremeTime = time
        }
        while let first = turns.first, time - first.time > Self.strokeWindow { turns.removeFirst() }
        return kind == .wide ? turns.count : evenTurns
    }

    /// How many turns, the last one among them, are about as wide and as long after the one before as the last.
    private var evenTurns: Int {
        guard let last = turns.last, turns.count > 1 else { return turns.count }
        let pace = last.turned - turns[turns.count - 2].turned
        var count = 1
        for index in stride(from: turns.count - 2, through: 0, by: -1) {
            let isAlike = (0.5...2).contains(turns[index].width / last.width)
            let interval = turns[index + 1].turned - turns[index].turned
            guard isAlike, (0.5...2).contains(interval / pace) else { break }
            count += 1
        }
        return count
    }
}
