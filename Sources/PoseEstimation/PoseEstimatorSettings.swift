/// How people are searched for and followed. The defaults are BlazePose's own where it has one.
package struct PoseEstimatorSettings: Sendable, Hashable {
    /// The detector must be this sure of a person, 0…1.
    package var detectionThreshold: Float = 0.5
    /// Faces that overlap by more than this are one detection, intersection over union.
    package var detectionOverlap: Float = 0.3
    /// A person whose presence falls below this is gone, 0…1.
    package var presenceThreshold: Float = 0.5
    /// A newcomer's presence must reach this, 0…1.
    package var newcomerPresence: Float = 0.8
    /// A newcomer is read twice, from two slightly different regions, and the two poses must be so alike (OKS) when the
    /// detector is barely sure. What is no person is read differently each time.
    package var newcomerAgreement: Float = 0.9
    /// How much less alike they may be for each unit of the detector's score above its threshold.
    package var newcomerTrust: Float = 1
    /// Somebody lost a moment ago is read twice as well, and the two poses must be so alike (OKS).
    package var returnAgreement: Float = 0.7
    /// Poses at least this similar (OKS) are one person, 0…1.
    package var duplicateSimilarity: Float = 0.5
    /// Poses whose boxes overlap by at least this are one person, intersection over union.
    package var duplicateOverlap: Float = 0.8
    /// A body within a larger body's box is taken for a part of it below this presence, and as a newcomer below this
    /// score of the detector.
    package var partThreshold: Float = 0.9
    /// At most so many people are followed at once.
    package var maximumPeople: Int = 12
    /// Whether parts of the picture are searched as well as the whole, which finds small people and several.
    package var searchesTiles: Bool = true
    /// While someone is followed, the whole picture and its large tiles are searched so often where something changes …
    package var sweepPeriod: Duration = .milliseconds(500)
    /// … and the small tiles of a large picture so often.
    package var fineSweepPeriod: Duration = .seconds(1)
    /// The same for any square while nobody is known.
    package var idleSweepPeriod: Duration = .milliseconds(100)
    /// Where nothing changes the wait is longer by this factor.
    package var stillFactor: Float = 6
    /// At most so many searches a frame, however long ago the last frame was.
    package var maximumSearchesPerFrame: Int = 8
    /// So long a person who was lost in mid-picture is looked for where they were last seen.
    package var lostPatience: Duration = .seconds(1)
    /// The same of a person who was lost close beside another.
    package var hiddenPatience: Duration = .seconds(5)
    /// Network runs at the same time; poses do not depend on it.
    package var threads: Int = 1

    package init() {}
}
