/// How many clips, frames and joints a batch has. Inside the network a batch lies as (C, N, T, V): one contiguous row
/// a channel, so that products, sums and normalisations run over whole rows.
package struct BatchExtent: Sendable, Hashable {
    /// N.
    package var clips: Int
    /// T.
    package var frames: Int
    /// V.
    package var joints: Int

    package init(clips: Int, frames: Int, joints: Int) {
        self.clips = clips
        self.frames = frames
        self.joints = joints
    }

    /// Values of one channel of one clip, T · V.
    package var clipCount: Int { frames * joints }

    /// Values of one channel, N · T · V.
    package var rowCount: Int { clips * frames * joints }

    /// The same clips and joints over another number of frames.
    package func over(frames: Int) -> BatchExtent { BatchExtent(clips: clips, frames: frames, joints: joints) }
}
