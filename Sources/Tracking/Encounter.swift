import Skeleton

/// Two people who came so near each other that they may be taken for each other, until they are told apart.
struct Encounter {
    let people: (TrackID, TrackID)
    /// How each moved, and their bones, when last seen with nobody near.
    var before: (Memory, Memory)
    /// How much better, at the worst moment, the two own detections fitted than exchanged ones, 0…1.
    private(set) var margin: Float = 1
    /// Since when both are in sight and apart; nil while they are not.
    private(set) var apartSince: Duration?
    /// Odds against the one in sight being the other, who is not; nil until that has been worked out.
    var oddsAlone: Float?

    struct Memory {
        var motion: BodyMotion
        var measures: BodyMeasures
    }

    /// How much an unbroken chain of detections speaks against an exchange when the margin is 1, in logarithmic odds.
    private static let chainWeight: Float = 8

    /// What the chains of detections by themselves say against an exchange.
    var chainOdds: Float { Self.chainWeight * margin }

    func involves(_ id: TrackID) -> Bool { people.0 == id || people.1 == id }

    func other(than id: TrackID) -> TrackID { people.0 == id ? people.1 : people.0 }

    func memory(of id: TrackID) -> Memory { people.0 == id ? before.0 : before.1 }

    mutating func note(margin now: Float) { margin = min(margin, max(0, now)) }

    mutating func note(areApart: Bool, at time: Duration) {
        apartSince = areApart ? apartSince ?? time : nil
    }
}
