/// How hands are searched for and followed. The defaults are the hand networks' own where they have one.
package struct HandSettings: Sendable, Hashable {
    /// The palm detector must be this sure of a palm, 0…1.
    package var detectionThreshold: Float = 0.5
    /// Palms that overlap by more than this are one detection, intersection over union.
    package var detectionOverlap: Float = 0.3
    /// A hand whose presence falls below this is gone, 0…1.
    package var presenceThreshold: Float = 0.5
    /// Regions that overlap by at least this hold one hand, intersection over union.
    package var sameHandOverlap: Float = 0.5
    /// A hand is looked for when the body's wrist is seen with this confidence, 0…1.
    package var wristConfidence: Float = 0.5
    /// The palm detector looks for the same hand no more often than this.
    package var searchPeriod: Duration = .milliseconds(200)
    /// The whole picture is searched for hands when no body has been seen for this long.
    package var bodyPatience: Duration = .milliseconds(500)
    /// At most so many hands without a body are followed at once.
    package var maximumLoneHands: Int = 2
    /// Network runs at the same time; hands do not depend on it.
    package var threads: Int = 1

    package init() {}
}
