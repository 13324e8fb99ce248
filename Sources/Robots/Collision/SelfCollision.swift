/// How near a robot is to hitting itself: distances between the capsules of its links.
///
/// Pairs that a SRDF file names, links that hang on each other, and what is as near in the posture at rest are left out.
package struct SelfCollision: Sendable {
    /// A capsule that moves with a chain, or stands.
    private struct Body: Sendable {
        var link: String
        /// Index of the chain; nil where no chain moves it.
        var chain: Int?
        /// How many joints of the chain move it.
        var joints: Int
        var start: KinematicChain.Point
        var end: KinematicChain.Point
        var radius: Double
    }

    private let bodies: [Body]
    private let pairs: [(Int, Int)]
    /// Pairs left out because they were too near in the posture at rest, for people.
    package let touchingAtRest: [LinkPair]
    /// Ends of the capsules at the posture last asked about.
    private var ends: [(Vector3, Vector3)]
    private let chains: [KinematicChain]
    private var placements: [[RigidTransform]]
    /// For each chain and joint: metres that anything moves at most for a radian of it.
    private let levers: [[Double]]

    /// - Parameters:
    ///   - chains: of the arms that move, all from the robot's root.
    ///   - rest: posture of each chain.
    ///   - clearance: metres that links are kept apart.
    package init(
        _ robot: RobotDescription, capsules: [LinkCapsule], chains: [KinematicChain], rest: [[Double]],
        clearance: Double
    ) {
        precondition(!chains.isEmpty && chains.count == rest.count, "a posture for each chain")
        let bodies = capsules.map { Self.body($0, robot, chains) }
        var near: Set<LinkPair> = []
        var pairs: [(Int, Int)] = []
        var ends = bodies.map { _ in (Vector3.zero, Vector3.zero) }
        let placements = zip(chains, rest).map { $0.placements(at: $1) }
        Self.place(bodies, chains, placements, &ends)
        for b in bodies.indices {
            for a in 0..<b where Self.canMeet(bodies[a], bodies[b], robot) {
                pairs.append((a, b))
                if Self.distance(bodies, ends, a, b) <= clearance {
                    near.insert(LinkPair(bodies[a].link, bodies[b].link))
                }
            }
        }
        self.bodies = bodies
        self.pairs = pairs.filter { !near.contains(LinkPair(bodies[$0.0].link, bodies[$0.1].link)) }
        self.ends = ends
        self.chains = chains
        self.placements = placements
        levers = chains.indices.map { chain in
            chains[chain].levers(
                farthest: bodies.filter { $0.chain == chain }.map { body in
                    (body.joints, max(body.start.offset.length, body.end.offset.length))
                })
        }
        touchingAtRest = near.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }

    /// Whether there is anything to keep apart.
    package var isEmpty: Bool { pairs.isEmpty }

    /// The pairs of links that are looked at.
    package var linkPairs: Set<LinkPair> { Set(pairs.map { LinkPair(bodies[$0.0].link, bodies[$0.1].link) }) }

    /// How many pairs of bodies are looked at.
    package var pairCount: Int { pairs.count }

    private static func body(_ capsule: LinkCapsule, _ robot: RobotDescription, _ chains: [KinematicChain]) -> Body {
        var best: (chain: Int, start: KinematicChain.Point, end: KinematicChain.Point)?
        for (index, chain) in chains.enumerated() {
            // What hangs from the chain moves with the link of it that is next towards the root.
            var (start, end, link) = (capsule.start, capsule.end, capsule.link)
            while chain.point(of: link) == nil, let joint = robot.joint(holding: link) {
                let origin = robot.joints[joint].origin
                (start, end, link) = (origin * start, origin * end, robot.joints[joint].parent)
            }
            guard let a = chain.point(of: link, offset: start), let b = chain.point(of: link, offset: end) else {
                continue
            }
            if best.map({ a.joints > $0.start.joints }) ?? true { best = (index, a, b) }
        }
        let (chain, start, end) = best!
        return Body(
            link: robot.links[capsule.link], chain: start.joints > 0 ? chain : nil, joints: start.joints, start: start,
            end: end, radius: capsule.radius)
    }

    private static func canMeet(_ a: Body, _ b: Body, _ robot: RobotDescription) -> Bool {
        guard a.link != b.link, a.chain != nil || b.chain != nil else { return false }
        if robot.ignoredPairs.contains(LinkPair(a.link, b.link)) { return false }
        // What one joint at most lies between hangs on each other.
        if a.chain == b.chain { return abs(a.joints - b.joints) > 1 }
        return a.chain != nil && b.chain != nil || a.joints + b.joints > 1
    }

    /// The nearest pair at postures of each chain, and how far apart it is, metres; nil without pairs.
    package mutating func closest(at postures: [[Double]]) -> (pair: LinkPair, distance: Double)? {
        guard let (index, distance) = nearest(at: postures) else { return nil }
        return (LinkPair(bodies[pairs[index].0].link, bodies[pairs[index].1].link), distance)
    }

    /// How far apart the nearest pair is, metres; infinite without pairs.
    package mutating func distance(at postures: [[Double]]) -> Double { nearest(at: postures)?.1 ?? .infinity }

    /// How far anything moves at most while the joints of a chain move by so much, metres; shape (joints).
    package func reach(of chain: Int, moving changes: [Double]) -> Double {
        zip(levers[chain], changes).reduce(0) { $0 + $1.0 * abs($1.1) }
    }

    private mutating func nearest(at postures: [[Double]]) -> (Int, Double)? {
        for chain in chains.indices { chains[chain].place(at: postures[chain], into: &placements[chain]) }
        Self.place(bodies, chains, placements, &ends)
        var found: (Int, Double)?
        for (index, pair) in pairs.enumerated() {
            let distance = Self.distance(bodies, ends, pair.0, pair.1)
            if found.map({ distance < $0.1 }) ?? true { found = (index, distance) }
        }
        return found
    }

    private static func place(
        _ bodies: [Body], _ chains: [KinematicChain], _ placements: [[RigidTransform]],
        _ ends: inout [(Vector3, Vector3)]
    ) {
        for index in bodies.indices {
            let body = bodies[index]
            let chain = body.chain ?? 0
            ends[index] = (
                chains[chain].place(of: body.start, placements[chain]),
                chains[chain].place(of: body.end, placements[chain])
            )
        }
    }

    private static func distance(_ bodies: [Body], _ ends: [(Vector3, Vector3)], _ a: Int, _ b: Int) -> Double {
        distance(ends[a], ends[b]) - bodies[a].radius - bodies[b].radius
    }

    /// Between two line segments (Ericson 2004, §5.1.9).
    package static func distance(_ one: (Vector3, Vector3), _ other: (Vector3, Vector3)) -> Double {
        let (d1, d2, r) = (one.1 - one.0, other.1 - other.0, one.0 - other.0)
        let (a, e, f) = (dot(d1, d1), dot(d2, d2), dot(d2, r))
        var (s, t) = (0.0, 0.0)
        if a <= 1e-18 {
            t = e <= 1e-18 ? 0 : clamp(f / e)
        } else {
            let c = dot(d1, r)
            if e <= 1e-18 {
                s = clamp(-c / a)
            } else {
                let b = dot(d1, d2)
                let denominator = a * e - b * b
                s = denominator > 1e-18 ? clamp((b * f - c * e) / denominator) : 0
                t = (b * s + f) / e
                if t < 0 { (s, t) = (clamp(-c / a), 0) } else if t > 1 { (s, t) = (clamp((b - c) / a), 1) }
            }
        }
        return (one.0 + d1 * s - other.0 - d2 * t).length
    }

    private static func clamp(_ value: Double) -> Double { min(max(value, 0), 1) }
}
