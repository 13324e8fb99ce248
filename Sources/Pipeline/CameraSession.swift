import Events
import Recognition
import Skeleton
package import Video

/// One source from its first frame to its last: reads, steps the pipeline and publishes what is found.
package struct CameraSession {
    /// What a session came to.
    package struct Summary: Sendable {
        package var frames = 0
        package var dropped = 0
        /// Media time of the last frame.
        package var length = Duration.zero
        /// Wall time from first to last frame.
        package var elapsed = Duration.zero
        /// What the source complained about although it could be read.
        package var warning: String?
        package var times = StageTimes()
    }

    /// One frame and what it led to, for whoever records or draws; `picture` is nil for skeleton sources.
    package typealias Observer = (_ step: PipelineStep, _ picture: Frame?) throws -> Void

    private let camera: String
    private let reader: SourceReader
    private var pipeline: CameraPipeline
    private let bus: EventBus
    private let model: String?
    /// The life of the camera's own event, from begin to end.
    private static let life = 1

    package init(camera: String, reader: SourceReader, parts: PipelineParts, bus: EventBus) throws {
        self.camera = camera
        self.reader = reader
        self.bus = bus
        model = parts.actionModel?.identifier
        pipeline = try CameraPipeline(camera: camera, parts: parts)
    }

    /// Works through the source until it ends or somebody asks to stop; every event that began has ended then.
    ///
    /// - Throws: what went wrong with the source, a stage, a sink or the observer; open events end with `failed` first.
    package mutating func run(shouldStop: () -> Bool = { false }, observer: Observer) throws -> Summary {
        var summary = Summary()
        let start = ContinuousClock.now
        do {
            var reason = EndReason.sourceEnded
            let derived = reader.derived.isEmpty ? nil : "derived: " + reader.derived.joined(separator: "; ")
            try bus.publish([cameraDraft(.begin, .online, summary, message: derived)])
            while let item = try reader.next() {
                let (step, picture) = try take(item)
                summary.frames += 1
                summary.length = step.skeletons.presentationTime
                try bus.publish(step.findings.map { $0.draft(camera: camera, model: model) })
                try observer(step, picture)
                if shouldStop() {
                    reason = .stopped
                    reader.stop()
                    break
                }
            }
            // Asked to stop while it waited for a frame that never came.
            if shouldStop() { reason = .stopped }
            summary.dropped = reader.dropped
            summary.warning = reason == .sourceEnded || reader.isLive ? reader.warning : nil
            let last = pipeline.finish(reason: reason).map { $0.draft(camera: camera, model: model) }
            try bus.publish(last + [cameraDraft(.end, .ended, summary, reason: reason, message: summary.warning)])
        } catch {
            reader.stop()
            summary.dropped = reader.dropped
            // The first error is the one to tell; a sink may be what failed.
            try? bus.publish(pipeline.finish(reason: .failed).map { $0.draft(camera: camera, model: model) })
            try? bus.publish([cameraDraft(.end, .failed, summary, reason: .failed, message: "\(error)")])
            throw error
        }
        summary.elapsed = ContinuousClock.now - start
        summary.times = pipeline.times
        summary.times.merge(reader.times)
        return summary
    }

    private mutating func take(_ item: SourceItem) throws -> (PipelineStep, Frame?) {
        switch item {
        case .picture(let frame): (try pipeline.step(frame), frame)
        case .skeletons(let skeletons): (pipeline.step(skeletons), nil)
        }
    }

    private func cameraDraft(
        _ phase: Phase, _ state: CameraPayload.State, _ summary: Summary, reason: EndReason? = nil,
        message: String? = nil
    ) -> EventDraft {
        EventDraft(
            camera: camera, phase: phase, life: Self.life, presentationTime: summary.length, reason: reason,
            payload: .camera(
                CameraPayload(
                    state: state, message: message, frames: phase == .begin ? nil : summary.frames,
                    droppedFrames: phase == .begin ? nil : summary.dropped)))
    }
}
