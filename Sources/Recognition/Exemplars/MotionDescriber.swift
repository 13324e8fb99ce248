import Inference
import Skeleton

/// What one moment of a motion looks like to exemplars: three features of the everyday model's last block (all joints,
/// the left wrist, the right wrist), each of length 1, and the body's pose in torso lengths.
struct MotionMoment: Sendable {
    /// Of the moment that is described, in seconds.
    let time: Double
    /// (3 C + 40), see `MotionDescriber`.
    let values: [Float]
    /// How far each of `MotionDescriber.followed` has gone beside the pelvis until then, in torso lengths.
    let way: SIMD8<Double>
}

/// Turns one person's samples into moments, at the cadence at which a network's last block gives features.
///
/// A moment is known `delay` seconds after it: the network looks ahead that far. One owner at a time.
package final class MotionDescriber {
    private let model: ActionModel
    private let network: ContinualNetwork
    private let workspace: StepWorkspace
    private var spare: [ContinualState] = []
    private var frame: [Float]
    private var input: [Float]

    /// Numbers of the embedding, and of the pose behind it.
    let embeddingWidth: Int
    static let poseWidth = 40
    var width: Int { embeddingWidth + Self.poseWidth }

    /// The joints of the common set whose places make up the pose, and those whose bones do.
    static let placed = [3, 5, 6, 8, 9, 11, 12, 14, 15]
    static let boned = [5, 6, 8, 9]
    private static let pooledJoints = [6, 9]
    /// The joints whose ways are measured: wrists, ankles and head.
    static let followed = [6, 9, 12, 15, 3]
    /// What a joint moves in a frame of the model without going anywhere, in torso lengths.
    private static let tremble: Float = 0.03

    /// - Parameter model: one that looks at motion, as those trained here do; its first network is used.
    package init(model: ActionModel) {
        precondition(model.input.looksAtMotion, "exemplars are described by a model that looks at motion")
        self.model = model
        network = model.networks[0]
        workspace = StepWorkspace(network: network, people: 1)
        embeddingWidth = (1 + Self.pooledJoints.count) * network.featureChannels
        frame = [Float](repeating: 0, count: MotionSample.jointCount * MotionFeatures.channels)
        input = frame
    }

    /// Seconds from a moment to when it is known, frames of the camera left out.
    package var delay: Double { Double(network.receptiveField.delay) * model.input.period }
    /// Seconds from one moment to the next.
    package var period: Double { Double(network.receptiveField.stride) * model.input.period }

    /// One person on their way through the network.
    struct Trail {
        fileprivate let state: ContinualState
        fileprivate var features: MotionFeatures
        fileprivate var start: Double
        fileprivate var count = 0
        fileprivate var previous: MotionSample
        fileprivate(set) var newest: MotionSample
        /// Poses of the last frames, as many as the network's delay and one.
        fileprivate var poses: [Float]
        /// How far the followed joints have gone until each of these frames.
        fileprivate var ways: [SIMD8<Double>]
        fileprivate var way = SIMD8<Double>.zero

        /// Takes the next sample, which must be later than the last one.
        mutating func take(_ sample: MotionSample) {
            previous = newest
            newest = sample
        }
    }

    /// Somebody new.
    func trail(from first: MotionSample) -> Trail {
        let state = spare.popLast() ?? ContinualState(network)
        state.reset()
        return Trail(
            state: state,
            features: MotionFeatures(
                normalisation: PoseNormalisation(heading: .clip, root: .none), period: model.input.period),
            start: first.time, previous: first, newest: first,
            poses: [Float](repeating: 0, count: (network.receptiveField.delay + 1) * Self.poseWidth),
            ways: [SIMD8<Double>](repeating: .zero, count: network.receptiveField.delay + 1))
    }

    /// Takes back what was remembered of somebody who has gone.
    func release(_ trail: Trail) { spare.append(trail.state) }

    /// The next moment that the samples taken so far make known; nil where there is none. To be asked until nil.
    func next(of trail: inout Trail) -> MotionMoment? {
        while true {
            let time = trail.start + Double(trail.count) * model.input.period
            guard time <= trail.newest.time + 1e-6 else { return nil }
            let sample =
                trail.previous.time < trail.newest.time
                ? MotionResampling.between(trail.previous, trail.newest, at: time) : trail.newest
            if let moment = step(sample, at: time, of: &trail) { return moment }
        }
    }

    private func step(_ sample: MotionSample, at time: Double, of trail: inout Trail) -> MotionMoment? {
        frame.withUnsafeMutableBufferPointer { trail.features.next(sample, into: $0) }
        let delay = network.receptiveField.delay
        notePose(at: trail.count % (delay + 1), of: &trail)
        noteWay(at: trail.count % (delay + 1), of: &trail)
        for index in frame.indices { input[index] = frame[index] }
        input.withUnsafeMutableBufferPointer { model.input.standardisation?.apply(toFrame: $0) }
        trail.count += 1
        var values: [Float]?
        workspace.step([trail.state]) { _, destination in
            for index in input.indices { destination[index] = input[index] }
        } read: { _, result in
            if let features = result.features { values = embedding(features) }
        }
        guard var values else { return nil }
        // The slot after the newest pose holds the oldest, of the moment that the features speak of.
        let oldest = trail.count % (delay + 1)
        values += trail.poses[oldest * Self.poseWidth..<(oldest + 1) * Self.poseWidth]
        return MotionMoment(time: time - self.delay, values: values, way: trail.ways[oldest])
    }

    private func noteWay(at slot: Int, of trail: inout Trail) {
        for (place, joint) in Self.followed.enumerated() {
            let base = joint * MotionFeatures.channels + 6
            let velocity = SIMD3(frame[base], frame[base + 1], frame[base + 2])
            let step = (velocity * velocity).sum().squareRoot() * Float(model.input.period)
            trail.way[place] += Double(max(0, step - Self.tremble))
        }
        trail.ways[slot] = trail.way
    }

    private func notePose(at slot: Int, of trail: inout Trail) {
        var place = slot * Self.poseWidth
        for joint in Self.placed {
            for axis in 0..<3 { trail.poses[place + axis] = frame[joint * MotionFeatures.channels + axis] }
            place += 3
        }
        for joint in Self.boned {
            let base = joint * MotionFeatures.channels + 3
            let bone = SIMD3(frame[base], frame[base + 1], frame[base + 2])
            let length = max((bone * bone).sum().squareRoot(), 1e-6)
            for axis in 0..<3 { trail.poses[place + axis] = bone[axis] / length }
            place += 3
        }
    }

    private func embedding(_ features: FeatureFrame) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(width)
        func append(_ value: (Int) -> Float) {
            let first = values.count
            var sum: Float = 0
            for channel in 0..<features.channels {
                let number = value(channel)
                values.append(number)
                sum += number * number
            }
            let scale = 1 / (sum.squareRoot() + 1e-6)
            for index in first..<values.count { values[index] *= scale }
        }
        append { channel in
            var sum: Float = 0
            for joint in 0..<features.joints { sum += features[joint, channel] }
            return sum / Float(features.joints)
        }
        for joint in Self.pooledJoints { append { features[joint, $0] } }
        return values
    }

    /// Every moment of one person's samples, from the first to the last.
    func moments(of samples: some Sequence<MotionSample>) -> [MotionMoment] {
        var moments: [MotionMoment] = []
        var trail: Trail?
        for sample in samples {
            if trail == nil { trail = self.trail(from: sample) } else { trail?.take(sample) }
            while let moment = trail.flatMap({ _ in next(of: &trail!) }) { moments.append(moment) }
        }
        if let trail { release(trail) }
        return moments
    }
}
