import Foundation
import Skeleton

/// Smooths one person's poses, says of each joint what it rests on, and carries joints on through short gaps.
///
/// Joints are smoothed by One-Euro filters (Casiez et al. 2012), visibility by a plain low-pass. With the default
/// settings a joint that crosses a body's length in one second trails by `imageSmoothing.delay(atSpeed: 1)` = 2 ms, one
/// at a tenth of that speed by 20 ms; a joint at rest is smoothed over seconds.
struct PoseSmoother {
    private let settings: TrackerSettings
    private var image: [Joint] = []
    private var world: [Joint] = []
    private var visibility: [Float?] = []
    private var lastTime: Duration?
    private var last: Pose?

    /// One joint as it goes on through time.
    private struct Joint {
        var filter: OneEuroFilter
        var place: SIMD3<Float> = .zero
        var velocity: SIMD3<Float> = .zero
        var lastSeen: Duration?

        /// Time constants in seconds: over which the velocity is averaged, and with which it dies away in a gap.
        private static let velocityTimeConstant: Float = 0.1
        private static let damping: Float = 0.15

        /// The smoothed place; after a gap longer than `limit` smoothing starts afresh.
        mutating func see(
            _ measured: SIMD3<Float>, at time: Duration, after limit: Duration, scale: Float
        ) -> SIMD3<Float> {
            if let last = lastSeen, time - last > limit {
                filter.reset()
                lastSeen = nil
            }
            let moved = filter.update(measured, at: time, scale: scale)
            if let last = lastSeen, time > last {
                let elapsed = Float((time - last).inSeconds)
                let now = (moved - place) / elapsed
                velocity += (now - velocity) * (elapsed / (elapsed + Self.velocityTimeConstant))
            } else {
                velocity = .zero
            }
            place = moved
            lastSeen = time
            return moved
        }

        /// Where the unseen joint is thought to be; nil once it has been unseen for longer than `limit`.
        func carried(to time: Duration, within limit: Duration) -> SIMD3<Float>? {
            guard let last = lastSeen, time - last <= limit else { return nil }
            let elapsed = Float((time - last).inSeconds)
            return place + velocity * (Self.damping * (1 - exp(-elapsed / Self.damping)))
        }
    }

    init(settings: TrackerSettings) { self.settings = settings }

    /// How far in seconds the smoothed joints trail the measured ones, each counted by how fast it moves; nil while
    /// nothing moves.
    var delay: Float? {
        var (sum, weight): (Float, Float) = (0, 0)
        for joint in image.isEmpty ? world : image where joint.lastSeen == lastTime {
            let speed = joint.filter.currentSpeed
            sum += speed * joint.filter.currentDelay
            weight += speed
        }
        return weight > 0 ? sum / weight : nil
    }

    /// The smoothed pose. A joint that has been out of sight for longer than gaps are filled starts afresh.
    mutating func update(_ pose: Pose, at time: Duration, aspectRatio: Float, bodySize: Float) -> Pose {
        guard settings.smooths else { return pose }
        prepare(for: pose)
        let elapsed = lastTime.map { Float((time - $0).inSeconds) } ?? 0
        lastTime = time
        let fade = 1 - exp(-max(0, elapsed) / settings.visibilityTimeConstant)
        let scale = 1 / max(bodySize, 1e-6)

        var smoothed = pose
        var evidence = Array(repeating: JointEvidence.measured, count: pose.topology.count)
        for joint in pose.keypoints.indices {
            guard var keypoint = pose.keypoints[joint] else {
                guard let place = image[joint].carried(to: time, within: settings.fillTime),
                    var before = last?.keypoints[joint]
                else { continue }
                (before.x, before.y, before.z) = (place.x / aspectRatio, place.y, place.z / aspectRatio)
                smoothed.keypoints[joint] = before
                evidence[joint] = .filled
                continue
            }
            if !isSeen(keypoint) { evidence[joint] = .guessed }
            let place = SIMD3(keypoint.x * aspectRatio, keypoint.y, keypoint.z * aspectRatio)
            let moved = image[joint].see(place, at: time, after: settings.fillTime, scale: scale)
            keypoint.x = moved.x / aspectRatio
            keypoint.y = moved.y
            keypoint.z = moved.z / aspectRatio
            let before = visibility[joint] ?? keypoint.visibility
            keypoint.visibility = before + (keypoint.visibility - before) * fade
            visibility[joint] = keypoint.visibility
            smoothed.keypoints[joint] = keypoint
        }
        for joint in pose.worldPoints.indices {
            if let point = pose.worldPoints[joint] {
                smoothed.worldPoints[joint] = world[joint].see(point, at: time, after: settings.fillTime, scale: 1)
            } else if let place = world[joint].carried(to: time, within: settings.fillTime) {
                smoothed.worldPoints[joint] = place
                evidence[joint] = .filled
            }
        }
        smoothed.evidence = evidence.allSatisfy { $0 == .measured } ? [] : evidence
        last = smoothed
        return smoothed
    }

    /// The last pose carried on to a moment in which the person was not seen; nil when that is too long ago.
    func filled(at time: Duration, aspectRatio: Float) -> Pose? {
        guard var pose = last, let lastTime, time - lastTime <= settings.fillTime else { return nil }
        for joint in pose.keypoints.indices {
            guard let place = image[joint].carried(to: time, within: settings.fillTime) else {
                pose.keypoints[joint] = nil
                continue
            }
            pose.keypoints[joint]?.x = place.x / aspectRatio
            pose.keypoints[joint]?.y = place.y
            pose.keypoints[joint]?.z = place.z / aspectRatio
        }
        for joint in pose.worldPoints.indices {
            pose.worldPoints[joint] = world[joint].carried(to: time, within: settings.fillTime)
        }
        pose.hands = []
        pose.evidence = (0..<pose.topology.count).map { pose.evidence(of: $0) == .guessed ? .guessed : .filled }
        return pose
    }

    /// Forgets all motion, as after a gap.
    mutating func reset() {
        image = []
        world = []
        visibility = []
        lastTime = nil
        last = nil
    }

    private mutating func prepare(for pose: Pose) {
        if let last, last.topology != pose.topology { reset() }
        if image.count != pose.keypoints.count {
            image = pose.keypoints.map { _ in Joint(filter: OneEuroFilter(settings.imageSmoothing)) }
            visibility = pose.keypoints.map { _ in nil }
        }
        if world.count != pose.worldPoints.count {
            world = pose.worldPoints.map { _ in Joint(filter: OneEuroFilter(settings.worldSmoothing)) }
        }
    }

    /// Whether a keypoint is rather seen than not, and within the picture.
    private func isSeen(_ keypoint: Keypoint) -> Bool {
        keypoint.confidence >= settings.seenConfidence && (0...1).contains(keypoint.x) && (0...1).contains(keypoint.y)
    }
}
