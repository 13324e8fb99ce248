import Foundation
import Recognition

/// How well gestures that were taught with one subject of a set are found in its others.
final class TaughtTrial {
    /// What came of it.
    struct Score {
        var found = 0
        var shown = 0
        var falseAlarms = 0
        var hours = 0.0
        /// From the end of each motion to when it was told, in seconds.
        var delays = Delays()

        var recall: Double { Double(found) / Double(max(1, shown)) }
        var falseAlarmsPerHour: Double { Double(falseAlarms) / max(hours, 1e-9) }
    }

    /// What a trial is run with.
    struct Conditions {
        /// Which half of the subjects: 0 chose the threshold, 1 is reported.
        var half: Int
        /// How many examples of each gesture.
        var examples: Int
        /// Whether all gestures are looked for at once, or each by itself.
        var together: Bool
        /// Whether what the other half does otherwise is background too, as a user's history would be.
        var hasHistory: Bool
    }

    private let set: MotionSet
    private let model: ActionModel
    private let teacher: GestureTeacher
    private let motions: [DescribedMotion]
    private let subjects: [String]
    private let puppets: [DescribedMotion]

    init(_ set: MotionSet, model: ActionModel, puppets: [DescribedMotion]) {
        self.set = set
        self.model = model
        self.puppets = puppets
        let teacher = GestureTeacher(model: model)
        self.teacher = teacher
        motions = set.recordings.map { teacher.describe($0.samples) }
        subjects = Set(set.recordings.map(\.subject)).sorted()
    }

    /// Every second subject.
    private func half(_ index: Int) -> [String] { subjects.indices.filter { $0 % 2 == index }.map { subjects[$0] } }

    /// Everybody of the half teaches once, and all others of it are watched.
    func run(_ conditions: Conditions) -> Score {
        let own = half(conditions.half)
        var score = Score()
        for first in own.indices {
            // One person shows a thing once, so several examples are several people's.
            let teachers =
                set.isByPerson ? (0..<conditions.examples).map { own[(first + $0) % own.count] } : [own[first]]
            let gestures = taught(by: teachers, conditions)
            let watched = set.recordings.indices.filter {
                own.contains(set.recordings[$0].subject) && !teachers.contains(set.recordings[$0].subject)
            }
            for looked in conditions.together ? [gestures] : gestures.map({ [$0] }) {
                watch(watched, for: looked, into: &score)
            }
        }
        return score
    }

    private func watch(_ recordings: [Int], for gestures: [TaughtGesture], into score: inout Score) {
        let trial = GestureTrial(ExemplarSet(gestures, model: model))
        let names = Set(gestures.map(\.name))
        for recording in recordings {
            let label = set.recordings[recording].label
            let told = trial.told(in: motions[recording])
            score.hours += motions[recording].length / 3600
            score.falseAlarms += told.count { $0.name != label }
            guard names.contains(label) else { continue }
            score.shown += 1
            guard let found = told.last(where: { $0.name == label }) else { continue }
            score.found += 1
            if let span = MovingSpan.find(in: set.recordings[recording].samples) {
                score.delays.seconds.append(found.known - span.upperBound)
            }
        }
    }

    /// The gestures of the set, taught as `laban gesture teach` does.
    private func taught(by teachers: [String], _ conditions: Conditions) -> [TaughtGesture] {
        var gestures = set.gestures.compactMap { name -> TaughtGesture? in
            let examples = teachers.flatMap { teacher in
                set.recordings.filter { $0.subject == teacher && $0.label == name }
                    .prefix(set.isByPerson ? 1 : conditions.examples)
            }.compactMap { GestureTeacher.example($0.samples, source: set.name) }
            return examples.isEmpty
                ? nil : TaughtGesture(name: name, isMirrored: set.isByPerson, threshold: 1, examples: examples)
        }
        let others = Set(half(1 - conditions.half))
        for index in gestures.indices {
            var background = puppets
            if conditions.hasHistory {
                background += set.recordings.indices.filter {
                    let recording = set.recordings[$0]
                    return others.contains(recording.subject)
                        && (conditions.together
                            ? !set.gestures.contains(recording.label) : recording.label != gestures[index].name)
                }.map { motions[$0] }
            }
            gestures[index].threshold =
                teacher.propose(
                    for: gestures[index], background: background, ordinary: puppets,
                    others: conditions.together ? gestures : [], limit: 1
                ).threshold
        }
        return gestures
    }
}
