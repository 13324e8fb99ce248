package import Skeleton

/// What a stage reports, before it is numbered and timed.
package struct EventDraft: Sendable, Equatable {
    /// Empty for events of no camera.
    package var camera: String
    package var phase: Phase
    /// Names what lasts from begin to end within its camera and kind; nil for events that are over at once.
    package var life: Int?
    package var frame: Int?
    package var presentationTime: Duration?
    package var reason: EndReason?
    package var model: String?
    package var payload: EventPayload

    /// An event that is over at once unless told otherwise.
    package init(
        camera: String, phase: Phase = .end, life: Int? = nil, frame: Int? = nil, presentationTime: Duration? = nil,
        reason: EndReason? = nil, model: String? = nil,
        payload: EventPayload
    ) {
        self.camera = camera
        self.phase = phase
        self.life = life
        self.frame = frame
        self.presentationTime = presentationTime
        self.reason = reason
        self.model = model
        self.payload = payload
    }

    /// What a stage reports of a segment.
    ///
    /// - Parameters:
    ///   - kind: action, gesture, interaction or track.
    ///   - model: name and version of what recognised it.
    package init(_ change: SegmentChange, kind: EventKind, camera: String, model: String? = nil) {
        let payload: EventPayload =
            switch kind {
            case .action: .action(change.content)
            case .gesture: .gesture(change.content)
            case .interaction: .interaction(change.content)
            case .track: .track(change.content)
            default: preconditionFailure("\(kind) events do not come from segments")
            }
        self.init(
            camera: camera, phase: change.phase, life: change.segment, frame: change.frame,
            presentationTime: change.presentationTime, reason: change.reason, model: model,
            payload: payload)
    }
}
