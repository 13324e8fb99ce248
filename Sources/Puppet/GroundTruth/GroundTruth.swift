package import Skeleton

/// One line of the ground truth of a scene: something somebody did, when.
package struct GroundTruth: Sendable, Hashable {
    package enum What: String, Sendable, Hashable {
        case action, gesture, repetition
    }

    package var what: What
    package var start: Duration
    package var end: Duration
    package var track: TrackID
    package var label: String
    /// Counts from 1 per track and label.
    package var index: Int

    /// The columns of the file of ground truth.
    package static let columns = "what,start_us,end_us,track,label,index"

    package var line: String {
        "\(what.rawValue),\(start.inMicroseconds),\(end.inMicroseconds),\(track),\(label),\(index)"
    }
}

extension PuppetScene {
    /// All that is done, ordered by start, track and label: each step as an action, each repetition of the kinds that are
    /// counted, and the gestures raise_hand, wave and arms_sideways.
    package var groundTruth: [GroundTruth] {
        var rows: [GroundTruth] = []
        for (number, actor) in actors.enumerated() {
            var counts: [String: Int] = [:]
            func add(_ what: GroundTruth.What, _ label: String, _ start: Double, _ end: Double) {
                guard start < min(end, duration) else { return }
                let key = "\(what) \(label)"
                counts[key, default: 0] += 1
                rows.append(
                    GroundTruth(
                        what: what, start: .microseconds(rounding: start),
                        end: .microseconds(rounding: min(end, duration)), track: TrackID(number + 1),
                        label: label, index: counts[key]!))
            }
            for step in actor.steps {
                add(.action, step.kind.rawValue, step.start, step.end)
                for repetition in step.repetitions where step.kind.isCounted && repetition.end <= duration {
                    add(.repetition, step.kind.rawValue, repetition.start, repetition.end)
                }
                for gesture in gestures(of: actor, in: step) {
                    add(.gesture, gesture.label, gesture.start, gesture.end)
                }
            }
        }
        return rows.sorted {
            ($0.start, $0.track.value, $0.what.rawValue, $0.label) < (
                $1.start, $1.track.value, $1.what.rawValue, $1.label
            )
        }
    }

    private func gestures(
        of actor: PuppetActor, in step: PuppetStep
    ) -> [(label: String, start: Double, end: Double)] {
        switch step.kind {
        case .wave:
            guard let first = step.repetitions.first, let last = step.repetitions.last else { return [] }
            return [("wave", first.start, last.end)]
        case .armRaise:
            return times(of: actor, in: step) { skeleton in
                // Of the kind only a hand above the head counts.
                max(skeleton[.leftWrist].y, skeleton[.rightWrist].y) > skeleton.headTop.y
            }.map { ("raise_hand", $0, $1) }
        case .armsSideways:
            return times(of: actor, in: step) { skeleton in
                PuppetSide.allCases.allSatisfy { side in
                    let arm = skeleton[.wrist(side)] - skeleton[.shoulder(side)]
                    return abs(arm.y) < 0.35 * length(arm)
                }
            }.map { ("arms_sideways", $0, $1) }
        default: return []
        }
    }

    /// The times within a step at which something holds, to a hundredth of a second.
    private func times(
        of actor: PuppetActor, in step: PuppetStep, where holds: (PuppetSkeleton) -> Bool
    ) -> [(Double, Double)] {
        var spans: [(Double, Double)] = []
        var begin: Double?
        let count = Int(((step.end - step.start) * 100).rounded())
        for tick in 0...count {
            let time = step.start + Double(tick) / 100
            let now = tick < count && actor.skeleton(at: time).map(holds) ?? false
            if now && begin == nil { begin = time }
            if !now, let start = begin {
                spans.append((start, time))
                begin = nil
            }
        }
        return spans
    }
}

extension PuppetKind {
    /// Whether its repetitions are what somebody would count.
    package var isCounted: Bool {
        switch self {
        case .stand, .nothing, .walk, .run, .wave, .clap: false
        default: true
        }
    }
}

extension Duration {
    /// Seconds to whole microseconds.
    static func microseconds(rounding seconds: Double) -> Duration { .microseconds(Int64((seconds * 1e6).rounded())) }
}
