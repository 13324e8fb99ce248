import MotionRules
import Recognition
package import Skeleton

/// Looks once more at skeletons that were kept, for what rules and taught gestures tell: the stages of a camera from
/// where people are known and followed.
///
/// A plain value, made anew for every run of a camera. Media time grows from frame to frame.
package struct ReplayPipeline {
    private var gestures: GestureStage
    private var repetitions: SetCounter?
    /// When everybody was seen last.
    private var seen: [TrackID: Duration] = [:]
    private var frame = 0
    /// How long people were watched, all of them together.
    package private(set) var watched = Duration.zero

    /// Who is out of sight for longer begins anew.
    package static let longestGap = Duration.seconds(1)

    package init(_ parts: PipelineParts) {
        gestures = GestureStage(
            .init(gestures: parts.gestures, shapes: parts.shapes, taught: parts.taught), explains: false,
            isPhotograph: false)
        if !parts.exercises.isEmpty || !parts.holds.isEmpty {
            repetitions = SetCounter(
                exercises: parts.exercises, holds: parts.holds, settings: parts.counting ?? CountingSettings())
        }
    }

    /// What the next moment makes known.
    package mutating func step(_ given: SkeletonFrame) -> [Finding] {
        let skeletons = given.withoutLiftedPoints
        let time = skeletons.presentationTime
        var findings = seen.sorted { $0.key < $1.key }.filter { time - $0.value > Self.longestGap }
            .flatMap { end($0.key, at: $0.value) }
        frame = skeletons.index
        findings += gestures.update(skeletons)
        findings += (repetitions?.update(skeletons) ?? []).map { Finding($0) }
        for person in skeletons.people {
            if let last = seen.updateValue(time, forKey: person.track) { watched += time - last }
        }
        return findings
    }

    /// Ends what goes on.
    package mutating func finish() -> [Finding] {
        seen.sorted { $0.key < $1.key }.flatMap { end($0.key, at: $0.value) }
    }

    private mutating func end(_ track: TrackID, at time: Duration) -> [Finding] {
        seen[track] = nil
        return gestures.end(track, frame: frame, at: time, reason: .trackEnded)
            + (repetitions?.end(track) ?? []).map { Finding($0) }
    }
}
