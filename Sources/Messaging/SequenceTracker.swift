package import Events

/// Events of one stream that were lost: the first and last number, both included.
package struct SequenceGap: Sendable, Hashable {
    package let run: EventID
    package let stream: String
    package let first: UInt64
    package let last: UInt64

    package init(run: EventID, stream: String, first: UInt64, last: UInt64) {
        self.run = run
        self.stream = stream
        self.first = first
        self.last = last
    }
}

/// Finds holes in the numbering of streams, at the end as well by the numbers that heartbeats carry.
package struct SequenceTracker: Sendable {
    private var last: [Key: UInt64] = [:]

    /// More streams than any one publisher has; beyond, everything is forgotten rather than memory used up.
    private static let greatestCount = 100_000

    private struct Key: Hashable {
        let run: EventID
        let stream: String
    }

    package init() {}

    /// Takes in an event and tells what is missing before it.
    ///
    /// The first number seen of a stream is where listening began, not a loss.
    ///
    /// - Parameter isHeard: whether a stream named by a heartbeat is listened to at all.
    package mutating func note(_ event: Event, isHeard: (String) -> Bool = { _ in true }) -> [SequenceGap] {
        if last.count > Self.greatestCount { last.removeAll() }
        var gaps: [SequenceGap] = []
        if let gap = note(run: event.run, stream: event.stream, sequence: event.sequence, isSeen: true) {
            gaps.append(gap)
        }
        if case .heartbeat(let heartbeat) = event.payload {
            for position in heartbeat.positions where isHeard(position.stream) {
                let gap = note(run: event.run, stream: position.stream, sequence: position.sequence, isSeen: false)
                if let gap { gaps.append(gap) }
            }
        }
        return gaps
    }

    private mutating func note(run: EventID, stream: String, sequence: UInt64, isSeen: Bool) -> SequenceGap? {
        let key = Key(run: run, stream: stream)
        guard let known = last[key] else {
            last[key] = sequence
            return nil
        }
        guard sequence > known else { return nil }
        last[key] = sequence
        let firstMissing = known + 1
        let lastMissing = isSeen ? sequence - 1 : sequence
        guard firstMissing <= lastMissing else { return nil }
        return SequenceGap(run: run, stream: stream, first: firstMissing, last: lastMissing)
    }
}
