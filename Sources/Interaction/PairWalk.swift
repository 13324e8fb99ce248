import Skeleton

/// Follows how two people come together and part.
///
/// Whoever comes nearer and slows down there approaches; who walks past at full pace approaches nobody. Whoever goes
/// away after the two have stood together leaves; two who only crossed do not.
struct PairWalk {
    /// The distance falling, or growing, without a longer break.
    private struct Run {
        var start: Double
        var distance: Float
        var places: (SIMD3<Float>, SIMD3<Float>)
        var last: Double
        /// The greatest speed of one as seen from the other.
        var pace: Float
    }

    /// What begins or ends, or nil.
    struct Turn {
        var kind: InteractionKind
        var begins: Bool
        /// Media time in seconds at which it is judged to have begun or ended.
        var time: Double
        /// How far each of the two went towards the other, or away, in metres.
        var ways: (Float, Float)
        /// How much speaks for it, 0…1.
        var evidence: Float
    }

    private var closing: Run?
    private var parting: Run?
    private var togetherSince: Double?
    private var wereTogether = false
    private(set) var current: InteractionKind?

    /// Speeds, metres a second: of a distance that changes, and of one that no longer does.
    private static let changing: Float = 0.3
    private static let settled: Float = 0.15
    /// Seconds that a run may pause.
    private static let pause = 0.45
    /// By how much a distance must fall or grow, metres.
    private static let leastWay: Float = 0.6
    /// Who walks past the other at a greater distance than this is not headed for them, metres.
    private static let miss: Float = 0.5
    /// Who is nearer than this is with the other, metres; hardly moving, for so many seconds.
    private static let company: Float = 1.5
    /// … and has left those who were, when farther away than this, metres.
    private static let gone: Float = 2.2
    private static let companySpeed: Float = 0.45
    private static let companyTime = 1.5
    /// Farther apart nobody approaches, and nobody leaves any more, metres.
    private static let reach: Float = 3.5
    /// Slopes trail what they measure by about half of what they are taken over, seconds.
    private static let lag = 0.2

    /// - Parameters:
    ///   - places: where both are, in metres.
    ///   - inContact: the two hold each other: whoever came has arrived, and nobody leaves yet.
    mutating func update(_ pair: PairView, places: (SIMD3<Float>, SIMD3<Float>), inContact: Bool) -> Turn? {
        let growth = pair.growth
        let time = pair.time
        Self.follow(&closing, while: growth < -Self.changing && pair.distance < Self.reach, pair, places)
        Self.follow(&parting, while: growth > Self.changing, pair, places)
        switch current {
        case .approach?:
            guard growth > -Self.settled || closing == nil else { return nil }
            return end(.approach, at: time, closing, pair, places)
        case .leave?:
            if growth > Self.settled, pair.distance < Self.reach { return nil }
            return end(.leave, at: time, parting, pair, places)
        default: break
        }
        defer { keepCompany(pair) }
        if let run = closing, pair.distance < Self.company, run.distance - pair.distance > Self.leastWay,
            inContact || pair.relativeSpeed < max(0.5 * run.pace, Self.changing), isHeaded(run, pair, places)
        {
            current = .approach
            parting = nil
            wereTogether = true
            return turn(.approach, begins: true, at: run.start, run, pair, places)
        }
        if !inContact, wereTogether, let run = parting, pair.distance - run.distance > Self.leastWay {
            current = .leave
            wereTogether = false
            togetherSince = nil
            return turn(.leave, begins: true, at: run.start, run, pair, places)
        }
        return nil
    }

    /// What goes on is nobody's leaving: they are driven apart.
    mutating func disregardParting() { parting = nil }

    /// The two had to do with each other: who goes now leaves.
    mutating func keepTogether() { wereTogether = true }

    private static func follow(
        _ run: inout Run?, while holds: Bool, _ pair: PairView, _ places: (SIMD3<Float>, SIMD3<Float>)
    ) {
        if holds {
            if run == nil {
                run = Run(
                    start: pair.time - lag, distance: pair.distance - Float(lag) * pair.growth, places: places,
                    last: pair.time, pace: 0)
            }
            let pace = max(run?.pace ?? 0, pair.relativeSpeed)
            run?.last = pair.time
            run?.pace = pace
        } else if let last = run?.last, pair.time - last > pause {
            run = nil
        }
    }

    /// Whether all who came were headed for the other, and not for a place beside them.
    private func isHeaded(_ run: Run, _ pair: PairView, _ places: (SIMD3<Float>, SIMD3<Float>)) -> Bool {
        func passes(_ from: SIMD3<Float>, _ to: SIMD3<Float>, _ way: SIMD3<Float>, _ facing: Float?) -> Bool {
            var course = to - from
            course.y = 0
            course.z = course.z > 0 ? max(0, course.z - pair.depthDoubt) : min(0, course.z + pair.depthDoubt)
            let length = (course * course).sum().squareRoot()
            guard length > 0.3 else { return false }
            if let facing, facing < 0.3 { return true }
            let ahead = (course * way).sum() / length
            return pair.distance * (1 - min(1, ahead * ahead)).squareRoot() > Self.miss || ahead < 0
        }
        return !passes(run.places.0, places.0, pair.way, pair.first.facing)
            && !passes(run.places.1, places.1, -pair.way, pair.second.facing)
    }

    private mutating func keepCompany(_ pair: PairView) {
        let faces = (pair.first.facing ?? 0.5, pair.second.facing ?? 0.5)
        let regards = max(faces.0, faces.1) > 0.4 && faces.0 + faces.1 > 0.3
        guard pair.distance < Self.company, pair.relativeSpeed < Self.companySpeed, regards else {
            togetherSince = nil
            if pair.distance > Self.gone { wereTogether = false }
            return
        }
        let since = togetherSince ?? pair.time
        togetherSince = since
        if pair.time - since >= Self.companyTime { wereTogether = true }
    }

    private mutating func end(
        _ kind: InteractionKind, at time: Double, _ run: Run?, _ pair: PairView,
        _ places: (SIMD3<Float>, SIMD3<Float>)
    ) -> Turn {
        current = nil
        closing = nil
        parting = nil
        let stopped = run.map { min(time, max($0.start, $0.last - Self.lag / 2)) } ?? time
        return turn(kind, begins: false, at: stopped, run, pair, places)
    }

    private func turn(
        _ kind: InteractionKind, begins: Bool, at time: Double, _ run: Run?, _ pair: PairView,
        _ places: (SIMD3<Float>, SIMD3<Float>)
    ) -> Turn {
        guard let run else { return Turn(kind: kind, begins: begins, time: time, ways: (0, 0), evidence: 0) }
        let sign: Float = kind == .approach ? 1 : -1
        let ways = (
            sign * ((places.0 - run.places.0) * pair.way).sum(), -sign * ((places.1 - run.places.1) * pair.way).sum()
        )
        let change = abs(pair.distance - run.distance)
        // A change of depth is told by sizes alone, and less surely.
        let sureness = pair.depthDoubt > 0 ? 0.6 + 0.4 * abs(pair.way.x) : 1
        return Turn(
            kind: kind, begins: begins, time: time, ways: ways,
            evidence: ContactEvidence.ramp(change, 0, 0.8) * sureness)
    }
}
