/// Mean over joints and a window of frames, then one linear map to the classes.
package struct ClassificationHead: Sendable, Equatable {
    package let channels: Int
    package let classes: Int
    /// (classes, channels).
    package let weight: ParameterLayout.Slot
    /// (classes).
    package let bias: ParameterLayout.Slot

    package init(_ name: String, channels: Int, classes: Int, layout: inout ParameterLayout) {
        self.channels = channels
        self.classes = classes
        weight = layout.add(name + ".weight", [classes, channels], .weight)
        bias = layout.add(name + ".bias", [classes], .offset)
    }
}
