/// What a network says of every moment of clips; valid within the call that gives it.
package struct DenseLogits {
    package let clips: Int
    /// T', the output frames of each clip.
    package let outputs: Int
    package let classes: Int
    let rows: UnsafeMutablePointer<Float>
    let width: Int

    /// A score for each class.
    package subscript(clip: Int, output: Int) -> UnsafeBufferPointer<Float> {
        precondition((0..<clips).contains(clip) && (0..<outputs).contains(output), "one of the outputs")
        return UnsafeBufferPointer(start: UnsafePointer(rows + (clip * outputs + output) * width), count: classes)
    }
}
