/// How much two people look as if they shook hands or embraced each other, at one moment.
enum ContactEvidence {
    /// How far a value has come from where it says nothing to where it says all, 0…1.
    static func ramp(_ value: Float, _ nothing: Float, _ all: Float) -> Float {
        max(0, min(1, (value - nothing) / (all - nothing)))
    }

    /// Whether a hand is held out to the other, 0…1: ahead of the body, not hanging, and not
    /// raised: a child's is at its shoulder's height.
    static func heldOut(_ hand: PairView.Hand, of person: PairView.Person, along way: SIMD3<Float>) -> Float {
        let ahead = ((hand.palm - person.pelvis) * way).sum()
        let height = person.pelvis.y - hand.palm.y
        let trunk = max(0.2, person.pelvis.y - person.neck.y)
        return ramp(ahead, 0.05, 0.18) * ramp(height, -0.3, -0.15) * ramp(height, 1.3 * trunk, 1.1 * trunk)
            * ramp(abs(hand.forearm.y), 0.985, 0.9)
    }

    /// Two hands meet between the two, held out by both.
    static func handshake(_ pair: PairView) -> Float {
        guard 0.3..<1.7 ~= pair.distance else { return 0 }
        var best: Float = 0
        for (indexA, handA) in pair.first.hands.enumerated() {
            guard let handA else { continue }
            let outA = heldOut(handA, of: pair.first, along: pair.way)
            guard outA > 0 else { continue }
            for (indexB, handB) in pair.second.hands.enumerated() {
                guard let handB else { continue }
                let outB = heldOut(handB, of: pair.second, along: -pair.way)
                let touch = ramp(pair.gap(handA.palm, handB.palm), 0.26, 0.12)
                // Right with right, left with left; crosswise is holding hands.
                let isOne =
                    (foremost(indexA, of: pair.first, along: pair.way)
                        + foremost(indexB, of: pair.second, along: -pair.way)) / 2
                let isSeen = ramp(min(handA.seen, handB.seen), 0.05, 0.35)
                best = max(best, outA * outB * touch * isOne * isSeen * (indexA == indexB ? 1 : 0.8))
            }
        }
        guard best > 0 else { return 0 }
        let apart = ramp(pair.distance, 0.4, 0.56) * ramp(pair.distance, 1.6, 1.25)
        let still = ramp(pair.relativeSpeed, 1.1, 0.6)
        return best * apart * still * aside(pair, 0.1, 0.3) * regard(pair.first) * regard(pair.second)
    }

    /// Whether a hand is farther out than the person's other one, 0.2…1: hands clasped before the body give no hand.
    private static func foremost(_ index: Int, of person: PairView.Person, along way: SIMD3<Float>) -> Float {
        guard let hand = person.hands[index], let other = person.hands[1 - index] else { return 1 }
        return 0.2 + 0.8 * ramp(((hand.palm - other.palm) * way).sum(), 0, 0.12)
    }

    /// How far one has the arms round the other, 0…1.
    static func embrace(of person: PairView.Person, around other: PairView.Person, _ pair: PairView) -> Float {
        let way = pair.first.pelvis == person.pelvis ? pair.way : -pair.way
        var best: Float = 0
        for case let hand? in person.hands {
            let height = other.pelvis.y - hand.palm.y
            let trunk = max(0.2, other.pelvis.y - other.neck.y)
            let beyond = ((hand.palm - other.trunk) * way).sum()
            let isThere =
                ramp(pair.gap(hand.palm, toTrunkOf: other), 0.4, 0.24) * ramp(height, 0.02, 0.14)
                * ramp(height, trunk + 0.3, trunk + 0.12)
            // Whether the hand is behind the other shows only when they stand side by side in the picture.
            let across = pair.depthDoubt > 0 ? abs(way.x) : 1
            best = max(
                best,
                isThere * ramp(hand.seen, -0.3, 0.3) * ((1 - across) * unseenArms + across * ramp(beyond, -0.12, 0)))
        }
        return best
    }

    /// What hands at the other's trunk are worth when one stands behind the other and nobody can tell which side of it
    /// they are on, and what it is worth that two stand breast to breast.
    static let unseenArms: Float = 0.6

    /// What the bodies say about an embrace: near each other, staying so, and not back to back or side by side.
    static func proximity(_ pair: PairView) -> Float {
        let faces = (pair.first.facing ?? 0.5) + (pair.second.facing ?? 0.5)
        return ramp(pair.distance, 0.72, 0.48) * ramp(pair.relativeSpeed, 1, 0.5) * ramp(faces, -0.4, 0.6)
            * (0.5 + 0.5 * aside(pair, 0.05, 0.2))
    }

    /// Whether the two stand far enough beside each other in the picture to tell what is between them, 0…1.
    private static func aside(_ pair: PairView, _ nothing: Float, _ all: Float) -> Float {
        pair.depthDoubt > 0 ? ramp(abs(pair.second.pelvis.x - pair.first.pelvis.x), nothing, all) : 1
    }

    /// Whether somebody may be turned to the other, 0…1; who looks along with them or away is not.
    private static func regard(_ person: PairView.Person) -> Float {
        person.facing.map { ramp($0, 0.1, 0.5) } ?? 1
    }
}
