/// How training sequences are varied, so that a model learns the movement and not the recording. Angles in degrees,
/// lengths in torso lengths, chances 0…1.
package struct AugmentationSettings: Sendable, Codable, Equatable {
    /// Largest turn about the vertical, either way.
    package var rotation: Float = 45
    /// Deviation of the camera's pitch and roll.
    package var tilt: Float = 5
    /// Chance that left and right are exchanged, together with the sides in the label. No clip is mirrored whose
    /// mirrored label is not a class.
    package var mirror: Float = 0.5
    /// Largest factor by which a movement is played faster or slower.
    package var speed: Float = 1.4
    /// Deviation of how far joints go from where they are on average, as a share: movements are made large and small.
    package var amplitude: Float = 0
    /// Largest share by which a movement goes faster and slower from moment to moment.
    package var tempo: Float = 0
    /// Deviation of the angle at which each arm is held all the time, 0.8 of it for legs and forearms, 0.6 for shanks and
    /// half for the trunk: nobody holds them as another does.
    package var posture: Float = 0
    /// Deviation of each bone's length, as a share.
    package var bones: Float = 0.08
    /// Deviation of where hips are said to be along the trunk; widths, shoulders and the head differ in proportion, as
    /// pose systems do not agree about them.
    package var landmarks: Float = 0
    /// Smallest factor by which depth may be shortened.
    package var depth: Float = 0.85
    /// Deviation of the slope at which legs seem to go towards the camera or away from it; half as much for the trunk.
    package var lean: Float = 0.05
    /// Deviation of each joint's constant error.
    package var bias: Float = 0.03
    /// Deviation of each joint's unrest from frame to frame.
    package var jitter: Float = 0.02
    /// Chance that a clip is smoothed as by a filter that lags.
    package var lag: Float = 0.1
    /// Chance that an arm, a leg or a joint is unseen throughout.
    package var limbs: Float = 0.1
    /// Chance that joints are lost and found again all the time, hands and feet most of all.
    package var flicker: Float = 0
    /// Chance that left and right legs, or arms, are taken for each other now and again, as in views from the side.
    package var swaps: Float = 0
    /// Chance that only every second or third frame is there, as of slow cameras.
    package var sparse: Float = 0
    /// Chance that depth is unknown, as of skeletons in a picture alone.
    package var flat: Float = 0
    /// Chance that the picture ends above the knees or ankles.
    package var legs: Float = 0
    /// Chance that the pelvis's way through space is unknown.
    package var rootless: Float = 0.1
    /// Deviation of the speed at which the camera drifts, per second.
    package var drift: Float = 0
    /// Chance that a movement stops for a while, which is `nothing`, if that is a class: somebody with a hand up is not
    /// waving. In `stand`, if that is a class, a stop changes nothing.
    package var freeze: Float = 0

    package init() {}
}
