import Recognition
import Skeleton

/// The action models of one camera, each with all it remembers of the people there, so that none disturbs another.
struct ActionStage {
    private struct Runner {
        let shared: Shared<ActionModel>
        var edition: Int
        var identifier: String
        var recogniser: ActionRecogniser
        /// For each open segment its number on this camera.
        var numbers: [Int: Int] = [:]

        init(_ shared: Shared<ActionModel>, falseAlarmsPerHour: Double?) {
            let latest = shared.latest
            self.shared = shared
            edition = latest.number
            identifier = latest.content.identifier
            recogniser = ActionRecogniser(
                model: latest.content,
                settings: ActionRecogniserSettings(for: latest.content, falseAlarmsPerHour: falseAlarmsPerHour))
        }
    }

    private var runners: [Runner]
    private let falseAlarmsPerHour: Double?
    private var segments = 0

    init(models: [Shared<ActionModel>], falseAlarmsPerHour: Double?) {
        self.falseAlarmsPerHour = falseAlarmsPerHour
        runners = models.map { Runner($0, falseAlarmsPerHour: falseAlarmsPerHour) }
    }

    var isEmpty: Bool { runners.isEmpty }

    /// What the models made of the last frame, in the order of the models.
    var predictions: [ActionPrediction] { runners.flatMap(\.recogniser.predictions) }

    var complaint: String? {
        let complaints = runners.compactMap(\.recogniser.complaint)
        return complaints.isEmpty ? nil : complaints.joined(separator: "; ")
    }

    /// What every model finds in a frame, in the order of the models. A model that was replaced ends what it had open,
    /// and the new one begins with this frame.
    mutating func update(_ frame: SkeletonFrame) -> [Finding] {
        var findings: [Finding] = []
        for index in runners.indices {
            if runners[index].shared.latest.number != runners[index].edition {
                let changes = runners[index].recogniser.finish(
                    frame: frame.index, at: frame.presentationTime, reason: .modelReplaced)
                findings += number(changes, of: index)
                runners[index] = Runner(runners[index].shared, falseAlarmsPerHour: falseAlarmsPerHour)
            }
            findings += number(runners[index].recogniser.update(frame), of: index)
        }
        return findings
    }

    mutating func end(_ track: TrackID, frame: Int, at time: Duration, reason: EndReason) -> [Finding] {
        runners.indices.flatMap { index in
            number(runners[index].recogniser.end(track, frame: frame, at: time, reason: reason), of: index)
        }
    }

    mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [Finding] {
        runners.indices.flatMap { index in
            number(runners[index].recogniser.finish(frame: frame, at: time, reason: reason), of: index)
        }
    }

    /// Every recogniser counts its segments from 1; on a camera no two open ones may have the same number.
    private mutating func number(_ changes: [SegmentChange], of index: Int) -> [Finding] {
        changes.map { change in
            var change = change
            let own = change.segment
            if change.phase == .begin {
                segments += 1
                runners[index].numbers[own] = segments
            }
            guard let number = runners[index].numbers[own] else {
                preconditionFailure("a segment that was not begun goes on")
            }
            if change.phase == .end { runners[index].numbers[own] = nil }
            change.segment = number
            return .action(change, model: runners[index].identifier)
        }
    }
}
