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
    }
}
