import Skeleton

/// What happens when people come near each other and part.
extension Tracker {
    /// People nearer than this, in mean body sizes, may be taken for each other; from the second on they are apart.
    private static let nearDistance: Float = 0.2
    private static let clearDistance: Float = 0.27
    /// Ids of people farther from each other than this are put right no more: nobody leaps.
    private static let farDistance: Float = 1
    /// What was learned alone is good for this long.
    private static let freshness = Duration.milliseconds(500)
    /// Two who are apart but near others are told apart after this at the latest.
    private static let patienceWithOthers = Duration.seconds(1)

    /// Notes who comes near whom, and how well each one's own detection can be told from the other's.
    mutating func noteEncounters(
        _ detections: [Detection], _ matches: [Int: Int], _ affinities: [[Float]], at time: Duration
    ) {
        let followed = tracks.indices.filter {
            tracks[$0].identity != nil
        }
        guard followed.count > 1 else { return }
        let places = followed.map { row in
            matches[row].map { detections[$0].center } ?? tracks[row].motion.predicted(at: time).center
        }
        for a in followed.indices {
            for b in followed.indices where b > a {
                let (i, j) = (followed[a], followed[b])
                let offset = places[a] - places[b]
                let size = (tracks[i].size + tracks[j].size) / 2
                guard (offset * offset).sum().squareRoot() < Self.nearDistance * size,
                    let first = tracks[i].identity, let second = tracks[j].identity
                else { continue }
                let encounter = open((i, first), (j, second), at: time)
                if let mine = matches[i] {
                    var margin = affinities[i][mine] - affinities[j][mine]
                    if let theirs = matches[j] { margin += affinities[j][theirs] - affinities[i][theirs] }
                    encounters[encounter].note(margin: margin)
                } else if let theirs = matches[j] {
                    encounters[encounter].note(margin: affinities[j][theirs] - affinities[i][theirs])
                }
            }
        }
    }

    /// The place of the open encounter of two people, begun now if there is none.
    private mutating func open(_ a: (Int, Identity), _ b: (Int, Identity), at time: Duration) -> Int {
        let (first, second) = (a.1.id, b.1.id)
        if let known = encounters.firstIndex(where: { $0.involves(first) && $0.involves(second) }) { return known }
        func memory(_ track: Int, _ identity: Identity) -> Encounter.Memory {
            var memory = identity.memory
            // In a throng the last moment alone may be long ago.
            if time - memory.motion.time > Self.freshness { memory.motion = tracks[track].motion }
            return memory
        }
        encounters.append(Encounter(people: (first, second), before: (memory(a.0, a.1), memory(b.0, b.1))))
        return encounters.count - 1
    }

    /// Notes for everybody seen in this frame whether anybody else is near, and which encounters are over.
    mutating func noteWhoIsClear(at time: Duration) {
        let seen = tracks.indices.filter { tracks[$0].lastSeen == time && tracks[$0].state != .removed }
        for i in seen {
            tracks[i].note(isClear: seen.allSatisfy { $0 == i || areApart(i, $0) }, at: time)
        }
        for index in encounters.indices {
            let (first, second) = encounters[index].people
            guard let i = seen.first(where: { tracks[$0].id == first }),
                let j = seen.first(where: { tracks[$0].id == second })
            else {
                encounters[index].note(areApart: false, at: time)
                continue
            }
            encounters[index].note(areApart: areApart(i, j), at: time)
        }
    }

    private func areApart(_ i: Int, _ j: Int, by distance: Float = clearDistance) -> Bool {
        let offset = tracks[i].center - tracks[j].center
        let size = (tracks[i].size + tracks[j].size) / 2
        return (offset * offset).sum().squareRoot() >= distance * size
    }

    /// Tells apart those who have parted: exchanges their ids where that is likelier, and doubts them where neither is.
    mutating func resolveEncounters(at time: Duration, aspectRatio: Float) {
        var open: [Encounter] = []
        for encounter in encounters {
            guard let since = encounter.apartSince, time - since >= settings.settlingTime,
                let i = tracks.firstIndex(where: { $0.id == encounter.people.0 }),
                let j = tracks.firstIndex(where: { $0.id == encounter.people.1 }),
                tracks[i].isSettled(at: time, settings) && tracks[j].isSettled(at: time, settings)
                    || time - since >= Self.patienceWithOthers
            else {
                open.append(encounter)
                continue
            }
            func odds(_ memory: Encounter.Memory, _ track: Int) -> Float {
                memory.odds(of: tracks[track], aspectRatio: aspectRatio)
            }
            let kept = odds(encounter.before.0, i) + odds(encounter.before.1, j) + encounter.chainOdds
            let exchanged = odds(encounter.before.0, j) + odds(encounter.before.1, i)
            // Ids that are put right now were wrong until now.
            if kept - exchanged < settings.swapOdds { doubt(i, j) }
            if exchanged > kept, !areApart(i, j, by: Self.farDistance) { exchange(i, j) }
        }
        encounters = open
        resolveThoseAlone(at: time, aspectRatio: aspectRatio)
    }

    /// Marks two people as possibly exchanged.
    mutating func doubt(_ i: Int, _ j: Int) {
        let (first, second) = (tracks[i].id, tracks[j].id)
        tracks[i].identity?.doubt(second)
        tracks[j].identity?.doubt(first)
    }

    private mutating func exchange(_ i: Int, _ j: Int) {
        let identity = tracks[i].identity
        tracks[i].identity = tracks[j].identity
        tracks[j].identity = identity
    }

    /// Where only one of two is left in sight: how likely it is that they are the other.
    private mutating func resolveThoseAlone(at time: Duration, aspectRatio: Float) {
        for index in encounters.indices where encounters[index].oddsAlone == nil {
            let encounter = encounters[index]
            let (first, second) = encounter.people
            guard let i = tracks.firstIndex(where: { $0.id == first }),
                let j = tracks.firstIndex(where: { $0.id == second })
            else { continue }
            let present = [i, j].filter { tracks[$0].isSettled(at: time, settings) }
            guard present.count == 1, let here = present.first, let id = tracks[here].id,
                !tracks[here == i ? j : i].isFollowed(at: time, settings)
            else { continue }
            encounters[index].oddsAlone =
                encounter.memory(of: id).odds(of: tracks[here], aspectRatio: aspectRatio)
                - encounter.memory(of: encounter.other(than: id)).odds(of: tracks[here], aspectRatio: aspectRatio)
                + encounter.chainOdds
        }
    }

    /// Closes the encounters of somebody who is gone for good. Who may have been exchanged with them stays in doubt.
    mutating func closeEncounters(of gone: Int) {
        guard let id = tracks[gone].id else { return }
        for encounter in encounters where encounter.involves(id) {
            let other = encounter.other(than: id)
            guard (encounter.oddsAlone ?? encounter.chainOdds) < settings.swapOdds,
                let survivor = tracks.firstIndex(where: { $0.id == other })
            else { continue }
            doubt(survivor, gone)
        }
        encounters.removeAll { $0.involves(id) }
    }
}

extension Encounter.Memory {
    /// Logarithmic odds that a chain of detections is this person's rather than a stranger's.
    func odds(of track: Track, aspectRatio: Float) -> Float {
        motion.likelihood(of: track.motion, aspectRatio: aspectRatio) + measures.likelihood(of: track.measures)
    }
}
