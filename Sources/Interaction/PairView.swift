/// Two people at one moment in a space they share, in metres, and what is between them.
///
/// Axes are the camera's: x right, y down, z away. In a picture depths come from sizes, and from where the feet are; a
/// difference is what both agree on, less what they may err by.
struct PairView {
    /// One of the two.
    struct Person {
        var pelvis: SIMD3<Float>
        var neck: SIMD3<Float>
        /// Left, then right; nil where wrist or elbow was not seen.
        var hands: [Hand?]
        /// Cosine of the angle between where the person faces and where the other is, seen from above; nil when unknown.
        var facing: Float?
        /// Metres a second.
        var velocity: SIMD3<Float>

        /// Middle of the trunk.
        var trunk: SIMD3<Float> { (pelvis + neck) / 2 }
    }

    struct Hand {
        /// Middle of the palm.
        var palm: SIMD3<Float>
        /// From elbow to wrist, a unit vector.
        var forearm: SIMD3<Float>
        /// How surely the wrist was seen, 0…1.
        var seen: Float
    }

    let time: Double
    let first: Person
    let second: Person
    /// Level unit vector from the first person to the second.
    let way: SIMD3<Float>
    /// Level distance of their pelvises, steadied over a moment.
    let distance: Float
    /// By how much a distance along the line of sight may err; 0 in a room.
    let depthDoubt: Float

    /// Share of a person's distance from the camera by which it may err.
    private static let depthError: Float = 0.05
    /// What a camera's height above the floor is taken for, metres.
    private static let cameraHeight: Float = 1.4
    /// Wrist to the middle of the palm.
    private static let palmLength: Float = 0.085
    /// Speeds along the line of sight below this are taken for error.
    private static let depthSpeedError: Float = 0.2

    /// Nil where the two cannot be placed in one space.
    init?(_ a: PlacedBody, _ trailA: BodyTrail, _ b: PlacedBody, _ trailB: BodyTrail, at time: Double) {
        guard a.space == b.space else { return nil }
        let isRoom = a.space == .room
        self.time = time
        depthDoubt = isRoom ? 0 : Self.depthError * (a.depth + b.depth) / 2
        let middle = (a.depth + b.depth) / 2
        var offset = trailB.place - trailA.place
        var speeds = (trailA.velocity.z, trailB.velocity.z)
        if !isRoom {
            let floorScale = middle * middle / (PlacedBody.focalLength * Self.cameraHeight)
            if let floorA = trailA.floor, let floorB = trailB.floor {
                offset.z = Self.agreed(offset.z, (floorA.place - floorB.place) * floorScale)
                speeds.0 = Self.agreed(speeds.0, -floorA.speed * floorScale)
                speeds.1 = Self.agreed(speeds.1, -floorB.speed * floorScale)
            }
            offset.z = Self.shrunk(offset.z, by: depthDoubt)
            speeds = (Self.shrunk(speeds.0, by: Self.depthSpeedError), Self.shrunk(speeds.1, by: Self.depthSpeedError))
        }
        let half = isRoom ? 0 : offset.z / 2
        let depths = (middle - half, middle + half)
        guard let pelvisA = a.place(PlacedBody.Joint.pelvis, atDepth: depths.0),
            let pelvisB = b.place(PlacedBody.Joint.pelvis, atDepth: depths.1)
        else { return nil }
        let level = SIMD3(offset.x, 0, offset.z)
        let length = (level * level).sum().squareRoot()
        distance = length
        let way = length > 0.02 ? level / length : SIMD3(1, 0, 0)
        self.way = way
        func person(
            _ body: PlacedBody, _ velocity: SIMD3<Float>, _ pelvis: SIMD3<Float>, _ depth: Float,
            _ towards: SIMD3<Float>
        ) -> Person {
            let hands = [PlacedBody.Joint.left, PlacedBody.Joint.right].enumerated().map { index, side -> Hand? in
                guard let wrist = body.place(side.wrist, atDepth: depth),
                    let elbow = body.place(side.elbow, atDepth: depth)
                else { return nil }
                let bone = wrist - elbow
                let forearm = bone / max(1e-3, (bone * bone).sum().squareRoot())
                return Hand(palm: wrist + Self.palmLength * forearm, forearm: forearm, seen: body.wristsSeen[index])
            }
            return Person(
                pelvis: pelvis, neck: body.place(PlacedBody.Joint.neck, atDepth: depth) ?? pelvis - SIMD3(0, 0.5, 0),
                hands: hands, facing: body.forward.map { ($0 * towards).sum() }, velocity: velocity)
        }
        let velocities = (
            SIMD3(trailA.velocity.x, trailA.velocity.y, speeds.0), SIMD3(trailB.velocity.x, trailB.velocity.y, speeds.1)
        )
        first = person(a, velocities.0, pelvisA, depths.0, way)
        second = person(b, velocities.1, pelvisB, depths.1, -way)
    }

    var isRoom: Bool { depthDoubt == 0 }

    /// The same seen from the other person.
    var swapped: PairView {
        PairView(
            time: time, first: second, second: first, way: -way, distance: distance, depthDoubt: depthDoubt)
    }

    private init(
        time: Double, first: Person, second: Person, way: SIMD3<Float>, distance: Float, depthDoubt: Float
    ) {
        self.time = time
        self.first = first
        self.second = second
        self.way = way
        self.distance = distance
        self.depthDoubt = depthDoubt
    }

    /// How fast the distance grows, metres a second.
    var growth: Float { ((second.velocity - first.velocity) * way).sum() }

    /// How fast one moves as seen from the other, metres a second.
    var relativeSpeed: Float {
        let velocity = second.velocity - first.velocity
        return (velocity.x * velocity.x + velocity.z * velocity.z).squareRoot()
    }

    /// How far two places are apart when what may be an error of depth is left out.
    func gap(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
        let offset = b - a
        let depth = Self.shrunk(offset.z, by: depthDoubt > 0 ? Self.depthReserve : 0)
        return (offset.x * offset.x + offset.y * offset.y + depth * depth).squareRoot()
    }

    /// How far a place is from the line between somebody's pelvis and neck.
    func gap(_ place: SIMD3<Float>, toTrunkOf person: Person) -> Float {
        let axis = person.neck - person.pelvis
        let share = ((place - person.pelvis) * axis).sum() / max(1e-4, (axis * axis).sum())
        return gap(place, person.pelvis + max(0, min(1, share)) * axis)
    }

    /// What networks err by in the depth of a hand, metres.
    private static let depthReserve: Float = 0.25

    /// What two measurements of a depth have in common: people who are farther look smaller and stand higher in the
    /// picture, and each alone deceives.
    private static func agreed(_ a: Float, _ b: Float) -> Float {
        a * b <= 0 ? 0 : abs(a) < abs(b) ? a : b
    }

    /// A value moved towards 0 by `doubt`.
    private static func shrunk(_ value: Float, by doubt: Float) -> Float {
        value > doubt ? value - doubt : value < -doubt ? value + doubt : 0
    }
}
