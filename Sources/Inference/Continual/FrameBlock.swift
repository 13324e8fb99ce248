/// Where frames lie, (frames, joints, width).
struct FrameBlock {
    let base: UnsafeMutablePointer<Float>
    /// Numbers of one frame.
    let size: Int

    func frame(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * size }
}
