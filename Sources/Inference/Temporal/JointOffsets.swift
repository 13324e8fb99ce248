/// Offsets of each joint in each channel: what tells a network which joint it looks at, where everything else treats all
/// joints alike (Zhang et al. 2020).
package struct JointOffsets: Sendable, Equatable {
    package let channels: Int
    package let joints: Int
    /// (channels, V).
    package let values: ParameterLayout.Slot

    package init(_ name: String, channels: Int, joints: Int, layout: inout ParameterLayout) {
        self.channels = channels
        self.joints = joints
        values = layout.add(name, [channels, joints], .offset)
    }

    /// Adds them to `y`, (channels, N, T, V).
    package func forward(
        _ extent: BatchExtent, parameters: UnsafePointer<Float>, addingTo y: UnsafeMutablePointer<Float>
    ) {
        let frames = extent.clips * extent.frames
        for row in 0..<channels * frames {
            RowKernels.add(
                parameters + values.offset + row / frames * joints, to: y + row * joints, count: joints)
        }
    }

    /// Adds to `gradient`, laid out as the parameters; `dy` is the gradient of the sum, and of what they are added to.
    package func backward(
        _ extent: BatchExtent, dy: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
    ) {
        let frames = extent.clips * extent.frames
        for row in 0..<channels * frames {
            RowKernels.add(
                dy + row * joints, to: gradient + values.offset + row / frames * joints, count: joints)
        }
    }
}
