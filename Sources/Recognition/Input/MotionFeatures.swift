package import Skeleton

/// Turns one person's motion, sample by sample at a model's cadence, into the frames a network sees, made of this sample
/// and earlier ones alone: what comes later never changes what was given.
///
/// For each joint: place (x, y, z), bone to the parent (x, y, z), velocity (x, y, z), whether it is seen, and the velocity
/// of the pelvis through space (x, y, z). Lengths are in torso lengths, times in seconds.
///
/// Bodies are centred on the pelvis in each frame, scaled by the bones seen so far, and turned by which way they faced
/// over the last seconds. Velocities look back by one frame. Joints out of sight hold their last place.
package struct MotionFeatures: Sendable {
    /// C.
    package static let channels = 13
    /// The channel that says whether a joint is seen.
    package static let seenChannel = 9

    package let normalisation: PoseNormalisation
    private let period: Float
    private var size = BodySize()
    private var facing: Facing
    private var way: RootWay
    /// The last place of each joint, from the pelvis, in the source's unit.
    private var held = InlineArray<16, SIMD3<Float>>(repeating: .zero)
    /// The joints seen in the last sample.
    private var lastSeen: UInt16 = 0

    /// - Parameter period: seconds from one sample to the next.
    package init(normalisation: PoseNormalisation, period: Double) {
        self.normalisation = normalisation
        self.period = Float(period)
        facing = Facing(period: Float(period))
        way = RootWay(kind: normalisation.root)
    }

    /// Takes the next sample and writes what the network sees of it.
    ///
    /// - Parameter frame: (V, C), before standardisation.
    package mutating func next(_ sample: MotionSample, into frame: UnsafeMutableBufferPointer<Float>) {
        precondition(frame.count == MotionSample.jointCount * Self.channels, "room for (V, C)")
        let center = sample.center
        let before = held
        for joint in 0..<MotionSample.jointCount where sample.isSeen(joint) {
            held[joint] = sample.points[joint] - center
        }
        size.take(sample)
        if normalisation.heading == .clip { facing.take(sample) }
        let scale = 1 / size.torso
        let turn = facing.turn
        let step = way.step(to: sample.root)
        let root = turn.applied(to: step * (scale / period))
        for joint in 0..<MotionSample.jointCount {
            let isSeen = sample.isSeen(joint)
            let point = turn.applied(to: held[joint] * scale)
            let bone = turn.applied(to: (held[joint] - held[MotionSample.parents[joint]]) * scale)
            let isFollowed = isSeen && lastSeen >> UInt16(joint) & 1 == 1
            let velocity =
                isFollowed ? turn.applied(to: (held[joint] - before[joint]) * (scale / period)) : .zero
            let base = joint * Self.channels
            for axis in 0..<3 {
                frame[base + axis] = point[axis]
                frame[base + 3 + axis] = bone[axis]
                frame[base + 6 + axis] = velocity[axis]
                frame[base + 10 + axis] = root[axis]
            }
            frame[base + Self.seenChannel] = isSeen ? 1 : 0
        }
        lastSeen = sample.seen
    }
}

/// A turn about the vertical.
private struct Turn: Sendable {
    let cosine: Float
    let sine: Float

    func applied(to p: SIMD3<Float>) -> SIMD3<Float> {
        SIMD3(cosine * p.x + sine * p.z, p.y, cosine * p.z - sine * p.x)
    }
}

/// Which way a body has faced over the last seconds.
private struct Facing: Sendable {
    /// From now to one sample later, how much the past still counts.
    private let keep: Float
    /// From right to left, summed up over hips and shoulders and over time.
    private var line = SIMD3<Float>.zero
    private var length: Float = 0
    /// Lays that line along x; the last one that could be told.
    private(set) var turn = Turn(cosine: 1, sine: 0)

    /// Time constant in seconds: long enough to outlast a glance, short enough to follow somebody who turns.
    private static let memory: Float = 2

    init(period: Float) { keep = max(0, 1 - period / Self.memory) }

    mutating func take(_ sample: MotionSample) {
        line *= keep
        length *= keep
        add(sample, MotionSample.Joint.leftHip, MotionSample.Joint.rightHip)
        add(sample, MotionSample.Joint.leftShoulder, MotionSample.Joint.rightShoulder)
        let level = (line.x * line.x + line.z * line.z).squareRoot()
        guard level > 0.15 * length, level > 1e-6 else { return }
        turn = Turn(cosine: line.x / level, sine: line.z / level)
    }

    private mutating func add(_ sample: MotionSample, _ left: Int, _ right: Int) {
        guard sample.isSeen(left), sample.isSeen(right) else { return }
        let across = sample.points[left] - sample.points[right]
        line += across
        length += (across * across).sum().squareRoot()
    }
}

/// The pelvis's way from one sample to the next.
private struct RootWay: Sendable {
    private let kind: PoseNormalisation.Root
    private var last = MotionSample.Root.unknown
    /// Picture heights a metre spans, on average so far.
    private var perMetre: Float = 0
    private var count: Float = 0

    init(kind: PoseNormalisation.Root) { self.kind = kind }

    /// In metres; zero where either end of it is not known.
    mutating func step(to root: MotionSample.Root) -> SIMD3<Float> {
        defer { last = root }
        switch (last, root) {
        case _ where kind == .none: return .zero
        case (.world(let from), .world(let to)):
            let step = to - from
            return kind == .world ? step : SIMD3(step.x, step.y, 0)
        case (.image(let from, _), .image(let to, let scale)):
            count += 1
            perMetre += (scale - perMetre) * max(1 / count, 0.05)
            let step = (to - from) / max(perMetre, 1e-6)
            return SIMD3(step.x, step.y, 0)
        default: return .zero
        }
    }
}
