import Skeleton

/// Cuts the motion of one person's hands into strokes, from rest to rest, as samples come. Nothing else of the person
/// need be seen.
struct HandStrokes: Sendable {
    /// Seconds between two looks.
    private static let period = 1.0 / 12
    /// Slower than this share of the fastest that a hand was lately is rest.
    private static let restShare: Float = 0.1
    /// Slower than this is rest in any case, and slower hands are never the fastest, in metres or picture heights a
    /// second.
    private static let restSpeed: Float = 0.1
    private static let leastSpeed: Float = 0.2
    /// In how many seconds the fastest is forgotten.
    private static let memory = 2.0
    /// For so many looks in a row hands rest between strokes, and how long that is in seconds.
    private static let pause = 4
    static let rest = Double(pause) * period
    /// Shorter is no stroke, longer no gesture, in looks.
    private static let shortest = 4
    private static let longest = 96
    /// So many strokes may make one gesture.
    private static let mostJoined = 3

    private let start: Double
    private var count = 0
    private var sampleBefore: MotionSample
    private var latestSample: MotionSample
    /// At the last look.
    private var lookedAt: MotionSample?
    /// Places at the last looks, as far back as a gesture may begin; steps in which a hand is not seen do not count.
    private var places: [HandPlaces] = []
    /// The number of the look that the first of them is of.
    private var firstLook = 0
    private var fastest = leastSpeed
    /// First look of the stroke under way, and the last in which a hand moved.
    private var stroke: (start: Int, end: Int)?
    /// Where the latest strokes began.
    private var starts: [Int] = []

    init(from sample: MotionSample) {
        start = sample.time
        sampleBefore = sample
        latestSample = sample
    }

    /// Takes the next sample, which must be later than the last one.
    mutating func take(_ sample: MotionSample) {
        sampleBefore = latestSample
        latestSample = sample
    }

    /// The next stroke that the samples taken so far end; nil where there is none. To be asked until nil.
    mutating func next() -> HandStroke? {
        while true {
            let time = start + Double(count) * Self.period
            guard time <= latestSample.time + 1e-6 else { return nil }
            look(
                sampleBefore.time < latestSample.time
                    ? MotionResampling.between(sampleBefore, latestSample, at: time) : latestSample)
            if let stroke, count - 1 - stroke.end >= Self.pause, let ended = finish() { return ended }
        }
    }

    /// The stroke under way, when nothing more is seen.
    mutating func finish() -> HandStroke? {
        guard let stroke else { return nil }
        self.stroke = nil
        guard stroke.end - stroke.start >= Self.shortest else { return nil }
        starts = (starts + [stroke.start]).suffix(Self.mostJoined)
        let end = start + Double(stroke.end) * Self.period
        let paths = starts.reversed().filter { $0 >= firstLook && stroke.end - $0 <= Self.longest }.compactMap {
            begin in
            HandPath(
                places[(begin - firstLook)...(stroke.end - firstLook)], from: start + Double(begin) * Self.period,
                to: end)
        }
        return paths.isEmpty ? nil : HandStroke(paths: paths)
    }

    private mutating func look(_ sample: MotionSample) {
        var step = HandPlaces.zero
        for (hand, joint) in [MotionSample.Joint.leftWrist, MotionSample.Joint.rightWrist].enumerated() {
            guard let lookedAt, lookedAt.isSeen(joint), sample.isSeen(joint) else { continue }
            for axis in 0..<3 { step[3 * hand + axis] = sample.points[joint][axis] - lookedAt.points[joint][axis] }
        }
        lookedAt = sample
        places.append((places.last ?? .zero) + step)
        if places.count > 2 * Self.longest {
            places.removeFirst(places.count - Self.longest - 1)
            firstLook = count - Self.longest
        }
        let squares = step * step
        let (left, right) = (squares[0] + squares[1] + squares[2], squares[3] + squares[4] + squares[5])
        let speed = max(left, right).squareRoot() / Float(Self.period)
        fastest += (Self.leastSpeed - fastest) * Float(Self.period / Self.memory)
        fastest = max(fastest, speed)
        if speed > max(Self.restSpeed, Self.restShare * fastest) {
            stroke = (stroke?.start ?? max(0, count - 1), count)
        }
        count += 1
    }

    /// Every stroke of one person's samples.
    static func all(of samples: some Sequence<MotionSample>) -> [HandStroke] {
        var found: [HandStroke] = []
        var strokes: HandStrokes?
        for sample in samples {
            if strokes == nil { strokes = HandStrokes(from: sample) } else { strokes?.take(sample) }
            while let stroke = strokes?.next() { found.append(stroke) }
        }
        if let last = strokes?.finish() { found.append(last) }
        return found
    }

    /// The way of the hands from one time to another.
    static func path(of samples: [MotionSample], in span: ClosedRange<Double>) -> HandPath? {
        guard let first = samples.first, let last = samples.last else { return nil }
        var strokes = HandStrokes(from: first)
        let times = stride(from: max(span.lowerBound, first.time), through: min(span.upperBound, last.time), by: period)
        for sample in MotionResampling.resample(samples, at: Array(times)) { strokes.look(sample) }
        return HandPath(strokes.places.suffix(longest), from: span.lowerBound, to: span.upperBound)
    }
}
