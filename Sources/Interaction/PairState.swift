import Skeleton

/// All that is known of what two people do to each other; the first is the one of the smaller track.
struct PairState {
    /// What one moment brings.
    enum Turn {
        /// - Parameter isFirst: whether the first person does it.
        case begins(InteractionKind, isFirst: Bool, isMutual: Bool, start: Double, evidence: Float)
        /// - Parameter time: when it is judged to have ended.
        case ends(InteractionKind, time: Double)
    }

    private var handshake = EvidenceHold(enter: 0.4, stay: 0.2, holdTime: 0.3, gapTime: 0.6)
    private var hug = EvidenceHold(enter: 0.4, stay: 0.15, holdTime: 0.4, gapTime: 0.7)
    private var pushes = (PushWatch(), PushWatch())
    private var walk = PairWalk()
    private var closeness = ClosenessWatch()
    /// Since when each holds a hand out to the other, and how much each embraced the other since the hug came.
    private var handsOut: (Double?, Double?)
    private var arms: (sum: SIMD2<Float>, since: (Double?, Double?)) = (.zero, (nil, nil))

    /// A share of what both do from which on it counts as done by both.
    private static let mutualShare: Float = 0.3

    /// When the two last embraced each other, and how long the hands then take to come apart.
    private var lastHug = -Double.infinity
    private static let release = 0.9
    /// When the two last held each other, and for how long after that nobody pushes.
    private var lastContact = -Double.infinity
    private static let afterContact = 0.6

    /// Whether the two hold each other: a track that is then lost may be hidden by the other's body.
    var isInContact: Bool { handshake.isOn || hug.isOn }
    /// Whether both have their arms round each other.
    var isHugMutual: Bool { Self.isMutual((arms.sum.x, arms.sum.y)) }

    mutating func update(_ pair: PairView, places: (SIMD3<Float>, SIMD3<Float>)) -> [Turn] {
        var turns: [Turn] = []
        contact(pair, &turns)
        if isInContact {
            lastContact = pair.time
            walk.keepTogether()
        }
        push(pair, &turns)
        if let turn = walk.update(pair, places: places, inContact: isInContact || handshake.since != nil) {
            turns.append(
                turn.begins
                    ? .begins(
                        turn.kind, isFirst: turn.ways.0 >= turn.ways.1, isMutual: Self.isMutual(turn.ways),
                        start: turn.time, evidence: turn.evidence)
                    : .ends(turn.kind, time: turn.time))
        }
        return turns
    }

    private mutating func contact(_ pair: PairView, _ turns: inout [Turn]) {
        let time = pair.time
        let held = Self.heldOut(pair)
        Self.note(held.0 > 0.5, at: time, &handsOut.0)
        Self.note(held.1 > 0.5, at: time, &handsOut.1)
        let embraces = SIMD2(
            ContactEvidence.embrace(of: pair.first, around: pair.second, pair),
            ContactEvidence.embrace(of: pair.second, around: pair.first, pair))
        closeness.update(pair)
        let near = closeness.isOn ? ContactEvidence.unseenArms : 0
        let evidence = max(max(embraces.x, embraces.y) * ContactEvidence.proximity(pair), near)
        Self.note(embraces.x > 0.4, at: time, &arms.since.0)
        Self.note(embraces.y > 0.4, at: time, &arms.since.1)
        if hug.since == nil { arms.sum = .zero }
        // Arms that nobody sees may be anybody's.
        arms.sum += embraces + near / 2
        embrace(evidence, at: time, &turns)
        guard time - lastHug > Self.release else { return }
        switch handshake.update(ContactEvidence.handshake(pair), at: time) {
        case .begins?:
            turns.append(
                .begins(
                    .handshake, isFirst: (handsOut.0 ?? .infinity) <= (handsOut.1 ?? .infinity), isMutual: true,
                    start: handshake.since ?? time, evidence: handshake.mean))
        case .ends?: turns.append(.ends(.handshake, time: handshake.lastThere))
        case nil: break
        }
    }

    private mutating func embrace(_ evidence: Float, at time: Double, _ turns: inout [Turn]) {
        switch hug.update(evidence, at: time) {
        case .begins?:
            // Arms that go round somebody pass their hands on the way.
            if handshake.isOn { turns.append(.ends(.handshake, time: hug.since ?? time)) }
            handshake.reset()
            let isFirst =
                isHugMutual
                ? (arms.since.0 ?? .infinity) <= (arms.since.1 ?? .infinity) : arms.sum.x >= arms.sum.y
            turns.append(
                .begins(.hug, isFirst: isFirst, isMutual: isHugMutual, start: hug.since ?? time, evidence: hug.mean))
        case .ends?: turns.append(.ends(.hug, time: hug.lastThere))
        case nil: break
        }
        if hug.isOn { lastHug = time }
    }

    /// Whether one may be lost now because the other holds them.
    var mayHideOne: Bool { closeness.isOn }

    /// A moment in which only one of the two is seen, `mayHideOne` being true.
    mutating func updateHidden(at time: Double) -> [Turn] {
        var turns: [Turn] = []
        arms.sum += ContactEvidence.unseenArms / 2
        embrace(ContactEvidence.unseenArms, at: time, &turns)
        return turns
    }

    private mutating func push(_ pair: PairView, _ turns: inout [Turn]) {
        // Who lets go of somebody takes the arms back, and they part.
        if pair.time - lastContact < Self.afterContact {
            pushes.0.reset()
            pushes.1.reset()
        }
        for isFirst in [true, false] {
            // Whoever is pushed and strikes back does so afterwards.
            guard isFirst ? !pushes.1.isOn : !pushes.0.isOn else { continue }
            let turn = isFirst ? pushes.0.update(pair) : pushes.1.update(pair.swapped)
            switch turn {
            case .begins(let start, let evidence)?:
                turns.append(.begins(.push, isFirst: isFirst, isMutual: false, start: start, evidence: evidence))
            case .ends?: turns.append(.ends(.push, time: pair.time))
            case nil: break
            }
        }
        if pushes.0.isOn || pushes.1.isOn {
            walk.disregardParting()
            walk.keepTogether()
        }
    }

    /// What speaks now for something under way that lasts, 0…1; nil for what is judged once.
    func evidence(of kind: InteractionKind) -> Float? {
        switch kind {
        case .handshake: handshake.mean
        case .hug: hug.mean
        case .approach, .leave, .push: nil
        }
    }

    private static func heldOut(_ pair: PairView) -> (Float, Float) {
        func most(_ person: PairView.Person, _ way: SIMD3<Float>) -> Float {
            person.hands.compactMap { $0.map { ContactEvidence.heldOut($0, of: person, along: way) } }.max() ?? 0
        }
        return (most(pair.first, pair.way), most(pair.second, -pair.way))
    }

    private static func note(_ holds: Bool, at time: Double, _ since: inout Double?) {
        since = holds ? since ?? time : nil
    }

    private static func isMutual(_ ways: (Float, Float)) -> Bool {
        min(ways.0, ways.1) > mutualShare * max(1e-6, ways.0 + ways.1)
    }
}
