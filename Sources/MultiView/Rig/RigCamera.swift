package import Robots

/// One camera of a rig: where it is and how it makes a picture.
package struct RigCamera: Sendable, Hashable {
    package var name: String
    /// Turns and moves places of the rig (metres) into the camera's axes: x to image right, y down, z away from it.
    package var placement: RigidTransform
    /// In picture heights.
    package var focalLength: Double
    /// Seconds that its clock is ahead of the first camera's.
    package var clockOffset: Double

    package init(
        name: String, placement: RigidTransform = .identity, focalLength: Double = 1.2, clockOffset: Double = 0
    ) {
        self.name = name
        self.placement = placement
        self.focalLength = focalLength
        self.clockOffset = clockOffset
    }

    /// Where a place of the rig is in the picture, in picture heights from its middle; nil behind the camera.
    package func picture(of place: Vector3) -> SIMD2<Double>? {
        let local = placement * place
        guard local.z > 0.05 else { return nil }
        return SIMD2(local.x, local.y) * (focalLength / local.z)
    }

    /// Where the camera stands in the rig.
    package var position: Vector3 { placement.rotation.inverse * -placement.translation }

    /// The unit vector from the camera through a place of the picture, in the rig's axes.
    package func ray(through place: SIMD2<Double>) -> Vector3 {
        let local = Vector3(place.x, place.y, focalLength)
        return placement.rotation.inverse * (local / local.length)
    }
}

/// Several cameras that see the same room; places are in the axes of the first.
package struct CameraRig: Sendable, Hashable {
    package var cameras: [RigCamera]

    package init(cameras: [RigCamera]) { self.cameras = cameras }
}
