import Foundation
import Skeleton

/// A chain of detections held to be of one person: what was last seen, how it moves, and where in its life it is.
struct Track {
    private(set) var state: TrackState = .tentative
    /// Whose detections they are; nil until the track is confirmed.
    var identity: Identity?
    /// Whose it was held to be, wrongly; nil when nobody's.
    var former: TrackID?
    /// When the chain was first seen, and since when it is out of sight.
    let firstSeen: Duration
    private(set) var absence: Absence
    /// What was seen last, as it was measured.
    private(set) var last: Detection
    private(set) var motion: BodyMotion
    /// Bones, measured since the last encounter.
    private(set) var measures: BodyMeasures
    /// What was seen first.
    let first: Detection
    /// Mean score over all detections.
    private(set) var score: Float
    private var detections = 1
    private var smoother: PoseSmoother
    /// The last pose, smoothed.
    private(set) var smoothed: Pose
    /// Since when nobody has been near; nil while somebody is.
    private(set) var clearSince: Duration?

    init(_ detection: Detection, at time: Duration, aspectRatio: Float, settings: TrackerSettings) {
        first = detection
        last = detection
        motion = BodyMotion(detection, at: time)
        measures = BodyMeasures(topology: detection.pose.topology)
        measures.learn(detection.pose, at: time)
        score = detection.pose.score
        firstSeen = time
        absence = Absence(at: time)
        smoother = PoseSmoother(settings: settings)
        smoothed = smoother.update(detection.pose, at: time, aspectRatio: aspectRatio, bodySize: detection.size)
    }

    var id: TrackID? { identity?.id }

    /// The last pose, its middle and its size in picture heights.
    var pose: Pose { last.pose }
    var center: SIMD2<Float> { last.center }
    var size: Float { last.size }

    /// When the chain was last seen.
    var lastSeen: Duration { absence.lastSeen }

    /// How far in seconds the smoothed pose trails; nil while nothing moves.
    var smoothingDelay: Float? { smoother.delay }

    /// The last pose carried on to a moment in which the person was not seen; nil when that is too long ago.
    func filled(at time: Duration, aspectRatio: Float) -> Pose? { smoother.filled(at: time, aspectRatio: aspectRatio) }

    /// Takes in a new detection; after a long gap smoothing starts afresh.
    mutating func see(_ detection: Detection, at time: Duration, aspectRatio: Float, settings: TrackerSettings) {
        if time - lastSeen > settings.gapTolerance { smoother.reset() }
        let continued = detection.continuing(last)
        motion.update(continued, at: time)
        motion.shift(by: detection.axes - continued.axes)
        last = detection
        detections += 1
        score += (pose.score - score) / Float(detections)
        absence.end(at: time)
        if state == .lost { state = .tracked }
        smoothed = smoother.update(pose, at: time, aspectRatio: aspectRatio, bodySize: size)
    }

    /// Notes whether somebody is near; who is alone shows their own bones.
    mutating func note(isClear: Bool, at time: Duration) {
        guard isClear else {
            if clearSince != nil { measures = BodyMeasures(topology: pose.topology) }
            clearSince = nil
            return
        }
        if clearSince == nil { clearSince = time }
        let pose = last.pose
        measures.learn(pose, at: time)
        identity?.memory.motion = motion
        identity?.memory.measures.learn(pose, at: time)
    }

    /// Whether the chain has been clear for long enough to be told by.
    func isSettled(at time: Duration, _ settings: TrackerSettings) -> Bool {
        guard let clearSince, lastSeen == time else { return false }
        return time - clearSince >= settings.settlingTime
    }

    /// Whether a tentative track has been seen long and well enough.
    func isConvincing(_ settings: TrackerSettings) -> Bool {
        state == .tentative && detections >= settings.confirmationFrames
            && lastSeen - firstSeen >= settings.confirmationTime && score >= settings.confirmationScore
    }

    /// Whether the person is in sight or was a moment ago, so that the next detection may simply be theirs.
    func isFollowed(at time: Duration, _ settings: TrackerSettings) -> Bool {
        state == .tracked || state == .lost && time - lastSeen <= settings.gapTolerance
    }

    /// Whether somebody who was where `motion` says can have come to where the chain began, on their feet.
    func isInReach(of motion: BodyMotion) -> Bool { motion.reaches(first, at: firstSeen) }

    /// Makes the track that of a person.
    mutating func confirm(as identity: Identity) {
        self.identity = identity
        state = .tracked
    }

    /// Notes that nobody matched in a frame, before which pictures were dropped for `unwatched` since the one at
    /// `previous`; the state after it.
    mutating func miss(
        at time: Duration, since previous: Duration?, unwatched: Duration, settings: TrackerSettings
    ) {
        absence.goOn(since: previous, unwatched: unwatched)
        switch state {
        case .tentative: if absence.length(at: time) > settings.tentativePatience { state = .removed }
        case .tracked, .lost: state = absence.length(at: time) > settings.patience ? .removed : .lost
        case .removed: break
        }
    }

    /// Removes the track without an end to report, after another has taken over the person.
    mutating func forget() {
        identity = nil
        state = .removed
    }

    /// Makes the track, which is in sight, that of somebody not known yet, after its person was found elsewhere.
    mutating func startAnew() {
        identity = nil
        state = .tentative
    }

    /// Whether the person was last seen at or beyond the picture's edge.
    func isLeaving(aspectRatio: Float) -> Bool { Self.touchesEdge(pose, aspectRatio: aspectRatio) }

    /// Whether the person was first seen at or beyond the picture's edge.
    func cameIn(aspectRatio: Float) -> Bool { Self.touchesEdge(first.pose, aspectRatio: aspectRatio) }

    /// Whether the middle of the body lies within half a body's width of a side edge or near the lower one; being cut
    /// off at the feet alone is usual for people close by.
    private static func touchesEdge(_ pose: Pose, aspectRatio: Float) -> Bool {
        guard !pose.keypoints.isEmpty, let extent = pose.extent(aspectRatio: aspectRatio) else { return false }
        let margin = extent.size / 6
        return extent.center.x < margin || extent.center.x > aspectRatio - margin || extent.center.y > 1 - margin
            || extent.center.y < 0
    }
}
