import Foundation
package import Skeleton

/// A camera that looks at puppets: where it stands and how it makes a picture of what is before it.
package struct PuppetCamera: Sendable, Equatable {
    /// Metres, y above the floor.
    package var position: SIMD3<Float>
    /// What it looks at, the middle of the picture.
    package var target: SIMD3<Float>
    /// Focal length in picture heights; 1.2 is an ordinary web camera.
    package var focalLength: Float
    /// Width over height of the picture.
    package var aspectRatio: Float
    /// Turned about the line of sight, clockwise, in radians.
    package var roll: Float

    package init(
        position: SIMD3<Float>, target: SIMD3<Float>, focalLength: Float = 1.2, aspectRatio: Float = 4.0 / 3,
        roll: Float = 0
    ) {
        self.position = position
        self.target = target
        self.focalLength = focalLength
        self.aspectRatio = aspectRatio
        self.roll = roll
    }

    /// A camera around somebody at the origin.
    ///
    /// - Parameters:
    ///   - azimuth: radians from straight in front of somebody headed along z, growing towards their left.
    ///   - distance: along the floor, metres.
    ///   - height: of the lens above the floor, metres.
    ///   - aim: height of the place on the person it looks at, metres.
    package init(
        azimuth: Float, distance: Float, height: Float, aim: Float = 0.9, focalLength: Float = 1.2,
        aspectRatio: Float = 4.0 / 3, roll: Float = 0
    ) {
        self.init(
            position: SIMD3(sin(azimuth) * distance, height, cos(azimuth) * distance), target: SIMD3(0, aim, 0),
            focalLength: focalLength, aspectRatio: aspectRatio, roll: roll)
    }

    /// Directions in the world of the camera's own axes: picture right, picture down, away from the camera.
    package var axes: (right: SIMD3<Float>, down: SIMD3<Float>, away: SIMD3<Float>) {
        let away = normalized(target - position)
        let level = normalized(cross(away, SIMD3(0, 1, 0)))
        let below = cross(away, level)
        let right = cos(roll) * level - sin(roll) * below
        return (right, cross(away, right), away)
    }

    /// A place in the camera's axes: metres right, down and away from the lens.
    package func local(_ point: SIMD3<Float>) -> SIMD3<Float> {
        let axes = axes
        let offset = point - position
        return SIMD3(dot(offset, axes.right), dot(offset, axes.down), dot(offset, axes.away))
    }

    /// A place in camera axes as fractions of the picture, or nil when it is not in front of the lens.
    package func picture(ofLocal point: SIMD3<Float>) -> SIMD2<Float>? {
        guard point.z > 0.05 else { return nil }
        return SIMD2(
            0.5 + focalLength * point.x / point.z / aspectRatio, 0.5 + focalLength * point.y / point.z)
    }

    /// The true pose as BlazePose would ideally give it: keypoints in the picture, world points in camera axes.
    ///
    /// A keypoint outside the picture has presence and visibility 0; one behind the camera is nil.
    package func pose(of skeleton: PuppetSkeleton) -> Pose {
        let axes = axes
        let hips = local(skeleton.pelvis)
        let scale = focalLength / max(hips.z, 0.05) / aspectRatio
        var keypoints: [Keypoint?] = []
        var world: [SIMD3<Float>?] = []
        keypoints.reserveCapacity(skeleton.joints.count)
        world.reserveCapacity(skeleton.joints.count)
        for joint in skeleton.joints {
            let offset = joint - skeleton.pelvis
            let turned = SIMD3(dot(offset, axes.right), dot(offset, axes.down), dot(offset, axes.away))
            world.append(turned)
            if let place = picture(ofLocal: hips + turned) {
                let inside: Float = (0...1).contains(place.x) && (0...1).contains(place.y) ? 1 : 0
                keypoints.append(
                    Keypoint(x: place.x, y: place.y, z: turned.z * scale, visibility: inside, presence: inside))
            } else {
                keypoints.append(nil)
            }
        }
        return Pose(topology: .blazePose33, keypoints: keypoints, worldPoints: world)
    }
}
