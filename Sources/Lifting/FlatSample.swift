package import Skeleton

/// One moment of one person as a lifter sees it: the joints of `SkeletonTopology.common16` in the picture, and the depth
/// that the source itself gives, if any.
package struct FlatSample: Sendable {
    /// Media time in seconds.
    package var time: Double
    /// In picture heights, x to the right and y down from the middle of the picture; zero where not seen.
    package var image: InlineArray<16, SIMD2<Float>>
    /// Bit j is set where joint j was seen.
    package var seen: UInt16
    /// Metres from the pelvis in camera axes, as the source has them; zero where it says nothing.
    package var hint: InlineArray<16, SIMD3<Float>>
    /// Bit j is set where the source says where joint j is.
    package var hinted: UInt16

    package init(
        time: Double, image: InlineArray<16, SIMD2<Float>>, seen: UInt16,
        hint: InlineArray<16, SIMD3<Float>> = .init(repeating: .zero), hinted: UInt16 = 0
    ) {
        self.time = time
        self.image = image
        self.seen = seen
        self.hint = hint
        self.hinted = hinted
    }

    /// Whether joint `joint` was seen in the picture.
    package func isSeen(_ joint: Int) -> Bool { seen >> UInt16(joint) & 1 == 1 }

    /// Whether the source says where joint `joint` is in space.
    package func isHinted(_ joint: Int) -> Bool { hinted >> UInt16(joint) & 1 == 1 }
}

/// Turns poses of one topology into flat samples.
package struct FlatSampler: Sendable {
    private let sampler: MotionSampler

    package init(topology: SkeletonTopology) { sampler = MotionSampler(topology: topology) }

    /// - Parameters:
    ///   - pose: with keypoints.
    ///   - time: media time in seconds.
    ///   - aspectRatio: width over height of the picture; 1 when nil.
    package func sample(_ pose: Pose, at time: Double, aspectRatio: Float?) -> FlatSample {
        var flat = pose
        flat.worldPoints = []
        let picture = sampler.sample(flat, at: time, aspectRatio: aspectRatio)
        let middle = SIMD2<Float>((aspectRatio ?? 1) / 2, 0.5)
        var sample = FlatSample(
            time: time,
            image: InlineArray { joint in
                picture.isSeen(joint) ? SIMD2(picture.points[joint].x, picture.points[joint].y) - middle : .zero
            }, seen: picture.seen)
        guard !pose.worldPoints.isEmpty else { return sample }
        let world = sampler.sample(pose, at: time, aspectRatio: aspectRatio)
        guard world.isSeen(MotionSample.Joint.pelvis) else { return sample }
        let pelvis = world.points[MotionSample.Joint.pelvis]
        for joint in 0..<MotionSample.jointCount where world.isSeen(joint) {
            sample.hint[joint] = world.points[joint] - pelvis
        }
        sample.hinted = world.seen
        return sample
    }
}
