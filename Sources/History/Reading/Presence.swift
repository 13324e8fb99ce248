import Events

/// Tells how much of what is stored falls into the time a question is about.
struct Presence {
    /// What a question counts begins here; nil where everything from before is cut off nowhere.
    let since: UnixTime?
    let until: UnixTime?
    private let now: UnixTime
    /// What has not ended and was heard of since then goes on until now; nil when nobody writes to the history any more, so
    /// that it went on until it was last heard of.
    let aliveSince: UnixTime?

    /// Updates come every few seconds. Recordings that are being worked through have times of their own, often long past.
    private static let longestSilence = Duration.seconds(24 * 3600)

    init(_ filter: HistoryFilter, isBeingWritten: Bool) {
        since = filter.isOfBeginnings ? nil : filter.since
        until = filter.isOfBeginnings ? nil : filter.until
        now = filter.now
        aliveSince = isBeingWritten ? now.adding(.zero - Self.longestSilence) : nil
    }

    /// The end of a segment that ended, or was last heard of, at `end`.
    func end(_ end: UnixTime, isOpen: Bool) -> UnixTime {
        if isOpen, let aliveSince, end >= aliveSince { max(end, now) } else { end }
    }

    /// The part of a stretch that falls into the time asked about.
    func part(of start: UnixTime, _ end: UnixTime, isOpen: Bool = false) -> Range<UnixTime> {
        let first = max(start, since ?? start)
        return first..<max(first, min(self.end(end, isOpen: isOpen), until ?? UnixTime(microseconds: .max)))
    }
}
