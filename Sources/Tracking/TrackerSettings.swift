package import Skeleton

/// How people are told apart over time, and how strongly their motion is smoothed.
package struct TrackerSettings: Sendable, Hashable {
    /// How long a person may be out of sight and still be the same track.
    package var patience: Duration = .seconds(2)
    /// A newcomer becomes a track after being seen for this long …
    package var confirmationTime: Duration = .milliseconds(100)
    /// … and in at least this many frames.
    package var confirmationFrames: Int = 3
    /// A newcomer may be out of sight for this long before being forgotten.
    package var tentativePatience: Duration = .milliseconds(250)
    /// A newcomer's mean score must reach this, 0…1.
    package var confirmationScore: Float = 0.8
    /// The least similarity, of pose and place together, at which a pose can belong to a track, 0…1.
    package var matchThreshold: Float = 0.2
    /// Whether people are given smoothed, or as they were measured.
    package var smooths = true
    /// Smoothing of image points; speeds are in body sizes a second.
    package var imageSmoothing = OneEuroFilter.Parameters(minimumCutoff: 0.05, beta: 80)
    /// Smoothing of world points; speeds are in metres a second.
    package var worldSmoothing = OneEuroFilter.Parameters(minimumCutoff: 0.1, beta: 40)
    /// Time constant in seconds of the smoothing of visibility.
    package var visibilityTimeConstant: Float = 0.3164

    package init() {}

    /// For skeletons that another program found: everybody counts from the first frame, and places stay as they are.
    package static let forSkeletons: TrackerSettings = {
        var settings = TrackerSettings()
        settings.confirmationTime = .zero
        settings.confirmationFrames = 1
        settings.confirmationScore = 0
        settings.smooths = false
        return settings
    }()
}
