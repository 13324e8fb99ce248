import Imaging
import Randomness
package import Skeleton

/// What a pose stage would make of a scene, without drawing it: BlazePose's errors, newcomers found late, gaps, and
/// people in front of each other read wrongly.
///
/// Somebody mostly hidden drops out; before that their region often snaps onto whoever hides them, so that the front
/// person is given twice for a moment. Joints that are hidden are guessed and drawn towards the front person's. Who
/// dropped out has to be found anew. The colours of clothes come with noise and, where they are hidden, with the front
/// person's mixed in. All of it follows from the seed. Poses come in random order.
package struct SimulatedEstimator {
    /// Longest time until a newcomer is found, seconds.
    package static let searchTime: Float = 0.5
    /// Gaps of one to four frames a second and person.
    private static let gapRate: Float = 0.1
    /// Below this visible share a person is no longer read, and above this one found again.
    private static let lostShare: Float = 0.35
    private static let foundShare: Float = 0.5
    /// Probability that a region snaps onto the front person when its own is lost, and the longest time it stays there.
    private static let snapProbability: Float = 0.4
    private static let snapTime: Float = 0.2

    private struct Person {
        var errors: BlazePoseNoiseState
        var isFollowed = false
        var foundAt: Float?
        var gapUntil: Float = 0
        var snapUntil: Float = 0
        /// How far hidden joints are drawn to the front person's, for as long as the person is hidden.
        var pull: Float
    }

    /// Spread of each measured colour about the true one: constant, and from frame to frame.
    private static let tint: Float = 0.03
    private static let colorNoise: Float = 0.03

    private let noise: BlazePoseNoise
    private let frameRate: Double
    private let clothes: [Appearance]
    private var random: SplitMix64
    private var people: [TrackID: Person] = [:]

    /// - Parameter seesColors: whether poses tell the colours of clothes.
    package init(
        of scene: PuppetScene, noise: BlazePoseNoise = BlazePoseNoise(), seesColors: Bool = true, seed: UInt64
    ) {
        frameRate = scene.frameRate
        self.noise = noise
        random = SplitMix64(seed: seed)
        var clothes: [Appearance] = []
        for actor in scene.actors where seesColors {
            var look = Appearance(
                trunk: actor.look.shirt.shares,
                legs: actor.look.shorts
                    ? (actor.look.trousers.shares + actor.look.skin.shares) / 2 : actor.look.trousers.shares)
            look.add(spread: Self.tint, using: &random)
            clothes.append(look)
        }
        self.clothes = clothes
    }

    /// The poses seen in the next frame, given its truth.
    package mutating func poses(of truth: SkeletonFrame) -> [Pose] {
        let time = Float(truth.presentationTime.inSeconds)
        let present = Set(truth.people.map(\.track))
        for track in people.keys.sorted() where !present.contains(track) {
            people[track]?.isFollowed = false
            people[track]?.foundAt = nil
        }
        var poses: [Pose] = []
        for index in truth.people.indices {
            let track = truth.people[index].track
            var person = people[track] ?? makePerson()
            if let pose = see(&person, truth.people, index, truth.aspectRatio ?? 1, at: time) { poses.append(pose) }
            people[track] = person
        }
        return poses.shuffled(using: &random)
    }

    private mutating func makePerson() -> Person {
        Person(
            errors: BlazePoseNoiseState(noise, frameRate: Float(frameRate), using: &random),
            pull: random.uniform(0, 0.8))
    }

    private mutating func see(
        _ person: inout Person, _ everyone: [TrackedPose], _ index: Int, _ aspectRatio: Float, at time: Float
    ) -> Pose? {
        let truth = everyone[index].pose
        let share = truth.visibleShare
        var seen = person.errors.next(truth)
        seen.appearance = look(of: index, everyone, aspectRatio)
        let front = frontPerson(of: index, everyone, aspectRatio)
        if !person.isFollowed {
            if time < person.snapUntil, let front {
                seen.appearance = look(of: front, everyone, aspectRatio)
                return snapped(seen, onto: everyone[front].pose)
            }
            guard share >= Self.foundShare else {
                person.foundAt = nil
                return nil
            }
            let foundAt = person.foundAt ?? time + random.uniform(0, Self.searchTime)
            person.foundAt = foundAt
            guard time >= foundAt else { return nil }
            person.isFollowed = true
        }
        if share < Self.lostShare {
            person.isFollowed = false
            person.foundAt = nil
            person.pull = random.uniform(0, 0.8)
            if front != nil, random.chance(Self.snapProbability) {
                person.snapUntil = time + random.uniform(0, Self.snapTime)
            }
            return nil
        }
        if time < person.gapUntil { return nil }
        if random.chance(Self.gapRate / Float(frameRate)) {
            person.gapUntil = time + random.uniform(0, 4) / Float(frameRate)
            return nil
        }
        if let front { pull(&seen, hiddenIn: truth, to: everyone[front].pose, person.pull) }
        seen.score = 0.99 - 0.25 * (1 - share)
        return seen
    }

    /// Whoever seems largest among those whose bodies are before this one's.
    private func frontPerson(of index: Int, _ everyone: [TrackedPose], _ aspectRatio: Float) -> Int? {
        guard let own = everyone[index].pose.extent(aspectRatio: aspectRatio) else { return nil }
        var front: (index: Int, distance: Float)?
        for other in everyone.indices where other != index {
            guard let extent = everyone[other].pose.extent(aspectRatio: aspectRatio) else { continue }
            let offset = extent.center - own.center
            let distance = (offset * offset).sum().squareRoot() / own.size
            if distance < 0.4, distance < front?.distance ?? .infinity { front = (other, distance) }
        }
        return front?.index
    }

    /// The colours seen of somebody; where joints of the trunk or the thighs are hidden, so are the clothes.
    private mutating func look(of index: Int, _ everyone: [TrackedPose], _ aspectRatio: Float) -> Appearance? {
        let number = everyone[index].track.value - 1
        guard clothes.indices.contains(number) else { return nil }
        var look = clothes[number]
        if let front = frontPerson(of: index, everyone, aspectRatio) {
            let other = clothes[everyone[front].track.value - 1]
            func hidden(_ joints: [BlazeJoint]) -> Float {
                let count = joints.count { everyone[index].pose.keypoints[$0.rawValue]?.visibility == 0 }
                return Float(count) / Float(joints.count)
            }
            let trunk = hidden([.leftShoulder, .rightShoulder, .leftHip, .rightHip])
            let legs = hidden([.leftHip, .rightHip, .leftKnee, .rightKnee])
            look.trunk += (other.trunk - look.trunk) * trunk
            look.legs += (other.legs - look.legs) * legs
        }
        look.add(spread: Self.colorNoise, using: &random)
        return look
    }

    private mutating func snapped(_ seen: Pose, onto front: Pose) -> Pose {
        var pose = seen
        let shift = SIMD2(0.01 * random.gaussian(), 0.01 * random.gaussian())
        for joint in pose.keypoints.indices {
            pose.keypoints[joint] = front.keypoints[joint].map {
                Keypoint(x: $0.x + shift.x, y: $0.y + shift.y, z: $0.z, visibility: 0.6, presence: 0.9)
            }
        }
        pose.worldPoints = front.worldPoints
        pose.score = 0.75
        return pose
    }

    /// Draws hidden joints towards another person's.
    private func pull(_ pose: inout Pose, hiddenIn truth: Pose, to front: Pose, _ weight: Float) {
        for joint in pose.keypoints.indices {
            guard let actual = truth.keypoints[joint], actual.visibility == 0, actual.presence > 0,
                var keypoint = pose.keypoints[joint], let other = front.keypoints[joint]
            else { continue }
            keypoint.x += (other.x - keypoint.x) * weight
            keypoint.y += (other.y - keypoint.y) * weight
            keypoint.visibility = 0.3
            pose.keypoints[joint] = keypoint
        }
    }
}

extension Color {
    /// Red, green and blue, 0…1.
    fileprivate var shares: SIMD3<Float> { SIMD3(Float(red), Float(green), Float(blue)) / 255 }
}

extension Appearance {
    fileprivate mutating func add(spread: Float, using random: inout SplitMix64) {
        for axis in 0..<3 {
            trunk[axis] += spread * random.gaussian()
            legs[axis] += spread * random.gaussian()
        }
    }
}
