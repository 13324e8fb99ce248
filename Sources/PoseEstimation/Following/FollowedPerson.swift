import Imaging
import Skeleton

/// A person whose next region is made from the last reading, so that no search is needed.
struct FollowedPerson {
    /// Where to look in the next frame.
    private(set) var region: CropRegion
    private(set) var reading: BodyReading
    /// When this person was first read.
    let since: Duration
    /// Presence averaged over the last half second or so.
    private(set) var score: Float
    /// What speaks for this being a person: the sum of the detector's scores above `doubtfulScore`, each weighed by how
    /// sure the landmark network was at the time.
    private(set) var evidence: Float = 0
    /// How the hips move, in pixels a second, averaged over a quarter of a second or so.
    private(set) var velocity = SIMD2<Float>.zero
    private var lastTime: Duration
    private var hipFilter = OneEuroFilter(Self.smoothing)
    private var topFilter = OneEuroFilter(Self.smoothing)

    /// The reference smooths the two points that make the region; the region then lies still round a still person.
    private static let smoothing = OneEuroFilter.Parameters(minimumCutoff: 0.01, beta: 10)

    /// Seconds over which the presence is averaged.
    private static let scoreTimeConstant: Float = 0.5
    /// The same for the velocity.
    private static let velocityTimeConstant: Float = 0.25
    /// After this long a newcomer is a newcomer no more.
    private static let probation: Duration = .milliseconds(500)

    /// - Parameter presence: what to begin the average presence with.
    init(_ reading: BodyReading, presence: Float, at time: Duration) {
        self.reading = reading
        since = time
        lastTime = time
        score = presence
        region = reading.nextRegion
        update(reading, at: time)
    }

    /// Takes in the reading of a later frame and moves the region along.
    mutating func update(_ reading: BodyReading, at time: Duration) {
        let elapsed = Float((time - lastTime).inSeconds)
        score += (reading.pose.score - score) * (elapsed / (elapsed + Self.scoreTimeConstant))
        evidence += elapsed * Self.evidenceRate * max(0, (score - Self.surePresence) / (1 - Self.surePresence))
        lastTime = time
        if elapsed > 0 {
            let now = (reading.hipCenter - self.reading.hipCenter) / elapsed
            velocity += (now - velocity) * (elapsed / (elapsed + Self.velocityTimeConstant))
        }
        self.reading = reading
        let scale = 1 / max(1e-3, reading.bodySize)
        let hip = hipFilter.update(SIMD3(reading.hipCenter, 0), at: time, scale: scale)
        let top = topFilter.update(SIMD3(reading.bodyTop, 0), at: time, scale: scale)
        region = CropRegion(hipCenter: SIMD2(hip.x, hip.y), bodyTop: SIMD2(top.x, top.y))
    }

    /// Detector scores up to this say nothing for a person: furniture reaches them as well.
    private static let doubtfulScore: Float = 0.75
    /// The same for the average presence.
    private static let doubtfulPresence: Float = 0.9
    /// What the landmark network alone says for a person: average presence above this, and so much evidence a second at
    /// most. Of two who stand close together the detector sees one, halfway between them.
    private static let surePresence: Float = 0.97
    private static let evidenceRate: Float = 0.35
    /// So much evidence makes a person, be it from one sure detection or from several in a row.
    private static let sufficientEvidence: Float = 0.15
    /// How long the evidence may take to come together.
    private static let trial: Duration = .seconds(1)

    /// Whether the detector has seen enough of this person for the pose to be reported.
    var isConfirmed: Bool { evidence >= Self.sufficientEvidence }

    /// Whether too little has been found for this being a person for too long.
    func isRefuted(at time: Duration) -> Bool { !isConfirmed && time - since > Self.trial }

    /// The same person, found again after having been lost for a moment.
    func resumed(_ reading: BodyReading, presence: Float, at time: Duration) -> FollowedPerson {
        var person = FollowedPerson(reading, presence: presence, at: time)
        person.evidence = max(evidence, Self.sufficientEvidence)
        return person
    }

    /// Counts a detection as evidence for this person.
    mutating func support(_ detection: PersonDetection) {
        let trust = (score - Self.doubtfulPresence) / (1 - Self.doubtfulPresence)
        evidence += max(0, detection.score - Self.doubtfulScore) * max(0, trust)
    }

    /// Whether the detector most likely saw this very person, so that reading the detection would be for nothing.
    func explains(_ detection: PersonDetection) -> Bool {
        let offset = detection.hipCenter - reading.hipCenter
        let radius = reading.bodySize / 2
        let ratio = detection.bodyRadius / max(1e-3, radius)
        return (offset * offset).sum().squareRoot() < 0.35 * radius && ratio > 0.4 && ratio < 2.5
    }

    /// Whether this person has been followed for a while.
    func isEstablished(at time: Duration) -> Bool { time - since >= Self.probation }
}
