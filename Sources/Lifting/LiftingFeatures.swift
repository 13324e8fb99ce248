import Skeleton

/// Turns one person's flat samples into what a lifting network sees, each made of this sample and earlier ones alone.
///
/// For each joint: place in the picture (x, y), bone to the parent (x, y), velocity (x, y), whether it is seen; place in
/// space as the source gives it (x, y, z), whether it does; and of the body as a whole where the pelvis is in the
/// picture (x, y) and how many picture heights a metre spans. Lengths but those of the body as a whole are in metres of
/// `BodyScale`, velocities in them a tenth of a second. Joints out of sight hold their last place.
package struct LiftingFeatures: Sendable {
    /// C.
    package static let channels = 14

    private var size = BodyScale()
    private var held = InlineArray<16, SIMD2<Float>>(repeating: .zero)
    private var lastSeen: UInt16 = 0
    private var lastTime: Double?
    /// Where each joint would be by what is seen and hinted alone, in metres from the pelvis.
    package private(set) var guess = InlineArray<16, SIMD3<Float>>(repeating: .zero)

    /// How many picture heights a metre spans.
    package var perMetre: Float { max(size.perMetre ?? 0.5, 1e-3) }

    package init() {}

    /// Takes the next sample and writes what the network sees of it.
    ///
    /// - Parameter frame: (V, C), before standardisation.
    package mutating func next(_ sample: FlatSample, into frame: UnsafeMutableBufferPointer<Float>) {
        precondition(frame.count == MotionSample.jointCount * Self.channels, "room for (V, C)")
        let before = held
        size.take(sample)
        let perMetre = perMetre
        let center = Self.center(of: sample, perMetre: perMetre)
        for joint in 0..<MotionSample.jointCount where sample.isSeen(joint) {
            held[joint] = (sample.image[joint] - center) / perMetre
        }
        let step = lastTime.map { Float(sample.time - $0) } ?? 0
        lastTime = sample.time
        for joint in 0..<MotionSample.jointCount {
            let (isSeen, isHinted) = (sample.isSeen(joint), sample.isHinted(joint))
            let place = held[joint]
            let bone = place - held[MotionSample.parents[joint]]
            let isFollowed = isSeen && lastSeen >> UInt16(joint) & 1 == 1 && step > 1e-4
            let velocity = isFollowed ? (place - before[joint]) / (10 * step) : .zero
            let hint = isHinted ? sample.hint[joint] : .zero
            guess[joint] = SIMD3(place.x, place.y, hint.z)
            let base = joint * Self.channels
            frame[base] = place.x
            frame[base + 1] = place.y
            frame[base + 2] = bone.x
            frame[base + 3] = bone.y
            frame[base + 4] = velocity.x
            frame[base + 5] = velocity.y
            frame[base + 6] = isSeen ? 1 : 0
            frame[base + 7] = hint.x
            frame[base + 8] = hint.y
            frame[base + 9] = hint.z
            frame[base + 10] = isHinted ? 1 : 0
            frame[base + 11] = center.x
            frame[base + 12] = center.y
            frame[base + 13] = perMetre
        }
        lastSeen = sample.seen
    }

    /// The pelvis in the picture, or what is seen nearest to it.
    private static func center(of sample: FlatSample, perMetre: Float) -> SIMD2<Float> {
        typealias Joint = MotionSample.Joint
        if sample.isSeen(Joint.pelvis) { return sample.image[Joint.pelvis] }
        switch (sample.isSeen(Joint.leftHip), sample.isSeen(Joint.rightHip)) {
        case (true, _): return sample.image[Joint.leftHip]
        case (_, true): return sample.image[Joint.rightHip]
        // Half a metre below the neck.
        case (false, false):
            return sample.isSeen(Joint.neck) ? sample.image[Joint.neck] + SIMD2(0, perMetre / 2) : .zero
        }
    }
}
