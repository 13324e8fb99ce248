package import Skeleton

/// Says what each person in a stream of skeletons is doing, as segments that begin, are updated and end. Segments are
/// numbered from 1 within one recogniser.
package protocol ActionRecognising {
    /// Takes in the people of one frame; what begins, goes on and ends.
    mutating func update(_ frame: SkeletonFrame) -> [SegmentChange]
    /// Forgets a person who has gone; ends what they had open.
    mutating func end(_ track: TrackID, frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange]
    /// Ends every open segment.
    mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange]
    /// Why nothing can be made of the people seen so far, in words; nil when something can.
    var complaint: String? { get }
}

extension ActionRecogniser: ActionRecognising {
    package var complaint: String? { nil }
}
