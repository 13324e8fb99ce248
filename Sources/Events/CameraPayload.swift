/// How a camera fares.
package struct CameraPayload: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Frames come.
        case online
        /// Frames come faster than they can be worked on, and some are dropped.
        case dropping
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

    package init(state: State, message: String? = nil, frames: Int? = nil, droppedFrames: Int? = nil) {
        self.state = state
        self.message = message
        self.frames = frames
        self.droppedFrames = droppedFrames
    }
}
