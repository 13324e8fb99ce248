import MotionRules
import Pipeline
import Rendering
import Skeleton

/// What each person is doing right now, in words for a picture.
struct LiveLabels {
    /// By person and model.
    private var actions: [TrackID: [String: SegmentChange]] = [:]
    private var gestures: [TrackID: [Int: String]] = [:]
    private var counts: [TrackID: [String: Int]] = [:]
    private var interactions: [Int: SegmentChange] = [:]

    mutating func take(_ finding: Finding) {
        switch finding {
        case .track(let change):
            guard change.phase == .end else { return }
            actions[change.track] = nil
            gestures[change.track] = nil
            counts[change.track] = nil
        case .action(let change, let model):
            actions[change.track, default: [:]][model] = change.phase == .end ? nil : change
        case .gesture(let change):
            gestures[change.track, default: [:]][change.segment] = change.phase == .end ? nil : change.label
        case .interaction(let change): interactions[change.segment] = change.phase == .end ? nil : change
        case .set: break
        case .repetition(let repetition): counts[repetition.track, default: [:]][repetition.exercise] = repetition.index
        }
    }

    /// What people do to each other, in the order in which it began.
    var shared: [Segment] { interactions.sorted { $0.key < $1.key }.map(\.value.content) }

    /// What is said of each person.
    var lines: [TrackID: [LabelLine]] {
        var lines: [TrackID: [LabelLine]] = [:]
        for (track, open) in actions {
            lines[track] = open.sorted { $0.key < $1.key }.map {
                LabelLine("\($0.value.label) \(Int(($0.value.confidence * 100).rounded()))%", .action)
            }
        }
        for (track, open) in gestures {
            lines[track, default: []] += open.sorted { $0.key < $1.key }.map { LabelLine($0.value, .gesture) }
        }
        for (track, exercises) in counts {
            lines[track, default: []] += exercises.sorted { $0.key < $1.key }.map {
                LabelLine("\($0.key) x\($0.value)", .count)
            }
        }
        return lines
    }
}
