package import Skeleton

/// The begin, an update or the end of something one person does to another.
package struct InteractionChange: Sendable, Equatable {
    package var phase: Phase
    package var kind: InteractionKind
    /// Who does it; of what both do, whoever began or does more of it. The same from begin to end.
    package var track: TrackID
    /// To whom.
    package var other: TrackID
    /// Whether both do it; an update or the end may say so when the begin did not.
    package var isMutual: Bool
    /// How often a judgement that looks like this one is right, 0…1.
    package var confidence: Float
    /// The same number from begin to end; counts from 1.
    package var segment: Int
    /// Index of the frame that led to this report.
    package var frame: Int
    /// Media time of that frame.
    package var presentationTime: Duration
    /// Media time at which it is judged to have begun.
    package var start: Duration
    /// On `end`: media time at which it is judged to have ended; nil when that is the presentation time.
    package var end: Duration?
    /// Set on `end` only.
    package var reason: EndReason?
}
