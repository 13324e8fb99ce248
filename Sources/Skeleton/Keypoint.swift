/// A joint found in a picture.
package struct Keypoint: Sendable, Hashable {
    /// 0…1 of the picture's width from its left edge; outside that range when the joint lies outside the picture.
    package var x: Float
    /// 0…1 of the picture's height from its top edge.
    package var y: Float
    /// Depth relative to the hips on the scale of `x`, growing away from the camera.
    package var z: Float
    /// How likely the joint is in sight and not hidden, 0…1.
    package var visibility: Float
    /// How likely the joint is inside the picture, 0…1.
    package var presence: Float

    package init(x: Float, y: Float, z: Float = 0, visibility: Float = 1, presence: Float = 1) {
        self.x = x
        self.y = y
        self.z = z
        self.visibility = visibility
        self.presence = presence
    }

    /// How far to trust the place of this keypoint, 0…1.
    package var confidence: Float { min(visibility, presence) }
}
