package import Events
package import Skeleton

/// Keeps events before anybody is told of them. It never fails: what cannot be kept now waits, and is told of.
package protocol EventKeeper: AnyObject, Sendable {
    /// Keeps events in their order; false where they would be gone if the process were killed now.
    func keep(_ events: [Event]) -> Bool
    /// These people were in a camera's picture of that time.
    func note(_ tracks: [TrackID], camera: String, at time: UnixTime, presentationTime: Duration)
    /// Everyone in a camera's picture, taken at that time, for those who keep skeletons.
    func record(_ frame: SkeletonFrame, run: EventID, at time: UnixTime)
    /// What there is to tell of the keeping since the last time, as events.
    func takeNotices() -> [EventDraft]
    /// Nothing may wait any longer.
    ///
    /// - Throws: what is wrong when something cannot be kept.
    func finish() throws
}
