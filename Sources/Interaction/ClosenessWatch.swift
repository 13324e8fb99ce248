/// Follows two people in a picture who stand breast to breast, nearer than people do who do not hold each other.
///
/// Of arms that are round somebody pose networks see little, and often one of the two is lost.
struct ClosenessWatch {
    /// When the two last stood face to face without touching, and last went fast as seen from each other.
    private var facedAt = -Double.infinity
    private var passedAt = -Double.infinity
    private var closest: Float = 0
    private(set) var isOn = false

    /// Who is nearer than this touches the other; who is farther than that does not face them any more, metres.
    private static let touch: Float = 0.33
    private static let company: Float = 0.9
    /// They have parted when farther from each other by this than they were at their closest, metres.
    private static let parting: Float = 0.1
    /// For so long it counts that they stood face to face, or went fast, seconds.
    private static let memory = 1.2
    private static let passing = 0.4
    /// Who moves slower than this as seen from the other stands with them, who moves faster than that goes past, metres a
    /// second.
    private static let calm: Float = 0.5
    private static let pace: Float = 0.9
    /// How squarely each must have faced the other, and how much of their distance must have lain across the picture: of
    /// two in line with the camera nobody can tell how near they are.
    private static let leastFacing: Float = 0.5
    private static let leastAcross: Float = 0.85

    mutating func update(_ pair: PairView) {
        guard !pair.isRoom else { return }
        if pair.relativeSpeed > Self.pace { passedAt = pair.time }
        if isOn {
            closest = min(closest, pair.distance)
            isOn = pair.distance < closest + Self.parting
            return
        }
        guard pair.distance < Self.touch else {
            let facing = min(pair.first.facing ?? 0, pair.second.facing ?? 0)
            let isBeside = pair.distance < Self.company && abs(pair.way.x) > Self.leastAcross
            if isBeside, facing > Self.leastFacing, pair.relativeSpeed < Self.calm { facedAt = pair.time }
            return
        }
        closest = pair.distance
        isOn = pair.time - facedAt < Self.memory && pair.time - passedAt > Self.passing
    }
}
