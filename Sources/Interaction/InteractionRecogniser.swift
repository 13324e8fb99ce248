package import Skeleton

/// Finds what people do to each other: who approaches or leaves whom, shakes hands with, hugs or pushes whom.
///
/// What can be told from which source, and what cannot, stands in the `Interactions` article.
package struct InteractionRecogniser: Sendable {
    private struct Body: Sendable {
        var placer: BodyPlacer
        var trail = BodyTrail()
    }

    /// Two tracks, the smaller first.
    private struct Couple: Hashable, Comparable {
        let first: TrackID
        let second: TrackID

        static func < (a: Self, b: Self) -> Bool { (a.first, a.second) < (b.first, b.second) }
    }

    private struct Pair: Sendable {
        var state = PairState()
        var open: [OpenInteraction] = []
        var lastSeen: Duration
    }

    private var bodies: [TrackID: Body] = [:]
    private var pairs: [Couple: Pair] = [:]
    private var knowsRoom = false
    private var segments = 0

    /// Two who are farther apart than this, in metres, are not watched …
    private static let sight: Float = 4
    /// … and when they are as far apart as this, what was known of them is forgotten.
    private static let farewell: Float = 6

    package init() {}

    /// The begins, updates and ends that this frame brings, in the order of tracks.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        let now = frame.presentationTime
        var present: [(track: TrackID, placed: PlacedBody, trail: BodyTrail)] = []
        present.reserveCapacity(frame.people.count)
        for person in frame.people {
            var body =
                bodies.removeValue(forKey: person.track) ?? Body(placer: BodyPlacer(topology: person.pose.topology))
            if body.placer.topology != person.pose.topology {
                body = Body(placer: BodyPlacer(topology: person.pose.topology))
            }
            let placed = body.placer.place(
                person.pose, aspectRatio: frame.aspectRatio, at: now, knowsRoom: &knowsRoom)
            if let placed, let pelvis = placed.place(PlacedBody.Joint.pelvis, atDepth: placed.depth) {
                body.trail.add(pelvis, floor: placed.floor, at: now.inSeconds)
                present.append((person.track, placed, body.trail))
            }
            bodies[person.track] = body
        }
        present.sort { $0.track < $1.track }
        var changes = updateHidden(seen: present.lazy.map(\.track), frame: frame.index, at: now)
        for index in present.indices {
            for other in present[(index + 1)...] {
                let one = present[index]
                let couple = Couple(first: one.track, second: other.track)
                let offset = other.trail.place - one.trail.place
                let apart = (offset.x * offset.x + offset.z * offset.z).squareRoot()
                var pair: Pair
                if let known = pairs.removeValue(forKey: couple) {
                    pair = known
                } else {
                    guard apart < Self.sight else { continue }
                    pair = Pair(lastSeen: now)
                }
                if apart > Self.farewell, pair.open.isEmpty { continue }
                if let view = PairView(one.placed, one.trail, other.placed, other.trail, at: now.inSeconds) {
                    pair.lastSeen = now
                    for turn in pair.state.update(view, places: (one.trail.place, other.trail.place)) {
                        changes.append(
                            take(turn, of: couple, &pair, inRoom: view.isRoom, frame: frame.index, at: now))
                    }
                    report(&pair, inRoom: view.isRoom, frame: frame.index, at: now, &changes)
                }
                pairs[couple] = pair
            }
        }
        return changes
    }

    /// Goes on with couples of whom one is not seen, where the other may hold and hide them.
    private mutating func updateHidden(
        seen: some Sequence<TrackID>, frame: Int, at now: Duration
    ) -> [SegmentChange] {
        guard pairs.values.contains(where: \.state.mayHideOne) else { return [] }
        let seen = Set(seen)
        let couples = pairs.filter { couple, pair in
            pair.state.mayHideOne && seen.contains(couple.first) != seen.contains(couple.second)
        }
        var changes: [SegmentChange] = []
        for couple in couples.keys.sorted() {
            guard var pair = pairs.removeValue(forKey: couple) else { continue }
            for turn in pair.state.updateHidden(at: now.inSeconds) {
                changes.append(take(turn, of: couple, &pair, inRoom: false, frame: frame, at: now))
            }
            pairs[couple] = pair
        }
        return changes
    }

    /// Ends what a track was part of, and forgets the track.
    package mutating func end(
        _ track: TrackID, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        bodies[track] = nil
        return pairs.keys.filter { $0.first == track || $0.second == track }.sorted().flatMap { couple in
            close(couple, frame: frame, at: time, reason: reason)
        }
    }

    /// Ends what everyone was part of, in the order of tracks.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        bodies.removeAll()
        return pairs.keys.sorted().flatMap { close($0, frame: frame, at: time, reason: reason) }
    }

    private mutating func close(
        _ couple: Couple, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        guard let pair = pairs.removeValue(forKey: couple) else { return [] }
        // In a contact one may be hidden by the other and still be there; other things were last seen when both were.
        return pair.open.map { open in
            let isContact = open.kind == .hug || open.kind == .handshake
            return open.change(
                .end, frame: frame, at: time, end: isContact ? nil : max(open.segment.start, pair.lastSeen),
                reason: reason)
        }
    }

    private mutating func take(
        _ turn: PairState.Turn, of couple: Couple, _ pair: inout Pair, inRoom: Bool, frame: Int, at now: Duration
    ) -> SegmentChange {
        switch turn {
        case .begins(let kind, let isFirst, let isMutual, let start, let evidence):
            segments += 1
            let open = OpenInteraction(
                kind: kind,
                segment: Segment(
                    track: isFirst ? couple.first : couple.second, other: isFirst ? couple.second : couple.first,
                    label: kind.rawValue, isMutual: isMutual,
                    confidence: Reliability.confidence(of: kind, evidence: evidence, inRoom: inRoom),
                    start: min(now, Self.moment(start))),
                number: segments, lastReport: now)
            pair.open.append(open)
            return open.change(.begin, frame: frame, at: now)
        case .ends(let kind, let time):
            guard let index = pair.open.firstIndex(where: { $0.kind == kind }) else {
                preconditionFailure("only what began can end")
            }
            let open = pair.open.remove(at: index)
            let end = max(open.segment.start, min(now, Self.moment(time)))
            return open.change(.end, frame: frame, at: now, end: end < now ? end : nil, reason: .completed)
        }
    }

    private static func moment(_ seconds: Double) -> Duration {
        Duration(clampingSeconds: max(0, seconds))
    }

    /// Reports what lasts, now and then, and at once when the other has joined in.
    private func report(
        _ pair: inout Pair, inRoom: Bool, frame: Int, at now: Duration, _ changes: inout [SegmentChange]
    ) {
        for index in pair.open.indices {
            let joins = pair.open[index].kind == .hug && pair.state.isHugMutual && !pair.open[index].segment.isMutual
            if joins { pair.open[index].segment.isMutual = true }
            guard joins || now - pair.open[index].lastReport >= SegmentChange.updateInterval else { continue }
            pair.open[index].lastReport = now
            let kind = pair.open[index].kind
            if let evidence = pair.state.evidence(of: kind) {
                pair.open[index].segment.confidence = Reliability.confidence(
                    of: kind, evidence: evidence, inRoom: inRoom)
            }
            changes.append(pair.open[index].change(.update, frame: frame, at: now))
        }
    }
}
