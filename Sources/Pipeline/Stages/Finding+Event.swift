package import Events
import MotionRules
import Skeleton

extension Finding {
    /// What to publish of it.
    package func draft(camera: String) -> EventDraft {
        switch self {
        case .track(let change): EventDraft(change, kind: .track, camera: camera)
        case .action(let change, let model): EventDraft(change, kind: .action, camera: camera, model: model)
        case .gesture(let change): EventDraft(change, kind: .gesture, camera: camera)
        case .repetition(let repetition):
            EventDraft(
                camera: camera, phase: .end, frame: repetition.frame, presentationTime: repetition.presentationTime,
                reason: .completed, payload: .rep(RepetitionPayload(repetition)))
        case .set(let set):
            EventDraft(
                camera: camera, phase: .end, frame: set.frame, presentationTime: set.presentationTime,
                reason: .completed, payload: .set(SetPayload(set)))
        case .interaction(let change): EventDraft(change, kind: .interaction, camera: camera)
        }
    }
}

extension RepetitionPayload {
    fileprivate init(_ repetition: Repetition) {
        self.init(
            track: repetition.track, exercise: repetition.exercise, index: repetition.index,
            confidence: repetition.confidence, start: repetition.start, turningPoint: repetition.turningPoint,
            rangeOfMotion: repetition.rangeUnit == .degrees ? repetition.rangeOfMotion : nil,
            down: repetition.outward, up: repetition.inward, joints: repetition.joints)
        end = repetition.end == repetition.presentationTime ? nil : repetition.end
        set = repetition.set > 0 ? repetition.set : nil
        isPartial = repetition.isPartial
        faults = repetition.faults.map {
            Fault(
                name: $0.name, words: $0.words, joint: $0.joint, measure: $0.measure, value: Double($0.value),
                unit: $0.unit.rawValue, time: $0.time)
        }
        unjudged = repetition.unjudged
        basis = repetition.basis.rawValue
    }
}

extension SetPayload {
    fileprivate init(_ set: ExerciseSet) {
        self.init(
            track: set.track, exercise: set.exercise, number: set.number, count: set.count, start: set.start,
            end: set.end, confidence: set.confidence)
        partialCount = set.partialCount
        countByMotion = set.countByMotion
        isDisputed = set.isDisputed
        rest = set.rest
        held = set.held
        meanDuration = set.meanDuration
        meanRange = set.meanRange
        joints = set.joints
    }
}

extension Finding {
    /// What counting found.
    init(_ finding: SetFinding) {
        switch finding {
        case .repetition(let repetition): self = .repetition(repetition)
        case .set(let set): self = .set(set)
        }
    }
}
