import Skeleton
import Tracking

/// How well ids hold over a scene whose truth is known: IDF1 (Ristani et al. 2016), MOTA (Bernardin and Stiefelhagen
/// 2008), and the swaps, flagged and not.
///
/// Boxes round joints match from an overlap of one half on. People of whom less than `countedShare` can be seen need
/// not be found, and it is no error to find them.
struct CrowdScore {
    /// Somebody of whom less than this share can be seen does not count.
    static let countedShare: Float = 0.3
    /// A track that follows somebody else for at least this long has swapped.
    private static let settling = Duration.seconds(1)

    /// Somebody out of the picture for longer than this, the tracker's patience, is somebody new, as is usual in
    /// multiple object tracking.
    private static let absence = Duration.seconds(2)

    private(set) var truths = 0
    private(set) var results = 0
    private(set) var hits = 0
    private(set) var switches = 0
    private(set) var swaps = 0
    private(set) var unflaggedSwaps = 0
    /// Swaps of a track that nothing was said of, before or then, or that named nobody who took part.
    private(set) var unnamedSwaps = 0
    private(set) var encounters = 0
    private(set) var flaggedEncounters = 0
    private(set) var identityHits = 0
    private(set) var seconds = 0.0
    private(set) var notes: [String] = []

    var mota: Double { 1 - Double(truths - hits + results - hits + switches) / Double(max(1, truths)) }
    /// What IDF1 would be if every box found bore the right id.
    var bestIDF1: Double { 2 * Double(hits) / Double(max(1, truths + results)) }
    var idf1: Double { 2 * Double(identityHits) / Double(max(1, truths + results)) }

    /// Adds the scores of another scene.
    static func += (a: inout CrowdScore, b: CrowdScore) {
        a.truths += b.truths
        a.results += b.results
        a.hits += b.hits
        a.switches += b.switches
        a.swaps += b.swaps
        a.unflaggedSwaps += b.unflaggedSwaps
        a.unnamedSwaps += b.unnamedSwaps
        a.encounters += b.encounters
        a.flaggedEncounters += b.flaggedEncounters
        a.identityHits += b.identityHits
        a.seconds += b.seconds
        a.notes += b.notes
    }

    /// When which track was said to be possibly swapped, and with whom.
    typealias Flag = (track: TrackID, time: Duration, with: [TrackID])

    init() {}

    /// - Parameters:
    ///   - truth, result: the frames of a scene, one by one.
    ///   - flags: what was said of possible swaps.
    ///   - visibleShare: how much of a person of the truth can be seen, 0…1.
    init(
        truth: [SkeletonFrame], result: [SkeletonFrame], flags: [Flag],
        visibleShare: (Pose) -> Float
    ) {
        var together: [TrackID: [TrackID: Int]] = [:]
        var before: [TrackID: TrackID] = [:]
        var owners: [TrackID: (owner: TrackID?, candidate: TrackID, since: Duration)] = [:]
        var holder: [TrackID: TrackID] = [:]
        var held: [Int: Set<TrackID>] = [:]
        var exchanges: [(track: TrackID, from: TrackID, to: TrackID, since: Duration, camera: String)] = []
        var past: [(people: [TrackID], start: Duration, end: Duration)] = []
        var meetings: [[TrackID]: Meeting] = [:]
        for (expected, found) in zip(Self.renumbered(truth), result) {
            let time = expected.presentationTime
            let aspect = expected.aspectRatio ?? 1
            let real = expected.people.map { Box($0.pose, aspect) }
            let seen = found.people.map { Box($0.pose, aspect) }
            var gains: [Float] = []
            for row in real.indices {
                for column in seen.indices {
                    let overlap = real[row].overlap(seen[column])
                    let isKept = before[expected.people[row].track] == found.people[column].track
                    gains.append(overlap >= 0.5 ? overlap + (isKept ? 2 : 0) : 0)
                }
            }
            let matches = seen.isEmpty ? real.map { _ in nil } : Assignment.best(gains: gains, columns: seen.count)
            var ignored = 0
            for (row, column) in matches.enumerated() {
                let person = expected.people[row].track
                let counts = visibleShare(expected.people[row].pose) >= Self.countedShare
                if counts { truths += 1 }
                guard let column else { continue }
                let track = found.people[column].track
                if counts { hits += 1 } else { ignored += 1 }
                if counts { together[person, default: [:]][track, default: 0] += 1 }
                if let last = before[person], last != track, counts { switches += 1 }
                if counts { before[person] = track }
                guard counts else { continue }
                // Who a track follows, once it has settled.
                var state = owners[track] ?? (owner: nil, candidate: person, since: time)
                if state.candidate != person { state = (state.owner, person, time) }
                if state.owner != person, time - state.since >= Self.settling {
                    if let owner = state.owner {
                        exchanges.append((track, owner, person, state.since, expected.camera))
                    }
                    state.owner = person
                }
                owners[track] = state
                holder[person] = track
                held[person.value % 100, default: []].insert(track)
            }
            results += seen.count - ignored
            for (a, first) in expected.people.enumerated() {
                for (b, second) in expected.people.enumerated() where b > a {
                    let key = [first.track, second.track]
                    if real[a].overlap(real[b]) > 0.15 {
                        var meeting = meetings[key] ?? Meeting(start: time, end: time, tracks: [])
                        if time - meeting.end > .seconds(1) {
                            count(meeting, flags)
                            past.append((key, meeting.start, meeting.end))
                            meeting = Meeting(start: time, end: time, tracks: [])
                        }
                        meeting.end = time
                        for person in key { if let track = holder[person] { meeting.tracks.insert(track) } }
                        meetings[key] = meeting
                    }
                }
            }
        }
        for key in meetings.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            count(meetings[key]!, flags)
            past.append((key, meetings[key]!.start, meetings[key]!.end))
        }
        // A flag is in time until two seconds after the two have parted.
        for exchange in exchanges {
            let pair = [exchange.from, exchange.to].sorted()
            let parted = past.filter { $0.people == pair && $0.start <= exchange.since }.map(\.end).max()
            let deadline = max(exchange.since, parted ?? .zero) + .seconds(2)
            let isFlagged = flags.contains {
                $0.track == exchange.track && $0.time >= exchange.since - .seconds(3) && $0.time <= deadline
            }
            swaps += 1
            if !isFlagged { unflaggedSwaps += 1 }
            let said = flags.filter { $0.track == exchange.track && $0.time <= deadline }
            let others = [exchange.from, exchange.to].reduce(into: Set<TrackID>()) {
                $0.formUnion(held[$1.value % 100] ?? [])
            }
            let named = Set(said.flatMap(\.with))
            if said.isEmpty || named.isDisjoint(with: others) && others.count > 1 { unnamedSwaps += 1 }
            notes.append(
                "\(exchange.camera) \(exchange.since.inSeconds) s: track \(exchange.track) from \(exchange.from) to "
                    + "\(exchange.to)\(isFlagged ? "" : " UNFLAGGED")")
        }
        seconds = truth.last.map { $0.presentationTime.inSeconds } ?? 0
        let people = together.keys.sorted()
        let tracks = Set(together.values.flatMap(\.keys)).sorted()
        if !people.isEmpty {
            let gains = people.flatMap { person in tracks.map { Float(together[person]?[$0] ?? 0) } }
            for (row, column) in Assignment.best(gains: gains, columns: tracks.count).enumerated() {
                if let column { identityHits += together[people[row]]?[tracks[column]] ?? 0 }
            }
        }
    }

    /// The truth with a new id for everybody who comes back after too long an absence.
    private static func renumbered(_ frames: [SkeletonFrame]) -> [SkeletonFrame] {
        var seen: [TrackID: (visit: Int, last: Duration)] = [:]
        return frames.map { frame in
            var frame = frame
            for index in frame.people.indices {
                let track = frame.people[index].track
                var (visit, last) = seen[track] ?? (0, frame.presentationTime)
                if frame.presentationTime - last > absence { visit += 1 }
                seen[track] = (visit, frame.presentationTime)
                frame.people[index].track = TrackID(track.value + 100 * visit)
            }
            return frame
        }
    }

    private struct Meeting {
        var start: Duration
        var end: Duration
        var tracks: Set<TrackID>
    }

    private mutating func count(_ meeting: Meeting, _ flags: [Flag]) {
        encounters += 1
        if flags.contains(where: {
            meeting.tracks.contains($0.track) && $0.time >= meeting.start && $0.time <= meeting.end + .seconds(2)
        }) {
            flaggedEncounters += 1
        }
    }

    private struct Box {
        var low = SIMD2<Float>(repeating: .infinity)
        var high = SIMD2<Float>(repeating: -.infinity)

        init(_ pose: Pose, _ aspectRatio: Float) {
            for case let place? in pose.places(aspectRatio: aspectRatio) {
                low = pointwiseMin(low, place)
                high = pointwiseMax(high, place)
            }
        }

        func overlap(_ other: Box) -> Float {
            let shared = pointwiseMax(pointwiseMin(high, other.high) - pointwiseMax(low, other.low), .zero)
            let common = shared.x * shared.y
            let both = (high - low).x * (high - low).y + (other.high - other.low).x * (other.high - other.low).y
            return both > common ? common / (both - common) : 0
        }
    }
}
