package import Events
package import Skeleton

/// What a store has to tell of itself: trouble from begin to end, or damage, which is over at once.
package struct HistoryNotice: Sendable, Hashable {
    package var phase: Phase
    package var payload: HistoryPayload
}
