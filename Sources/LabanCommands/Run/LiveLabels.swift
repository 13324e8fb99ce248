import MotionRules
package import Pipeline
import Rendering
package import Skeleton

/// What each person is doing right now, in words for a picture.
package struct LiveLabels {
    /// By person and model.
    private var actions: [TrackID: [String: SegmentChange]] = [:]
    private var gestures: [TrackID: [Int: String]] = [:]
    /// Full repetitions by person, number of the set and name.
    private var sets: [TrackID: [Int: [String: Int]]] = [:]
    private var interactions: [Int: SegmentChange] = [:]

    package init() {}

    package mutating func take(_ finding: Finding) {
        switch finding {
        case .track(let change):
            guard change.phase == .end else { return }
            actions[change.track] = nil
            gestures[change.track] = nil
            sets[change.track] = nil
        case .action(let change, let model):
            actions[change.track, default: [:]][model] = change.phase == .end ? nil : change
        case .gesture(let change):
            gestures[change.track, default: [:]][change.segment] = change.phase == .end ? nil : change.label
        case .interaction(let change): interactions[change.segment] = change.phase == .end ? nil : change
        case .repetition(let repetition) where !repetition.isPartial:
            sets[repetition.track, default: [:]][repetition.set, default: [:]][repetition.exercise, default: 0] += 1
        // Only now is it known what it was a set of.
        case .set(let set) where set.held == nil: sets[set.track]?[set.number] = [set.exercise: set.count]
        case .repetition, .set: break
        }
    }

    /// What people do to each other, in the order in which it began.
    var shared: [Segment] { interactions.sorted { $0.key < $1.key }.map(\.value.content) }

    /// Full repetitions by person and name, those of sets that are over by the name of their set.
    package var counts: [TrackID: [String: Int]] {
        sets.mapValues { $0.values.reduce(into: [:]) { sum, set in sum.merge(set, uniquingKeysWith: +) } }
    }

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
            lines[track, default: []] += exercises.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
                LabelLine("\($0.key) x\($0.value)", .count)
            }
        }
        return lines
    }
}
