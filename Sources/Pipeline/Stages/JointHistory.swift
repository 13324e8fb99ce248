import MotionRules
import Skeleton

/// Remembers of each track what its joints rested on, so that findings can tell how much of them was measured.
struct JointHistory {
    /// Sums since the track began, up to and including a moment.
    private struct Entry {
        var time: Duration
        var sum: JointTally
    }

    private var entries: [TrackID: [Entry]] = [:]

    /// Findings that began longer ago than this tell of this much time only.
    private static let memory = Duration.seconds(120)

    mutating func add(_ frame: SkeletonFrame) {
        for person in frame.people {
            var sums = entries.removeValue(forKey: person.track) ?? []
            var sum = sums.last?.sum ?? JointTally()
            sum.add(person.pose)
            sums.append(Entry(time: frame.presentationTime, sum: sum))
            // Now and then rather than in every frame, since it moves all entries.
            if let first = sums.first, frame.presentationTime - first.time > Self.memory * 2 {
                let oldest = frame.presentationTime - Self.memory
                sums.removeFirst(sums.partitioningIndex { $0.time >= oldest })
            }
            entries[person.track] = sums
        }
    }

    mutating func forget(_ track: TrackID) { entries[track] = nil }

    /// The finding with what its joints rested on, from its start until now; begins tell nothing of it yet.
    func completing(_ finding: Finding) -> Finding {
        switch finding {
        case .action(var change, let model) where change.phase != .begin:
            change.joints = shares(of: change.track, since: change.start)
            return .action(change, model: model)
        case .gesture(var change) where change.phase != .begin:
            change.joints = shares(of: change.track, since: change.start)
            return .gesture(change)
        case .repetition(var repetition):
            repetition.joints = shares(of: repetition.track, since: repetition.start)
            return .repetition(repetition)
        case .set(var set):
            set.joints = shares(of: set.track, since: set.start)
            return .set(set)
        default: return finding
        }
    }

    private func shares(of track: TrackID, since start: Duration) -> JointShares? {
        guard let sums = entries[track], let last = sums.last else { return nil }
        let before = sums.partitioningIndex { $0.time >= start }
        return (last.sum - (before > 0 ? sums[before - 1].sum : JointTally())).shares
    }
}
