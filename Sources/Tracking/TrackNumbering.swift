package import Skeleton

/// Which ids a camera has given in this run of Laban: none is given twice.
///
/// A plain value: whoever goes on where a source ended (from its beginning again, connected anew, tried again) carries
/// it on.
package struct TrackNumbering: Sendable, Equatable {
    /// Every number from 1 to this one is taken.
    private var last = 0
    /// Other numbers that are taken, as they came from other programs.
    private var others: Set<Int> = []

    /// Beyond so many scattered numbers no more of them are kept: memory has an end.
    private static let mostOthers = 100_000

    package init() {}

    /// The smallest id that nobody has had.
    package mutating func next() -> TrackID {
        last += 1
        let id = TrackID(last)
        closeUp()
        return id
    }

    /// The id that another program gave, when nobody has had it yet; otherwise a new one.
    package mutating func take(_ wanted: TrackID) -> TrackID {
        guard wanted.value < 1 || wanted.value > last, others.count < Self.mostOthers,
            others.insert(wanted.value).inserted
        else { return next() }
        closeUp()
        return wanted
    }

    private mutating func closeUp() {
        while others.remove(last + 1) != nil { last += 1 }
    }
}
