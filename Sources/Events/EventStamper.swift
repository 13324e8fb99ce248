import Skeleton

/// Gives events their ids, numbers and times: one run, one numbering per camera and kind.
///
/// Mutable and owned by one task. Several stampers may share a run as long as no two serve the same camera.
package struct EventStamper: Sendable {
    /// How the time of capture comes about where the source does not tell it.
    package enum TimeBase: Sendable, Hashable {
        /// Frames are worked on as they come: now.
        case arrival
        /// A file that began at this moment: its beginning and the media time.
        case file(start: UnixTime)
        /// A camera whose media time is that of the monotonic clock since it read this many nanoseconds: as long ago as
        /// the media time says, whatever was done to the wall clock in between.
        case live(origin: UInt64)
        /// A source with times of its own, of which a frame of this media time came when the monotonic clock read so many
        /// nanoseconds: however long it then waited for its turn.
        case arrived(media: Duration, at: UInt64)
        /// A source that says when its frame of this media time was taken.
        case told(media: Duration, at: UnixTime)
    }

    /// This run of Laban.
    package let run: EventID
    private let clock: EventClock
    private let monotonicStart: UInt64
    private var ids: EventIDGenerator
    private var timeBases: [String: TimeBase] = [:]
    private var sequences: [String: UInt64] = [:]
    private var open: [Life: Event] = [:]

    private struct Life: Hashable {
        let stream: String
        let number: Int
    }

    /// - Parameters:
    ///   - run: a run to share; a new one is made without it.
    ///   - random: where the random part of ids comes from.
    package init(
        run: EventID? = nil, clock: EventClock = .system,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        var ids = EventIDGenerator(random: random)
        self.run = run ?? ids.next(at: clock.now())
        self.ids = ids
        self.clock = clock
        monotonicStart = clock.monotonicNanoseconds()
    }

    /// Sets how capture times of a camera come about; `arrival` where nothing was set.
    package mutating func setTimeBase(_ base: TimeBase, of camera: String) { timeBases[camera] = base }

    /// Makes the event. Within a life, begin makes an id, updates and the end keep it.
    package mutating func stamp(_ draft: EventDraft) -> Event {
        let kind = draft.payload.kind
        let stream = EventTopic.stream(camera: draft.camera, kind: kind)
        let now = clock.now()
        let base = timeBases[draft.camera] ?? .arrival
        let life = draft.life.map { Life(stream: stream, number: $0) }
        let sequence = (sequences[stream] ?? 0) + 1
        sequences[stream] = sequence
        let event = Event(
            id: life.flatMap { open[$0]?.id } ?? ids.next(at: now), phase: draft.phase, run: run, stream: stream,
            sequence: sequence, camera: draft.camera, frame: draft.frame, presentationTime: draft.presentationTime,
            captureTime: captureTime(of: draft, base: base, now: now), publishTime: now,
            clock: base.clock,
            monotonicNanoseconds: clock.monotonicNanoseconds() &- monotonicStart, reason: draft.reason,
            model: draft.model, payload: draft.payload)
        if let life { open[life] = draft.phase == .end ? nil : event }
        return event
    }

    /// When the frame of that media time was taken.
    package func captureTime(camera: String, at time: Duration) -> UnixTime {
        captureTime(
            of: EventDraft(camera: camera, presentationTime: time, payload: .camera(CameraPayload(state: .online))),
            base: timeBases[camera] ?? .arrival, now: clock.now())
    }

    private func captureTime(of draft: EventDraft, base: TimeBase, now: UnixTime) -> UnixTime {
        guard let time = draft.presentationTime else { return now }
        switch base {
        case .arrival: return now
        case .file(let start): return start.adding(time)
        case .live(let origin):
            return now.adding(time - .nanoseconds(Int64(bitPattern: clock.monotonicNanoseconds() &- origin)))
        case .arrived(let media, let arrival):
            let waited = Duration.nanoseconds(Int64(bitPattern: clock.monotonicNanoseconds() &- arrival))
            return now.adding(time - media - waited)
        case .told(let media, let moment): return moment.adding(time - media)
        }
    }
}

extension EventStamper.TimeBase {
    fileprivate var clock: CaptureClock {
        switch self {
        case .arrival, .live, .arrived: .arrival
        case .told: .camera
        case .file: .file
        }
    }
}
