import Skeleton

/// Who somebody is that has just appeared: one of those out of sight, or somebody new.
extension Tracker {
    /// Logarithmic odds that somebody who appears at the picture's edge is one of those lost rather than a stranger, and
    /// the same in mid-picture, where strangers hardly come from.
    private static let edgeOdds: Float = -2
    private static let innerOdds: Float = 3
    /// Logarithmic odds below which the return of somebody is doubted who met nobody, of somebody without colours, and
    /// those of the body alone.
    private static let aloneOdds: Float = 5
    private static let colorlessOdds: Float = 7
    private static let unlikeness: Float = -1
    /// Nearer than so many body sizes is beside somebody.
    private static let besideDistance: Float = 0.35

    /// Decides who the newcomers of this frame are, all at once by the greatest likelihood; the begins of those who are
    /// new. Who met somebody that is out of sight now may turn out to be them, and the newcomer to be who they were.
    mutating func identifyNewcomers(frame: Int, at time: Duration, aspectRatio: Float) -> [SegmentChange] {
        let newcomers = tracks.indices.filter { tracks[$0].lastSeen == time && tracks[$0].isConvincing(settings) }
        guard !newcomers.isEmpty else { return [] }
        let lost = tracks.indices.filter {
            tracks[$0].identity != nil && tracks[$0].state == .lost
        }
        let met = tracks.indices.filter { hasMetOne(of: lost, $0, at: time) }
        let strangers = recognise(newcomers, among: lost, met, at: time, aspectRatio: aspectRatio)
        var changes: [SegmentChange] = []
        for index in strangers where !isDoubtful(index, at: time, aspectRatio: aspectRatio) {
            if strangers.count == 1, let lost = onlyTrackLost(before: index, aspectRatio: aspectRatio) {
                carryOn(lost, by: index)
            } else if let change = begin(index, frame: frame, at: time) {
                changes.append(change)
            }
        }
        return changes
    }

    /// Whether a stranger may be no person at all: what appears in mid-picture beside somebody, and has not been there for
    /// long, is often a pose made up of parts of two people.
    private func isDoubtful(_ index: Int, at time: Duration, aspectRatio: Float) -> Bool {
        let stranger = tracks[index]
        guard time - stranger.firstSeen < settings.strangerTime, !stranger.cameIn(aspectRatio: aspectRatio) else {
            return false
        }
        return tracks.indices.contains { other in
            guard other != index, tracks[other].identity != nil else { return false }
            let offset = tracks[other].center - stranger.center
            return (offset * offset).sum().squareRoot() < Self.besideDistance * tracks[other].size
        }
    }

    /// Whether somebody settled has met one of those lost and has not been told apart from them.
    private func hasMetOne(of lost: [Int], _ index: Int, at time: Duration) -> Bool {
        guard let id = tracks[index].id, tracks[index].isSettled(at: time, settings) else { return false }
        for encounter in encounters where encounter.involves(id) {
            let other = encounter.other(than: id)
            if lost.contains(where: { tracks[$0].id == other }) { return true }
        }
        return false
    }

    /// Gives newcomers to the people they most likely are; those who are nobody known.
    private mutating func recognise(
        _ newcomers: [Int], among lost: [Int], _ met: [Int], at time: Duration, aspectRatio: Float
    ) -> [Int] {
        let people = lost + met
        let chains = newcomers + met
        guard !people.isEmpty else { return newcomers }
        let table = people.map { person in chains.map { odds(person, $0, aspectRatio: aspectRatio) } }
        let matches = Assignment.best(gains: table.flatMap { $0 }, columns: chains.count)
        doubtReturns(people, newcomers.count, table, matches, chains)
        return give(people, chains, matches, at: time)
    }

    private mutating func carryOn(_ lost: Int, by newcomer: Int) {
        doubtReturn(lost)
        guard let identity = tracks[lost].identity else { return }
        tracks[lost].forget()
        tracks[newcomer].confirm(as: identity)
    }

    /// Logarithmic odds that a chain of detections is a person's.
    private func odds(_ person: Int, _ chain: Int, aspectRatio: Float) -> Float {
        guard let identity = tracks[person].identity, tracks[person].pose.topology == tracks[chain].pose.topology else {
            return person == chain ? 1 : -1
        }
        let meeting = encounters.filter { $0.involves(identity.id) }.min { $0.margin < $1.margin }
        let memory = meeting?.memory(of: identity.id) ?? identity.memory
        let lastSeen = meeting == nil ? tracks[person].motion : memory.motion
        guard person == chain || tracks[chain].isInReach(of: lastSeen) else { return -.infinity }
        let odds =
            memory.odds(of: tracks[chain], aspectRatio: aspectRatio)
            + (tracks[chain].cameIn(aspectRatio: aspectRatio) ? Self.edgeOdds : Self.innerOdds)
        return person == chain ? max(0.1, odds) + (meeting?.chainOdds ?? 0) : odds
    }

    /// Doubts those who are taken for one of several lost people when it may as well be another of them.
    ///
    /// To be called before the chains change hands.
    private mutating func doubtReturns(
        _ people: [Int], _ newcomers: Int, _ odds: [[Float]], _ matches: [Int?], _ chains: [Int]
    ) {
        for a in people.indices {
            guard let mine = matches[a], mine < newcomers else { continue }
            if odds[a][mine] < sureOdds(people[a], as: chains[mine]) { doubtReturn(people[a]) }
            for b in people.indices where b != a {
                let theirs = matches[b]
                let kept = odds[a][mine] + (theirs.map { odds[b][$0] } ?? 0)
                let exchanged = odds[b][mine] + (theirs.map { odds[a][$0] } ?? 0)
                guard odds[b][mine] > 0, kept - exchanged < settings.swapOdds else { continue }
                doubt(people[a], people[b])
            }
        }
    }

    /// Logarithmic odds below which a return is doubted: who met somebody is told apart from them besides, if by colours.
    private func sureOdds(_ person: Int, as chain: Int) -> Float {
        guard tracks[chain].measures.colors != nil else { return Self.colorlessOdds }
        guard let id = tracks[person].id, encounters.contains(where: { $0.involves(id) }), !isUnlike(person, chain)
        else { return Self.aloneOdds }
        return settings.swapOdds
    }

    /// Whether a chain's body speaks against a person, whatever its place says for them.
    private func isUnlike(_ person: Int, _ chain: Int) -> Bool {
        guard let identity = tracks[person].identity else { return false }
        let memory = encounters.filter { $0.involves(identity.id) }.min { $0.margin < $1.margin }?.memory(
            of: identity.id)
        return (memory ?? identity.memory).measures.likelihood(of: tracks[chain].measures) < Self.unlikeness
    }

    /// Doubts somebody who comes back and can barely be recognised: it may be one of those they met and were not told
    /// apart from, or one who is gone and may be back.
    private mutating func doubtReturn(_ person: Int) {
        guard let id = tracks[person].id else { return }
        let met = encounters.filter { $0.involves(id) }.map { $0.other(than: id) }
        let partners = tracks.indices.filter { index in met.contains { tracks[index].id == $0 } }
        for other in partners { doubt(person, other) }
        for other in departed { tracks[person].identity?.doubt(other.id) }
        if partners.isEmpty, departed.isEmpty { tracks[person].identity?.doubt(nil) }
    }

    /// Gives the chains to the people they were found to be of; a lost person's former chain is forgotten, and one in sight
    /// that nobody gets is a newcomer's. The newcomers that are left.
    private mutating func give(_ people: [Int], _ chains: [Int], _ matches: [Int?], at time: Duration) -> [Int] {
        let former = people.map { tracks[$0].id }
        var identities: [Identity?] = []
        for index in people {
            identities.append(tracks[index].identity)
            tracks[index].identity = nil
        }
        // Rows of `people` whose identity has no chain yet.
        var left: [Int] = []
        for row in people.indices {
            guard let identity = identities[row] else { continue }
            if let match = matches[row] { tracks[chains[match]].confirm(as: identity) } else { left.append(row) }
        }
        // Whoever got no chain stays out of sight: at their own, or at one whose person has moved on.
        left.removeAll { row in
            guard tracks[people[row]].identity == nil else { return false }
            tracks[people[row]].identity = identities[row]
            return true
        }
        let empty = people.filter { tracks[$0].identity == nil }
        for index in empty.filter({ tracks[$0].lastSeen < time }) + empty.filter({ tracks[$0].lastSeen == time }) {
            if !left.isEmpty {
                tracks[index].identity = identities[left.removeFirst()]
            } else if tracks[index].lastSeen < time {
                tracks[index].forget()
            } else {
                tracks[index].startAnew()
            }
        }
        doubtMoved(people, from: former, at: time)
        return chains.filter { tracks[$0].state == .tentative }
    }

    /// Doubts whoever was held to be at a chain in sight until now and is not: they were at the wrong one.
    private mutating func doubtMoved(_ people: [Int], from former: [TrackID?], at time: Duration) {
        // Ids are copied out first: the optimiser of Swift 6.3 breaks down over comparisons within the tracks.
        let ids = tracks.map(\.id)
        for row in people.indices {
            let index = people[row]
            guard let id = former[row], ids[index] != id, tracks[index].lastSeen == time,
                let now = ids.firstIndex(of: id)
            else { continue }
            if ids[index] == nil { tracks[index].former = id } else { doubt(now, index) }
        }
    }

    /// The one lost track that a newcomer may carry on elsewhere in the picture, as when a film cuts: somebody who
    /// vanished in mid-picture and somebody who appeared in mid-picture, of much the same shape.
    private mutating func onlyTrackLost(before newcomer: Int, aspectRatio: Float) -> Int? {
        let lost = tracks.indices.filter { tracks[$0].state == .lost && tracks[$0].identity != nil }
        guard lost.count == 1, let detection = Detection(tracks[newcomer].pose, aspectRatio: aspectRatio) else {
            return nil
        }
        let track = tracks[lost[0]]
        guard track.lastSeen < tracks[newcomer].firstSeen, tracks[newcomer].isInReach(of: track.motion),
            !track.isLeaving(aspectRatio: aspectRatio),
            !tracks[newcomer].cameIn(aspectRatio: aspectRatio)
        else { return nil }
        let affinity = measure(for: detection.pose.topology).ofShape(track, detection)
        return affinity >= settings.matchThreshold ? lost[0] : nil
    }
}
