/// How an arm is led; the same for every robot.
package struct ArmSettings: Sendable, Hashable {
    /// Seconds between commands.
    package var tick = 0.01
    /// How far behind the newest sight the arm follows, seconds: what is smoothed over needs a little of what came after.
    package var lag = 0.11
    package var smoothing = DirectionSmoother.Settings()
    /// How quickly an error of a direction dies away, a second.
    package var gain = 8.0
    /// Share of the person's own speed that is led on, 0…1.
    package var lead = 1.0
    /// How strongly joints are drawn to the posture found for the target, against directions themselves.
    package var posturePull = 0.06
    /// How quickly a joint goes there, a second.
    package var postureGain = 6.0
    /// Weight of being slow.
    package var damping = 1e-3
    /// How far from the ends of joints' ranges postures are looked for, radians.
    package var margin = 0.035
    /// A direction that jumps further than this in a frame is not believed, radians; at most so many frames in a row.
    package var jump = 1.2
    package var disbelieved = 2
    /// An error from which on a target counts as unreachable: radians, or a share of the reach.
    package var unreachable = 0.05

    package init() {}
}
