/// Clips that a training does not see, and how they came to be kept apart: what a model's accuracy is measured on.
package struct HeldOutMotions: Sendable {
    /// The data set.
    package let data: String
    /// How its clips were split.
    package let protocolName: String
    package let motions: [LabelledMotion]
}
