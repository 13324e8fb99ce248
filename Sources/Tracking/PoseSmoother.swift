import Foundation
import Skeleton

/// Smooths one person's poses: joints by One-Euro filters (Casiez et al. 2012), visibility by a plain low-pass.
///
/// With the default settings a joint that crosses a body's length in one second trails by
/// `imageSmoothing.delay(atSpeed: 1)` = 2 ms, one at a tenth of that speed by 20 ms; a joint at rest is smoothed over
/// seconds.
struct PoseSmoother {
    private let settings: TrackerSettings
    private var image: [OneEuroFilter] = []
    private var world: [OneEuroFilter] = []
    private var visibility: [Float?] = []
    private var lastTime: Duration?

    init(settings: TrackerSettings) { self.settings = settings }

    /// The smoothed pose. A joint that was out of sight starts afresh.
    mutating func update(_ pose: Pose, at time: Duration, aspectRatio: Float, bodySize: Float) -> Pose {
        guard settings.smooths else { return pose }
        if image.count != pose.keypoints.count {
            image = pose.keypoints.map { _ in OneEuroFilter(settings.imageSmoothing) }
            visibility = pose.keypoints.map { _ in nil }
        }
        if world.count != pose.worldPoints.count {
            world = pose.worldPoints.map { _ in OneEuroFilter(settings.worldSmoothing) }
        }
        let elapsed = lastTime.map { Float((time - $0).inSeconds) } ?? 0
        lastTime = time
        let fade = 1 - exp(-max(0, elapsed) / settings.visibilityTimeConstant)
        let scale = 1 / max(bodySize, 1e-6)

        var smoothed = pose
        for joint in pose.keypoints.indices {
            guard var keypoint = pose.keypoints[joint] else {
                image[joint].reset()
                visibility[joint] = nil
                continue
            }
            let place = SIMD3(keypoint.x * aspectRatio, keypoint.y, keypoint.z * aspectRatio)
            let moved = image[joint].update(place, at: time, scale: scale)
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
                smoothed.worldPoints[joint] = world[joint].update(point, at: time)
            } else {
                world[joint].reset()
            }
        }
        return smoothed
    }

    /// Forgets all motion, as after a gap.
    mutating func reset() {
        for joint in image.indices {
            image[joint].reset()
            visibility[joint] = nil
        }
        for joint in world.indices { world[joint].reset() }
        lastTime = nil
    }
}
