package import Skeleton

/// Gives every person one id for as long as they are about.
///
/// Each frame's poses are matched to the people in sight by pose similarity (OKS) and motion, all at once and
/// optimally: sure poses first, doubtful ones after (as ByteTrack does with boxes, Zhang et al. 2022). People who come
/// near each other are told apart anew once they part, by where each was headed, how large each looked and how long
/// their bones are; where that leaves a doubt, it is reported. Everything goes by presentation times, so that frame
/// rate and dropped frames change little.
package struct Tracker: Sendable {
    package let settings: TrackerSettings
    var tracks: [Track] = []
    var encounters: [Encounter] = []
    /// Who ended lately, and so may be whoever comes.
    var departed: [Departed] = []
    private var lastUpdate: Duration?
    private var affinity: (topology: SkeletonTopology, measure: TrackAffinity)?
    private var bodyLimits: (topology: SkeletonTopology, limits: BodyLimits)?
    /// The ids given so far; carried on by whoever follows people on the same camera after this tracker.
    package var numbering: TrackNumbering

    /// Somebody whose track has ended.
    struct Departed {
        let id: TrackID
        let time: Duration
    }

    /// Those who ended are named for so long, and so many of them.
    private static let departedTime = Duration.seconds(30)
    private static let mostDeparted = 8

    /// The label of the segments that tell when a person is there.
    package static let label = "person"

    package init(settings: TrackerSettings = .init(), numbering: TrackNumbering = .init()) {
        self.settings = settings
        self.numbering = numbering
    }

    /// Takes in the poses of one frame.
    ///
    /// - Parameters:
    ///   - poses: everybody seen, in any order.
    ///   - frame: index of the frame.
    ///   - time: its presentation time, later than the last one's.
    ///   - aspectRatio: width over height of the picture.
    ///   - unwatched: for how long pictures were dropped before this one.
    package mutating func update(
        _ poses: [Pose], frame: Int, at time: Duration, aspectRatio: Float, unwatched: Duration = .zero
    ) -> TrackerUpdate {
        defer { lastUpdate = time }
        let detections = poses.compactMap { Detection($0, aspectRatio: aspectRatio) }
        let affinities = compare(detections, at: time)
        var sure = detections.indices.filter { detections[$0].pose.score >= settings.sureScore }
        var doubtful = detections.indices.filter { detections[$0].pose.score < settings.sureScore }
        var matches: [Int: Int] = [:]
        func match(_ columns: inout [Int], _ isCandidate: (Track) -> Bool) {
            let rows = tracks.indices.filter { matches[$0] == nil && isCandidate(tracks[$0]) }
            assign(rows, &columns, affinities, &matches)
        }
        match(&sure) { $0.isFollowed(at: time, settings) }
        match(&doubtful) { $0.isFollowed(at: time, settings) }
        match(&sure) { $0.state == .tentative }
        match(&doubtful) { $0.state == .tentative }

        noteEncounters(detections, matches, affinities, at: time)
        for (row, column) in matches {
            tracks[row].see(detections[column], at: time, aspectRatio: aspectRatio, settings: settings)
        }
        for index in tracks.indices where tracks[index].lastSeen < time {
            tracks[index].miss(at: time, since: lastUpdate, unwatched: unwatched, settings: settings)
        }
        for column in sure + doubtful {
            tracks.append(Track(detections[column], at: time, aspectRatio: aspectRatio, settings: settings))
        }
        noteWhoIsClear(at: time)

        var changes = identifyNewcomers(frame: frame, at: time, aspectRatio: aspectRatio)
        resolveEncounters(at: time, aspectRatio: aspectRatio)
        changes += endRemoved(frame: frame, at: time)
        changes += reportDoubts(frame: frame, at: time)

        return report(changes, at: time, aspectRatio: aspectRatio)
    }

    /// What is told of this frame: everybody in sight, and for a moment those just lost.
    private mutating func report(
        _ changes: [SegmentChange], at time: Duration, aspectRatio: Float
    ) -> TrackerUpdate {
        var people: [TrackedPose] = []
        var delays: [Float] = []
        for index in tracks.indices {
            let track = tracks[index]
            guard let identity = track.identity else { continue }
            var pose: Pose
            if track.lastSeen == time {
                pose = track.smoothed
                pose.implausibleJoints = limits(for: pose.topology).violations(of: pose, identity.memory.measures)
                if let delay = track.smoothingDelay { delays.append(delay) }
            } else if let filled = track.filled(at: time, aspectRatio: aspectRatio) {
                pose = filled
            } else {
                continue
            }
            pose.appearance = nil
            tracks[index].identity?.joints.add(pose)
            people.append(TrackedPose(track: identity.id, pose: pose))
        }
        delays.sort()
        return TrackerUpdate(
            people: people.sorted { $0.track < $1.track }, changes: changes,
            smoothingDelay: delays.isEmpty ? nil : .seconds(Double(delays[delays.count / 2])))
    }

    /// Ends every track; the tracker can then start on another source without repeating an id.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        defer {
            tracks = []
            encounters = []
            departed = []
        }
        return tracks.sorted { ($0.id?.value ?? 0) < ($1.id?.value ?? 0) }.compactMap {
            change(.end, $0, frame: frame, at: time, reason: reason)
        }
    }

    /// The affinity of every track that may be matched to every detection; one row a track.
    private mutating func compare(_ detections: [Detection], at time: Duration) -> [[Float]] {
        tracks.indices.map { index in
            detections.map { detection in
                let measure = measure(for: detection.pose.topology)
                return measure(tracks[index], detection, at: time)
            }
        }
    }

    /// Adds the best matches of some tracks and detections; detections matched are taken out of `columns`.
    private func assign(
        _ rows: [Int], _ columns: inout [Int], _ affinities: [[Float]], _ matches: inout [Int: Int]
    ) {
        guard let row = rows.first, let column = columns.first else { return }
        // One person and one pose are most of all frames.
        if rows.count == 1, columns.count == 1 {
            guard affinities[row][column] > settings.matchThreshold else { return }
            matches[row] = column
            return columns.removeAll()
        }
        let gains = rows.flatMap { row in columns.map { affinities[row][$0] - settings.matchThreshold } }
        var taken: Set<Int> = []
        for (row, column) in zip(rows, Assignment.best(gains: gains, columns: columns.count)) {
            guard let column else { continue }
            matches[row] = columns[column]
            taken.insert(columns[column])
        }
        columns.removeAll { taken.contains($0) }
    }

    /// Ends the tracks whose time is up.
    private mutating func endRemoved(frame: Int, at time: Duration) -> [SegmentChange] {
        let gone = tracks.indices.filter { tracks[$0].state == .removed }
        for index in gone { closeEncounters(of: index) }
        let changes = gone.compactMap {
            change(
                .end, tracks[$0], frame: frame, at: time,
                reason: tracks[$0].absence.isStarved ? .starved : .trackEnded)
        }
        for track in tracks where track.state == .removed {
            if let id = track.id { departed.append(Departed(id: id, time: track.lastSeen)) }
        }
        departed.removeAll { time - $0.time > Self.departedTime }
        departed.removeFirst(max(0, departed.count - Self.mostDeparted))
        tracks.removeAll { $0.state == .removed }
        return changes
    }

    /// An update for every track that has come into doubt.
    private mutating func reportDoubts(frame: Int, at time: Duration) -> [SegmentChange] {
        var changes: [SegmentChange] = []
        for index in tracks.indices where tracks[index].identity?.hasNewDoubt == true {
            tracks[index].identity?.hasNewDoubt = false
            if let change = change(.update, tracks[index], frame: frame, at: time) { changes.append(change) }
        }
        return changes
    }

    /// Gives a newcomer a new id.
    mutating func begin(_ index: Int, frame: Int, at time: Duration) -> SegmentChange? {
        let track = tracks[index]
        tracks[index].confirm(
            as: Identity(
                id: numbering.next(), firstSeen: track.firstSeen,
                memory: Encounter.Memory(motion: track.motion, measures: track.measures)))
        let change = change(.begin, tracks[index], frame: frame, at: time)
        if let former = tracks[index].former, let other = tracks.firstIndex(where: { $0.id == former }) {
            doubt(index, other)
        }
        return change
    }

    mutating func measure(for topology: SkeletonTopology) -> TrackAffinity {
        if let affinity, affinity.topology == topology { return affinity.measure }
        let measure = TrackAffinity(topology: topology)
        affinity = (topology, measure)
        return measure
    }

    private mutating func limits(for topology: SkeletonTopology) -> BodyLimits {
        if let bodyLimits, bodyLimits.topology == topology { return bodyLimits.limits }
        let limits = BodyLimits(topology: topology)
        bodyLimits = (topology, limits)
        return limits
    }

    func change(
        _ phase: Phase, _ track: Track, frame: Int, at time: Duration, reason: EndReason? = nil
    ) -> SegmentChange? {
        guard let identity = track.identity else { return nil }
        return SegmentChange(
            phase: phase, track: identity.id, label: Self.label, confidence: track.score, segment: identity.segment,
            frame: frame, presentationTime: time, start: identity.firstSeen, reason: reason,
            mayBeSwappedWith: identity.mayBeSwappedWith?.sorted(),
            joints: phase == .begin ? nil : identity.joints.shares)
    }
}
