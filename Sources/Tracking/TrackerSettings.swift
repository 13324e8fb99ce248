package import Skeleton

/// How people are told apart over time, and how strongly their motion is smoothed.
package struct TrackerSettings: Sendable, Hashable {
    /// How long a person may be out of sight and still be the same track.
    package var patience: Duration = .seconds(2)
    /// A person unseen for no longer than this is simply followed on; after more likelihood decides whether it is them.
    package var gapTolerance: Duration = .milliseconds(300)
    /// After an encounter people are told apart once they have been clear of each other for this long.
    package var settlingTime: Duration = .milliseconds(250)
    /// Natural logarithm of the odds against an exchange below which tracks are reported as possibly swapped.
    package var swapOdds: Float = 2.5
    /// Poses that the source is less sure of than this go to people in sight only, and only when no surer pose does.
    package var sureScore: Float = 0.7
    /// A joint, or a whole person, that the source loses is carried on for no longer than this.
    package var fillTime: Duration = .milliseconds(250)
    /// A joint that is less surely seen than this, 0…1, or outside the picture, is guessed.
    package var seenConfidence: Float = 0.5
    /// A newcomer becomes a track after being seen for this long …
    package var confirmationTime: Duration = .milliseconds(100)
    /// … and in at least this many frames.
    package var confirmationFrames: Int = 3
    /// A newcomer in mid-picture, beside somebody and not recognised, must be seen for this long.
    package var strangerTime: Duration = .milliseconds(300)
    /// A newcomer may be out of sight for this long before being forgotten.
    package var tentativePatience: Duration = .milliseconds(250)
    /// A newcomer's mean score must reach this, 0…1.
    package var confirmationScore: Float = 0.8
    /// The least affinity, of pose and place together, at which a pose can belong to a track, 0…1.
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
        settings.strangerTime = .zero
        settings.smooths = false
        return settings
    }()

    /// For single pictures: whoever is seen counts at once.
    package static let forPhotographs: TrackerSettings = {
        var settings = TrackerSettings()
        settings.confirmationTime = .zero
        settings.confirmationFrames = 1
        settings.strangerTime = .zero
        return settings
    }()
}
