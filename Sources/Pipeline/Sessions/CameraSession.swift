import Events
package import MotionRules
import Recognition
import Skeleton
package import Tracking
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

    private enum Taken {
        case step(PipelineStep, Frame?)
        case report(ConnectionReport)
    }

    private let camera: String
    private let reader: SourceReader
    private var pipeline: CameraPipeline
    private let bus: EventBus
    private let robot: RobotDriver?
    private let gate: FairGate?
    private let member: FairShare.Member
    private var health: CameraHealth
    private var summary = Summary()
    /// The life of the camera's own event, from begin to end.
    private static let life = 1
    /// When the history last learned who is there.
    private var noted: Duration?
    /// How often it does, in media time.
    private static let notingInterval = Duration.seconds(1)
    /// When skeletons are to be recorded next, in media time.
    private var recordingTime: Duration?
    /// So often a second at most.
    private static let recordingInterval = Duration.milliseconds(50)
    /// How often a session that gets no frames looks whether it shall stop.
    private static let glance = Duration.milliseconds(100)

    /// - Parameters:
    ///   - gate: shares the processor with other sessions; nil works whenever there is a frame.
    ///   - numbering: the ids this camera has given in this run, by sessions before.
    package init(
        camera: String, reader: SourceReader, parts: PipelineParts, bus: EventBus, gate: FairGate? = nil,
        numbering: TrackNumbering = .init()
    ) throws {
        self.camera = camera
        self.reader = reader
        self.bus = bus
        self.gate = gate
        member = gate?.join() ?? 0
        health = CameraHealth(isLive: reader.isLive)
        robot = try parts.robot.map {
            try RobotDriver(camera: camera, parts: $0, bus: bus, isLive: reader.isPaced)
        }
        pipeline = try CameraPipeline(
            camera: camera, parts: parts, numbering: numbering, isPhotograph: reader.facts.isPhotograph)
    }

    /// The ids given so far, for the session that comes after this one.
    package var numbering: TrackNumbering { pipeline.numbering }

    /// How everyone fared with every exercise and gesture, where the parts ask for explanations.
    package var explanations: [RuleExplanation] { pipeline.explanations }

    /// What everyone repeated, where the parts ask for explanations.
    package var courses: [MotionCourse] { pipeline.courses }

    /// Works through the source until it ends or somebody asks to stop; every event that began has ended then.
    ///
    /// - Throws: what went wrong with the source, a stage, a sink or the observer; open events end with `failed` first.
    package mutating func run(shouldStop: () -> Bool = { false }, observer: Observer) throws -> Summary {
        let start = ContinuousClock.now
        defer { gate?.leave(member) }
        do {
            let derived =
                reader.facts.derived.isEmpty ? nil : "derived: " + reader.facts.derived.joined(separator: "; ")
            let first = CameraPayload(state: reader.isLive ? .connecting : .online, message: derived)
            try bus.publish([cameraDraft(.begin, first)])
            while !shouldStop() {
                if reader.waitForItem(within: Self.glance) {
                    guard let taken = try take() else { break }
                    try work(on: taken, observer)
                }
                try endEverybodyIfQuiet()
            }
            let isStopped = shouldStop()
            if isStopped { reader.stop() }
            let reason: EndReason = isStopped ? .stopped : .sourceEnded
            let warnings = [isStopped && !reader.isLive ? nil : reader.warning, pipeline.complaint].compactMap { $0 }
            summary.warning = warnings.isEmpty ? nil : warnings.joined(separator: "; ")
            try robot?.finish(reason: reason)
            try bus.publish(pipeline.finish(reason: reason).map { $0.draft(camera: camera) })
            try bus.publish([
                cameraDraft(.end, payload(CameraPayload(state: .ended, message: summary.warning)), reason: reason)
            ])
        } catch {
            reader.stop()
            // The first error is the one to tell; a sink may be what failed.
            try? robot?.finish(reason: .failed)
            try? bus.publish(pipeline.finish(reason: .failed).map { $0.draft(camera: camera) })
            let last = payload(CameraPayload(state: .failed, message: SourceAddress.redacting("\(error)")))
            try? bus.publish([cameraDraft(.end, last, reason: .failed)])
            throw error
        }
        summary.elapsed = ContinuousClock.now - start
        summary.times = pipeline.times
        summary.times.merge(reader.times)
        return summary
    }

    /// Takes what is there, and steps the pipeline when it is this camera's turn: the picture is the newest then.
    private mutating func take() throws -> Taken? {
        guard let gate else { return try takeAtOnce() }
        return try gate.pass(member) { try takeAtOnce() }
    }

    private mutating func takeAtOnce() throws -> Taken? {
        switch try reader.next() {
        case .picture(let frame): .step(try pipeline.step(frame, sourceHole: reader.taken.sourceHole), frame)
        case .skeletons(let skeletons): .step(pipeline.step(skeletons, sourceHole: reader.taken.sourceHole), nil)
        case .report(let report): .report(report)
        case nil: nil
        }
    }

    private mutating func work(on taken: Taken, _ observer: Observer) throws {
        switch taken {
        case .report(let report):
            let said = payload(health.take(report))
            try bus.publish([cameraDraft(.update, said, at: report.time)])
        case .step(let step, let picture):
            summary.frames += 1
            summary.length = step.skeletons.presentationTime
            try robot?.advance(to: step.skeletons.presentationTime)
            try publish(step)
            try robot?.see(step)
            noteEverybody(in: step.skeletons)
            recordEverybody(in: step.skeletons)
            let load = health.worked(summary.frames, dropped: reader.dropped, at: summary.length)
            if let load { try bus.publish([cameraDraft(.update, payload(load))]) }
            try observer(step, picture)
        }
    }

    /// Publishes what was found; what ended before the frame goes by the times of the frames before it.
    private func publish(_ step: PipelineStep) throws {
        let drafts = step.findings.map { $0.draft(camera: camera) }
        let time = step.skeletons.presentationTime
        let earlier = drafts.prefix { $0.presentationTime.map { $0 < time } ?? false }
        try bus.publish(Array(earlier))
        if let base = reader.timeBase(of: step.skeletons) { bus.setTimeBase(base, of: camera) }
        try bus.publish(Array(drafts[earlier.endIndex...]))
    }

    /// Nobody is followed through an outage longer than the tracker's patience, nor through endless dropping.
    private mutating func endEverybodyIfQuiet() throws {
        guard let now = reader.mediaTime, let loss = health.losesEverybody(at: now, newest: reader.newestTime)
        else { return }
        let findings = pipeline.finish(reason: loss.reason, after: loss.after)
        try bus.publish(findings.map { $0.draft(camera: camera) })
    }

    /// Tells the history who is there, so that a crash leaves everybody as long as they were seen.
    private mutating func noteEverybody(in frame: SkeletonFrame) {
        let time = frame.presentationTime
        if let noted, noted <= time, time - noted < Self.notingInterval { return }
        noted = time
        bus.note(frame.people.map(\.track), camera: camera, at: time)
    }

    /// Hands skeletons to the history, as often on the average as they are recorded.
    private mutating func recordEverybody(in frame: SkeletonFrame) {
        let time = frame.presentationTime
        if let due = recordingTime, time < due, due - time <= Self.recordingInterval { return }
        // After a pause nothing is caught up with.
        let due = recordingTime.map { $0 + Self.recordingInterval } ?? time
        recordingTime = due > time && due - time <= Self.recordingInterval ? due : time + Self.recordingInterval
        bus.record(frame)
    }

    /// The payload with the counts of frames so far.
    private mutating func payload(_ payload: CameraPayload) -> CameraPayload {
        summary.dropped = reader.dropped
        var payload = payload
        payload.frames = summary.frames
        payload.droppedFrames = summary.dropped
        return payload
    }

    private func cameraDraft(
        _ phase: Phase, _ payload: CameraPayload, at time: Duration? = nil, reason: EndReason? = nil
    ) -> EventDraft {
        EventDraft(
            camera: camera, phase: phase, life: Self.life, presentationTime: time ?? summary.length, reason: reason,
            payload: .camera(payload))
    }
}
