package import Skeleton
package import Tracking

/// Tells from a stream of tracked skeletons who came and who went, for sources whose ids were given elsewhere.
///
/// A track begins with the first frame it is in, and ends when it was in none for longer than `patience`. Its id is that
/// of the source, unless somebody in this run has had it: who comes again after the end, or twice in one frame, gets a new one.
package struct TrackPresence: Sendable {
    /// Who somebody is to the source: ids may stand in a frame more than once.
    private struct Name: Hashable {
        var track: TrackID
        var copy: Int
    }

    private struct Presence {
        let id: TrackID
        var segment: Int
        var since: Duration
        var absence: Absence
        var score: Float
        var joints = JointTally()
    }

    private let patience: Duration
    private var present: [Name: Presence] = [:]
    private var segments = 0
    private var lastFrame: Duration?

    package init(patience: Duration = SourceLoss.patience) { self.patience = patience }

    /// Takes one frame and gives the begins and ends it leads to, ends first, each in the order of track ids.
    ///
    /// - Parameters:
    ///   - frame: its people get the ids of this run.
    ///   - numbering: the ids given so far on this camera.
    ///   - unwatched: for how long frames were dropped before this one.
    package mutating func update(
        _ frame: inout SkeletonFrame, numbering: inout TrackNumbering, unwatched: Duration = .zero
    ) -> [SegmentChange] {
        let now = frame.presentationTime
        var begins: [SegmentChange] = []
        var copies: [TrackID: Int] = [:]
        var seen: Set<Name> = []
        for index in frame.people.indices {
            let person = frame.people[index]
            let name = Name(track: person.track, copy: copies[person.track, default: 0])
            copies[person.track, default: 0] += 1
            seen.insert(name)
            var presence: Presence
            if let known = present[name] {
                presence = known
                presence.absence.end(at: now)
                presence.joints.add(person.pose)
            } else {
                segments += 1
                presence = Presence(
                    id: numbering.take(person.track), segment: segments, since: now, absence: Absence(at: now),
                    score: person.pose.score)
                presence.joints.add(person.pose)
                begins.append(change(.begin, presence, frame: frame.index, at: now))
            }
            present[name] = presence
            frame.people[index].track = presence.id
        }
        var gone: [Name] = []
        for name in present.keys where !seen.contains(name) {
            present[name]?.absence.goOn(since: lastFrame, unwatched: unwatched)
            if let absence = present[name]?.absence, absence.length(at: now) > patience { gone.append(name) }
        }
        lastFrame = now
        return end(gone, frame: frame.index, at: now) + begins.sorted { $0.track < $1.track }
    }

    /// Ends everyone still present.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        end(Array(present.keys), frame: frame, at: time, reason: reason)
    }

    private mutating func end(
        _ names: [Name], frame: Int, at time: Duration, reason: EndReason? = nil
    ) -> [SegmentChange] {
        names.compactMap { present.removeValue(forKey: $0) }.sorted { $0.id < $1.id }.map { presence in
            change(
                .end, presence, frame: frame, at: time,
                reason: reason ?? (presence.absence.isStarved ? .starved : .trackEnded))
        }
    }

    private func change(
        _ phase: Phase, _ presence: Presence, frame: Int, at time: Duration, reason: EndReason? = nil
    ) -> SegmentChange {
        SegmentChange(
            phase: phase, track: presence.id, label: "person", confidence: presence.score, segment: presence.segment,
            frame: frame, presentationTime: time, start: presence.since, reason: reason,
            joints: phase == .begin ? nil : presence.joints.shares)
    }
}
