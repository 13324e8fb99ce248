/// A frame of the last block's output, where it lies.
package struct FeatureFrame {
    package let joints: Int
    package let channels: Int
    let rows: UnsafePointer<Float>
    let width: Int

    package subscript(joint: Int, channel: Int) -> Float {
        precondition((0..<joints).contains(joint) && (0..<channels).contains(channel), "within the frame")
        return rows[joint * width + channel]
    }
}
