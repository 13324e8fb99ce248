package import Skeleton

/// Tells from a stream of tracked skeletons who came and who went, for sources whose ids were given elsewhere.
///
/// A track begins with the first frame it is in, and ends when it was in none for longer than `patience`.
package struct TrackPresence: Sendable {
    private struct Presence {
        var segment: Int
        var since: Duration
        var lastSeen: Duration
        var score: Float
        var joints = JointTally()
    }

    private let patience: Duration
    private var present: [TrackID: Presence] = [:]
    private var segments = 0

    package init(patience: Duration = .seconds(2)) { self.patience = patience }

    /// Takes one frame and gives the begins and ends it leads to, ends first, each in the order of track ids.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        let now = frame.presentationTime
        var begins: [SegmentChange] = []
        for person in frame.people {
            if present[person.track] != nil {
                present[person.track]?.lastSeen = now
                present[person.track]?.joints.add(person.pose)
            } else {
                segments += 1
                var presence = Presence(segment: segments, since: now, lastSeen: now, score: person.pose.score)
                presence.joints.add(person.pose)
                present[person.track] = presence
                begins.append(change(.begin, person.track, presence, frame: frame.index, at: now))
            }
        }
        let gone = present.filter { now - $0.value.lastSeen > patience }.keys.sorted()
        let ends = gone.map { end($0, frame: frame.index, at: now, reason: .trackEnded) }
        return ends + begins.sorted { $0.track < $1.track }
    }

    /// Ends everyone still present.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        present.keys.sorted().map { end($0, frame: frame, at: time, reason: reason) }
    }

    private mutating func end(_ track: TrackID, frame: Int, at time: Duration, reason: EndReason) -> SegmentChange {
        guard let presence = present.removeValue(forKey: track) else {
            preconditionFailure("only a track that is present can end")
        }
        return change(.end, track, presence, frame: frame, at: time, reason: reason)
    }

    private func change(
        _ phase: Phase, _ track: TrackID, _ presence: Presence, frame: Int, at time: Duration, reason: EndReason? = nil
    ) -> SegmentChange {
        SegmentChange(
            phase: phase, track: track, label: "person", confidence: presence.score, segment: presence.segment,
            frame: frame, presentationTime: time, start: presence.since, reason: reason,
            joints: phase == .begin ? nil : presence.joints.shares)
    }
}
