/// Turns evidence that comes and goes into something that begins, lasts and ends.
struct EvidenceHold {
    /// Evidence from which it counts as there, and below which it counts as gone once it is.
    let enter: Float
    let stay: Float
    /// Seconds it must be there to begin, the longer the weaker it is, and be gone to end.
    let holdTime: Double
    let gapTime: Double

    /// When it came to be there; nil while it is not.
    private(set) var since: Double?
    private(set) var lastThere = 0.0
    private(set) var isOn = false
    private var sum: Float = 0
    private var weight: Float = 0
    private var lastTime = 0.0

    init(enter: Float, stay: Float, holdTime: Double, gapTime: Double) {
        self.enter = enter
        self.stay = stay
        self.holdTime = holdTime
        self.gapTime = gapTime
    }

    /// Evidence that is enough for the shortest hold.
    private static let sureness: Float = 0.9

    /// Mean evidence since it came.
    var mean: Float { weight > 0 ? sum / weight : 0 }

    enum Turn { case begins, ends }

    /// Takes one moment's evidence, 0…1.
    mutating func update(_ evidence: Float, at time: Double) -> Turn? {
        let elapsed = Float(min(0.2, max(0, time - lastTime)))
        lastTime = time
        if evidence >= (since == nil ? enter : stay) {
            if since == nil {
                since = time
                sum = 0
                weight = 0
            }
            lastThere = time
        }
        guard let since else { return nil }
        sum += evidence * max(1e-3, elapsed)
        weight += max(1e-3, elapsed)
        if time - lastThere > (isOn ? gapTime : min(gapTime, 0.2)) {
            self.since = nil
            guard isOn else { return nil }
            isOn = false
            return .ends
        }
        if !isOn, time == lastThere, time - since >= holdTime, sum >= Float(holdTime) * Self.sureness {
            isOn = true
            return .begins
        }
        return nil
    }

    /// Forgets what was under way.
    mutating func reset() {
        since = nil
        isOn = false
    }
}
