import Skeleton

/// Where a person's joints are in space, as a lifting network says.
package struct LiftedPose: Sendable {
    /// Media time in seconds.
    package var time: Double
    /// The joints of `SkeletonTopology.common16`, in metres from the pelvis: x to image right, y down, z away from the
    /// camera.
    package var points: InlineArray<16, SIMD3<Float>>
    /// How far off each joint is expected to be, in metres.
    package var deviation: InlineArray<16, Float>
}
