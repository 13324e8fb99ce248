/// How a frame came: what its times alone do not tell.
package struct FrameArrival: Sendable, Equatable {
    /// The longest time for which the source gave no frame, between the frame taken before and this one.
    var hole = Duration.zero
    /// Whether frames between the one taken before and this one were dropped.
    private(set) var followsDropped = false
    /// The monotonic clock when it came.
    package internal(set) var monotonicNanoseconds: UInt64?

    /// The source's own longest hole where frames were dropped before this one, nil where none was.
    package var sourceHole: Duration? { followsDropped ? hole : nil }

    /// The frame before this one was dropped.
    mutating func follow(dropped: FrameArrival) {
        followsDropped = true
        hole = max(hole, dropped.hole)
    }
}
