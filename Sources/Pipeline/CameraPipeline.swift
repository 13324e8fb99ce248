import Imaging
import MotionRules
import PoseEstimation
import Recognition
import RepetitionCounting
package import Skeleton
import Tracking
package import Video

/// One camera from pictures (or skeletons) to findings: the only place where the stages meet.
///
/// A plain value: whoever owns it steps it, frame by frame, on one thread. Live, file and replay all go through the
/// very same methods.
package struct CameraPipeline {
    package let camera: String
    /// Time each stage took so far.
    package private(set) var times = StageTimes()

    private var estimator: PoseEstimator?
    private var tracker = Tracker()
    private var presence = TrackPresence()
    private var actions: ActionRecogniser?
    private var gestures: GestureRecogniser
    private var repetitions: RepetitionCounter
    private var last: (frame: Int, time: Duration)?
    private var isTracking = false

    /// - Throws: whatever is wrong with the pose networks' files.
    package init(camera: String, parts: PipelineParts) throws {
        self.camera = camera
        if let folder = parts.poseModelFolder {
            var settings = PoseEstimatorSettings()
            settings.threads = parts.poseThreads
            estimator = try PoseEstimator(modelFolder: folder, settings: settings)
        }
        actions = parts.actionModel.map { ActionRecogniser(model: $0) }
        gestures = GestureRecogniser(gestures: parts.gestures)
        repetitions = RepetitionCounter(exercises: parts.exercises)
    }

    /// Finds, follows and judges everyone in a picture.
    package mutating func step(_ frame: Frame) throws -> PipelineStep {
        guard var estimator = estimator.take() else {
            preconditionFailure("a pipeline for pictures is made with pose networks")
        }
        defer { self.estimator = estimator }
        let poses = try times.measure(.pose) {
            try estimator.estimate(frame.pixels, at: frame.presentationTime)
        }
        let aspectRatio = Float(frame.pixels.width) / Float(frame.pixels.height)
        isTracking = true
        let update = times.measure(.tracking) {
            tracker.update(poses, frame: frame.index, at: frame.presentationTime, aspectRatio: aspectRatio)
        }
        let skeletons = SkeletonFrame(
            camera: camera, index: frame.index, presentationTime: frame.presentationTime, aspectRatio: aspectRatio,
            people: update.people)
        return judge(skeletons, trackChanges: update.changes)
    }

    /// Judges skeletons whose tracks are known.
    package mutating func step(_ skeletons: SkeletonFrame) -> PipelineStep {
        var skeletons = skeletons
        skeletons.camera = camera
        return judge(skeletons, trackChanges: presence.update(skeletons))
    }

    /// How long people may be out of sight and still be the same.
    package static let patience = TrackerSettings().patience

    /// Ends whatever has not ended yet. After more pictures everything begins anew, with ids of its own.
    ///
    /// - Parameter delay: how long after the last frame this is.
    package mutating func finish(reason: EndReason, after delay: Duration = .zero) -> [Finding] {
        guard var last else { return [] }
        last.time += delay
        var findings = actions?.finish(frame: last.frame, at: last.time, reason: reason).map(Finding.action) ?? []
        findings += gestures.finish(frame: last.frame, at: last.time, reason: reason).map(Finding.gesture)
        findings += repetitions.finish().map(Finding.repetition)
        let tracks =
            isTracking
            ? tracker.finish(frame: last.frame, at: last.time, reason: reason)
            : presence.finish(frame: last.frame, at: last.time, reason: reason)
        return findings + tracks.map(Finding.track)
    }

    /// A person's begin comes before all else that concerns them, and their end after it.
    private mutating func judge(_ skeletons: SkeletonFrame, trackChanges: [SegmentChange]) -> PipelineStep {
        let index = skeletons.index
        let time = skeletons.presentationTime
        last = (index, time)
        var findings = trackChanges.filter { $0.phase != .end }.map(Finding.track)
        if actions != nil {
            findings += times.measure(.actions) { actions!.update(skeletons) }.map(Finding.action)
        }
        findings += times.measure(.gestures) { gestures.update(skeletons) }.map(Finding.gesture)
        findings += times.measure(.repetitions) { repetitions.update(skeletons) }.map(Finding.repetition)
        for change in trackChanges where change.phase == .end {
            let track = change.track
            let reason = change.reason ?? .trackEnded
            findings +=
                actions?.end(track, frame: index, at: time, reason: reason).map(Finding.action) ?? []
            findings += gestures.end(track, frame: index, at: time, reason: reason).map(Finding.gesture)
            repetitions.end(track)
            findings.append(.track(change))
        }
        return PipelineStep(skeletons: skeletons, findings: findings)
    }
}
