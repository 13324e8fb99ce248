/// Watches whether one person pushes another: an arm is stretched at them fast, and they give way.
struct PushWatch {
    private struct Moment {
        var time: Double
        /// How far the foremost hand is ahead of its own body, and how far it is from the other's trunk, metres.
        var ahead: Float
        var gap: Float
        /// Where the other's trunk is, metres.
        var trunk: SIMD3<Float>
        /// Cosine between the other's front and the way to who may be pushing.
        var facing: Float
        /// How fast the two move, as seen from each other, and the other by itself, metres a second.
        var pace: Float
        var otherPace: Float
    }

    private struct Stretch {
        var start: Double
        var peak: Double
        var speed: Float
        var gap: Float
        var trunk: SIMD3<Float>
        var facing: Float
    }

    /// What begins or ends; times are media times in seconds.
    enum Turn {
        case begins(start: Double, evidence: Float)
        case ends
    }

    private var moments: [Moment] = []
    private var stretch: Stretch?
    private(set) var isOn = false
    private var begun = 0.0

    /// Seconds that are looked back on, and in which the other must give way.
    private static let memory = 0.6
    private static let patience = 0.7
    /// Both must have stood before: seen from each other, and the other by itself, metres a second.
    private static let calm: Float = 0.6
    private static let otherCalm: Float = 0.4
    /// How far and how fast the hand must come forward, metres and metres a second, and how near to the trunk.
    private static let leastStretch: Float = 0.16
    private static let leastSpeed: Float = 0.8
    private static let leastAhead: Float = 0.22
    /// What begins within so many seconds is one stretch.
    private static let oneStretch = 0.25
    private static let touch: Float = 0.32
    /// Who is driven does not turn round first: by how much the cosine between their front and the pusher may change.
    private static let turn: Float = 0.3
    /// How far the other must be driven, metres.
    private static let leastWay: Float = 0.14
    /// The other stands again below this speed, metres a second; a push lasts no longer than this, in seconds.
    private static let standing: Float = 0.25
    private static let longest = 1.6

    /// - Parameter pair: seen from who may be pushing.
    mutating func update(_ pair: PairView) -> Turn? {
        let away = (pair.second.velocity * pair.way).sum()
        if isOn {
            guard away < Self.standing || pair.time - begun > Self.longest else { return nil }
            isOn = false
            stretch = nil
            moments.removeAll(keepingCapacity: true)
            return .ends
        }
        guard let moment = moment(pair) else {
            moments.removeAll(keepingCapacity: true)
            return nil
        }
        moments.append(moment)
        moments.removeFirst(moments.prefix { $0.time < pair.time - Self.memory }.count)
        look(pair)
        guard let stretch else { return nil }
        guard pair.time - stretch.peak < Self.patience else {
            self.stretch = nil
            return nil
        }
        let driven = ((moment.trunk - stretch.trunk) * pair.way).sum()
        guard driven > Self.leastWay, moment.facing > stretch.facing - Self.turn, away > Self.standing,
            away > -(pair.first.velocity * pair.way).sum()
        else {
            return nil
        }
        isOn = true
        begun = pair.time
        let evidence =
            ContactEvidence.ramp(stretch.speed, 0.5, 1.6) * ContactEvidence.ramp(stretch.gap, 0.45, 0.25)
            * ContactEvidence.ramp(driven, 0.05, 0.2)
        return .begins(start: stretch.start, evidence: evidence)
    }

    /// Forgets what was seen: what comes now is no push.
    mutating func reset() {
        guard !isOn else { return }
        moments.removeAll(keepingCapacity: true)
        stretch = nil
    }

    /// Nil when no hand is where it could push.
    private func moment(_ pair: PairView) -> Moment? {
        guard pair.distance < 1.6 else { return nil }
        var ahead = -Float.infinity
        var gap = Float.infinity
        for case let hand? in pair.first.hands {
            let height = pair.second.pelvis.y - hand.palm.y
            let trunk = max(0.2, pair.second.pelvis.y - pair.second.neck.y)
            ahead = max(ahead, ((hand.palm - pair.first.pelvis) * pair.way).sum())
            guard -0.05...trunk + 0.15 ~= height else { continue }
            gap = min(gap, pair.gap(hand.palm, toTrunkOf: pair.second))
        }
        guard ahead.isFinite else { return nil }
        let velocity = pair.second.velocity
        return Moment(
            time: pair.time, ahead: ahead, gap: gap, trunk: pair.second.trunk,
            facing: pair.second.facing ?? 0, pace: pair.relativeSpeed,
            otherPace: (velocity.x * velocity.x + velocity.z * velocity.z).squareRoot())
    }

    /// Looks whether the hand has just come forward.
    private mutating func look(_ pair: PairView) {
        guard let now = moments.last, now.gap < Self.touch, now.ahead > Self.leastAhead, pair.first.facing ?? 1 > 0,
            let back = moments.min(by: { $0.ahead < $1.ahead }), now.ahead - back.ahead > Self.leastStretch
        else { return }
        var speed: Float = 0
        var start = back
        for (index, moment) in moments.enumerated() {
            guard let later = moments[index...].first(where: { $0.time - moment.time >= 0.09 }) else { break }
            let rise = (later.ahead - moment.ahead) / Float(later.time - moment.time)
            if rise > speed { speed = rise }
            // The stretch begins where the hand was last near its rearmost place.
            if moment.ahead < back.ahead + 0.03 { start = moment }
        }
        guard start.pace < Self.calm, start.otherPace < Self.otherCalm else { return }
        guard speed > Self.leastSpeed else { return }
        if let under = stretch, start.time - under.start < Self.oneStretch {
            stretch?.peak = now.time
            stretch?.speed = max(speed, under.speed)
            stretch?.gap = min(now.gap, under.gap)
        } else {
            stretch = Stretch(
                start: start.time, peak: now.time, speed: speed, gap: now.gap, trunk: start.trunk, facing: start.facing)
        }
    }
}
