package import Skeleton

/// Gives every person one id for as long as they are about.
///
/// Each frame's poses are matched to the tracks by pose similarity (OKS) and constant-velocity motion, all at once and
/// optimally; first to those in sight, then to those lost, last to those not yet confirmed. Everything goes by
/// presentation times, so that frame rate and dropped frames change little.
package struct Tracker: Sendable {
    package let settings: TrackerSettings
    private var tracks: [Track] = []
    private var similarity: (topology: SkeletonTopology, measure: TrackSimilarity)?
    private var lastID = 0

    /// The label of the segments that tell when a person is there.
    package static let label = "person"

    package init(settings: TrackerSettings = .init()) { self.settings = settings }

    /// Takes in the poses of one frame.
    ///
    /// - Parameters:
    ///   - poses: everybody seen, in any order.
    ///   - frame: index of the frame.
    ///   - time: its presentation time, later than the last one's.
    ///   - aspectRatio: width over height of the picture.
    package mutating func update(
        _ poses: [Pose], frame: Int, at time: Duration, aspectRatio: Float
    ) -> TrackerUpdate {
        var unmatched = poses.compactMap { Sighting($0, aspectRatio: aspectRatio) }
        for state in [TrackState.tracked, .lost, .tentative] {
            match(&unmatched, toTracksThatAre: state, at: time, aspectRatio: aspectRatio)
        }
        for index in tracks.indices where tracks[index].lastSeen < time {
            tracks[index].miss(at: time, settings: settings)
        }
        for sighting in unmatched {
            tracks.append(Track(sighting, at: time, aspectRatio: aspectRatio, settings: settings))
        }

        var changes = confirm(frame: frame, at: time, aspectRatio: aspectRatio)
        for track in tracks where track.state == .removed {
            if let change = change(.end, track, frame: frame, at: time, reason: .trackEnded) { changes.append(change) }
        }
        tracks.removeAll { $0.state == .removed }

        var people: [TrackedPose] = []
        for track in tracks where track.state == .tracked && track.lastSeen == time {
            if let id = track.id { people.append(TrackedPose(track: id, pose: track.smoothed)) }
        }
        return TrackerUpdate(people: people.sorted { $0.track < $1.track }, changes: changes)
    }

    /// Ends every track; the tracker can then start on another source without repeating an id.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        defer { tracks = [] }
        return tracks.sorted { ($0.id?.value ?? 0) < ($1.id?.value ?? 0) }.compactMap {
            change(.end, $0, frame: frame, at: time, reason: reason)
        }
    }

    /// Gives sightings to the tracks in one state and keeps those left over.
    private mutating func match(
        _ sightings: inout [Sighting], toTracksThatAre state: TrackState, at time: Duration, aspectRatio: Float
    ) {
        let candidates = tracks.indices.filter { tracks[$0].state == state && tracks[$0].lastSeen < time }
        guard !candidates.isEmpty, !sightings.isEmpty else { return }
        var gains: [Float] = []
        for index in candidates {
            for sighting in sightings {
                let measure = measure(for: sighting.pose.topology)
                let value = measure(tracks[index], sighting, at: time, aspectRatio: aspectRatio)
                gains.append(value - settings.matchThreshold)
            }
        }
        let matches = Assignment.best(gains: gains, columns: sightings.count)
        for (index, column) in zip(candidates, matches) {
            guard let column else { continue }
            tracks[index].see(sightings[column], at: time, aspectRatio: aspectRatio)
        }
        let taken = Set(matches.compactMap { $0 })
        sightings = sightings.indices.filter { !taken.contains($0) }.map { sightings[$0] }
    }

    /// Confirms the newcomers seen long enough: as the one person lost a moment ago where that can only be it, else as
    /// somebody new.
    private mutating func confirm(frame: Int, at time: Duration, aspectRatio: Float) -> [SegmentChange] {
        var changes: [SegmentChange] = []
        let newcomers = tracks.indices.filter { tracks[$0].state == .tentative && tracks[$0].lastSeen == time }
        for index in newcomers where tracks[index].isConvincing(settings) {
            if newcomers.count == 1, let lost = onlyTrackLost(before: index, aspectRatio: aspectRatio) {
                tracks[index].continueLife(of: tracks[lost])
                tracks[lost].forget()
            } else {
                lastID += 1
                tracks[index].confirm(as: TrackID(lastID), segment: lastID)
                if let change = change(.begin, tracks[index], frame: frame, at: time, reason: nil) {
                    changes.append(change)
                }
            }
        }
        return changes
    }

    /// The one lost track that a newcomer may carry on elsewhere in the picture, as when a film cuts: somebody who
    /// vanished in mid-picture and somebody who appeared in mid-picture, of much the same shape.
    private mutating func onlyTrackLost(before newcomer: Int, aspectRatio: Float) -> Int? {
        let lost = tracks.indices.filter { tracks[$0].state == .lost }
        guard lost.count == 1, let sighting = Sighting(tracks[newcomer].pose, aspectRatio: aspectRatio) else {
            return nil
        }
        let track = tracks[lost[0]]
        guard track.lastSeen < tracks[newcomer].firstSeen, !track.isLeaving(aspectRatio: aspectRatio),
            !tracks[newcomer].cameIn(aspectRatio: aspectRatio)
        else { return nil }
        let likeness = measure(for: sighting.pose.topology).ofShape(track, sighting, aspectRatio: aspectRatio)
        return likeness >= settings.matchThreshold ? lost[0] : nil
    }

    private mutating func measure(for topology: SkeletonTopology) -> TrackSimilarity {
        if let similarity, similarity.topology == topology { return similarity.measure }
        let measure = TrackSimilarity(topology: topology)
        similarity = (topology, measure)
        return measure
    }

    private func change(
        _ phase: Phase, _ track: Track, frame: Int, at time: Duration, reason: EndReason?
    ) -> SegmentChange? {
        guard let id = track.id else { return nil }
        return SegmentChange(
            phase: phase, track: id, label: Self.label, confidence: track.score, segment: track.segment, frame: frame,
            presentationTime: time, start: track.firstSeen, reason: reason)
    }
}
