/// How keeping events in the history fares.
package struct HistoryPayload: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// The disk, or another program, refuses what is to be written; it is tried again.
        case refused
        /// It can be written to again.
        case writing
        /// Part of the file was damaged when it was opened; what was found is kept beside it.
        case damaged
    }

    package var state: State
    /// What refused it, for people to read.
    package var message: String
    /// Events that wait to be written.
    package var waiting: Int?
    /// Events that could wait no longer and will never be in the history.
    package var dropped: Int?
    /// The first moment that is missing, or written late where nothing is missing.
    package var since: UnixTime?
    /// The last such moment so far.
    package var until: UnixTime?

    package init(
        state: State, message: String, waiting: Int? = nil, dropped: Int? = nil, since: UnixTime? = nil,
        until: UnixTime? = nil
    ) {
        self.state = state
        self.message = message
        self.waiting = waiting
        self.dropped = dropped
        self.since = since
        self.until = until
    }

    /// What there is to say, for people, without a full stop.
    package var sentence: String {
        switch state {
        case .refused:
            "cannot be written: \(message); \(waiting ?? 0) events wait" + (isMissing ? ", \(missing)" : "")
        case .writing: "is written again" + (isMissing ? "; \(missing)" : ", nothing is missing")
        case .damaged: "is damaged: \(message)"
        }
    }

    private var isMissing: Bool { (dropped ?? 0) > 0 }

    private var missing: String {
        let times = since.flatMap { since in until.map { " from \(since) to \($0)" } } ?? ""
        return "\(dropped ?? 0) are missing for good" + times
    }
}
