package import Imaging

/// One picture of a video and when it is shown.
package struct Frame: Sendable {
    /// Counts from 0 over the frames read.
    package var index: Int
    /// Time since the video's first frame; strictly grows from frame to frame.
    package var presentationTime: Duration
    package var picture: Picture
}
