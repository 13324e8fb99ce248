extension MotionSample {
    /// Whether somebody is upright on both straight legs with the hands down, as far as it is seen: trunk, legs and arms go
    /// down nearly as far as they are long.
    package var isAtRest: Bool {
        hangs([2, 0], 0.9) && [[10, 11, 12], [13, 14, 15]].allSatisfy { hangs($0, 0.92) }
            && [[4, 5, 6], [7, 8, 9]].allSatisfy { hangs($0, 0.8) }
    }

    /// Whether a chain of joints ends at least this share of its length below its beginning; true when part of it is unseen.
    private func hangs(_ chain: [Int], _ share: Float) -> Bool {
        guard chain.allSatisfy(isSeen) else { return true }
        let length = zip(chain, chain.dropFirst()).reduce(Float(0)) { sum, bone in
            let way = points[bone.1] - points[bone.0]
            return sum + (way * way).sum().squareRoot()
        }
        return points[chain[chain.count - 1]].y - points[chain[0]].y > share * length
    }
}
