import Events
import Skeleton

/// What waits to be written to a history, and what there is to tell of it. A value without clock, thread or file.
struct HistoryBacklog {
    /// What is written in one transaction.
    struct Batch {
        var events: [Event]
        var notes: [PresenceNote]
        var clips: [PackedClip] = []
    }

    /// Events up to this many wait; beyond, the oldest are given up.
    private let capacity: Int
    /// A slice, since a long queue is emptied from its front.
    private var events: ArraySlice<Event> = []
    /// Events at the front that are being written just now.
    private var inFlight = 0
    /// Only the newest of each camera: how long everybody was there is all that they tell.
    private var notes: [String: PresenceNote] = [:]
    private var clips: ArraySlice<PackedClip> = []
    private var clipsInFlight = 0
    private var clipFailures = 0
    /// What has begun in the file and not ended there.
    private var begun: Set<EventID> = []
    private var failures = 0
    private var trouble: Trouble?
    private var notices: [HistoryNotice] = []

    /// Events taken in so far.
    private(set) var appended = 0
    /// Events that were written or given up so far.
    private(set) var settled = 0
    /// Events that were given up so far.
    private(set) var dropped = 0

    /// Clips that were given up so far.
    private(set) var clipsDropped = 0

    /// Clips up to this many wait, some megabytes; beyond, the oldest are given up.
    private static let mostClips = 256
    /// So many are written at once, so that no event waits for many of them.
    private static let clipBatch = 4

    private struct Trouble {
        var message: String
        var isTold = false
        var dropped = 0
        /// Times of all events that had to wait, and of those that were given up.
        var late: ClosedRange<UnixTime>?
        var lost: ClosedRange<UnixTime>?
    }

    init(capacity: Int) { self.capacity = max(capacity, 1) }

    /// How many events wait.
    var waiting: Int { events.count }

    var hasWork: Bool { !events.isEmpty || !notes.isEmpty || !clips.isEmpty }

    /// Whether it has been told that nothing can be written.
    var isRefused: Bool { trouble?.isTold == true }

    /// Takes in events in their order.
    mutating func append(_ new: [Event]) {
        events += new
        appended += new.count
        for event in new { trouble?.late.extend(to: event.captureTime) }
        if events.count > capacity { giveUpOldest() }
    }

    /// Takes in a clip.
    mutating func append(_ clip: PackedClip) {
        clips.append(clip)
        if clips.count > Self.mostClips { giveUpClips(clips.count - Self.mostClips) }
    }

    /// Notes that a clip came to nothing before it came here.
    mutating func giveUpClip() { clipsDropped += 1 }

    /// Notes who was in the picture; what was noted of that camera before is out of date.
    mutating func note(_ note: PresenceNote) { notes[note.camera] = note }

    /// The oldest that wait, to be written; `settle` or `fail` must follow.
    mutating func takeBatch(atMost count: Int) -> Batch {
        inFlight = min(count, events.count)
        // After a failure events go alone: what is wrong may be wrong with clips only.
        clipsInFlight = failures == 0 && inFlight == events.count ? min(Self.clipBatch, clips.count) : 0
        return Batch(
            events: Array(events.prefix(inFlight)), notes: Array(notes.values),
            clips: Array(clips.prefix(clipsInFlight)))
    }

    /// The batch is in the file.
    mutating func settle(_ batch: Batch) {
        for event in batch.events {
            if event.phase == .end { begun.remove(event.id) } else { begun.insert(event.id) }
        }
        events = events.count > inFlight ? events.dropFirst(inFlight) : []
        settled += inFlight
        inFlight = 0
        if clipsInFlight > 0 { clipFailures = 0 }
        clips = clips.dropFirst(clipsInFlight)
        clipsInFlight = 0
        for note in batch.notes where notes[note.camera] == note {
            notes[note.camera] = nil
        }
        failures = 0
        guard let over = trouble.take(), over.isTold else { return }
        notices.append(notice(.end, .writing, over))
    }

    /// The batch could not be written and waits on. One failure may be a moment's; the second in a row is told.
    mutating func fail(_ message: String) {
        inFlight = 0
        failures += 1
        if clipsInFlight > 0 {
            clipFailures += 1
            let failed = clipsInFlight
            clipsInFlight = 0
            // Clips are not worth a third try.
            if clipFailures > 1 { giveUpClips(failed) }
        }
        if trouble == nil {
            trouble = Trouble(message: message)
            for event in events { trouble?.late.extend(to: event.captureTime) }
        }
        trouble?.message = message
        if failures > 1 { tellOfTrouble() }
    }

    /// Tells again how it stands, while nothing can be written.
    mutating func remind() {
        if let trouble, trouble.isTold { notices.append(notice(.update, .refused, trouble)) }
    }

    /// Tells of damage that was found when the file was opened.
    mutating func tell(_ notice: HistoryNotice) { notices.append(notice) }

    /// What there is to tell since the last time.
    mutating func takeNotices() -> [HistoryNotice] {
        defer { notices = [] }
        return notices
    }

    private mutating func tellOfTrouble() {
        guard var now = trouble, !now.isTold else { return }
        now.isTold = true
        trouble = now
        notices.append(notice(.begin, .refused, now))
    }

    /// Makes room for more than a few at once. What is being written stays; so does an end whose begin is or will be in the
    /// file, or its row would stay open.
    private mutating func giveUpOldest() {
        giveUpClips(clips.count)
        let excess = max(events.count - capacity, capacity / 16)
        var now = trouble ?? Trouble(message: "more came than could be written")
        var kept: [Event] = []
        var lost = 0
        var known = begun
        for event in events {
            if kept.count < inFlight || lost == excess || event.phase == .end && known.contains(event.id) {
                kept.append(event)
                known.insert(event.id)
            } else {
                now.lost.extend(to: event.captureTime)
                lost += 1
            }
        }
        events = kept[...]
        now.dropped += lost
        dropped += lost
        settled += lost
        let isFirst = now.dropped == lost
        trouble = now
        if !now.isTold { tellOfTrouble() } else if isFirst { remind() }
    }

    /// Gives up the oldest clips, but none that is being written.
    private mutating func giveUpClips(_ count: Int) {
        let kept = clips.prefix(clipsInFlight)
        let count = min(count, clips.count - kept.count)
        clips = kept + clips.dropFirst(kept.count + count)
        clipsDropped += count
    }

    private func notice(_ phase: Phase, _ state: HistoryPayload.State, _ trouble: Trouble) -> HistoryNotice {
        let hole = trouble.lost ?? trouble.late
        return HistoryNotice(
            phase: phase,
            payload: HistoryPayload(
                state: state, message: trouble.message, waiting: waiting, dropped: trouble.dropped,
                since: hole?.lowerBound, until: hole?.upperBound))
    }
}

extension ClosedRange<UnixTime>? {
    fileprivate mutating func extend(to time: UnixTime) {
        self = map { Swift.min($0.lowerBound, time)...Swift.max($0.upperBound, time) } ?? time...time
    }
}
