/// How a camera fares.
package struct CameraPayload: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// It is asked for its first picture.
        case connecting
        /// Frames come.
        case online
        /// Frames come faster than they can be worked on, and some are dropped.
        case dropping
        /// The connection stands but brings no frames; it is made anew.
        case stalled
        /// No frames come, and it is tried again.
        case offline
        /// The file is over, or the camera was taken out.
        case ended
        /// It cannot go on.
        case failed
    }

    package var state: State
    /// For people to read.
    package var message: String?
    /// Frames worked on since the source's beginning.
    package var frames: Int?
    /// Frames dropped since the source's beginning.
    package var droppedFrames: Int?
    /// How long there were no frames: the whole outage once it is over, up to now while it lasts.
    package var outage: Duration?
    /// Frames a second worked on lately.
    package var framesPerSecond: Double?
    /// Share of the frames that were dropped lately, 0…1.
    package var droppedShare: Double?

    package init(
        state: State, message: String? = nil, frames: Int? = nil, droppedFrames: Int? = nil, outage: Duration? = nil,
        framesPerSecond: Double? = nil, droppedShare: Double? = nil
    ) {
        self.state = state
        self.message = message
        self.frames = frames
        self.droppedFrames = droppedFrames
        self.outage = outage
        self.framesPerSecond = framesPerSecond
        self.droppedShare = droppedShare
    }
}
