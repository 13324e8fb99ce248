import Imaging
import Interaction
import Lifting
package import MotionRules
import PoseEstimation
import Recognition
package import Skeleton
package import Tracking
package import Video

/// One camera from pictures (or skeletons) to findings: here, and in `ReplayPipeline` for what was kept, the stages meet.
///
/// A plain value: whoever owns it steps it, frame by frame, on one thread. Live, file and replay all go through the
/// very same methods.
package struct CameraPipeline {
    package let camera: String
    /// Time each stage took so far.
    package private(set) var times = StageTimes()

    private var estimator: PoseEstimator?
    private var hands: HandEstimator?
    private var tracker: Tracker
    private var presence = TrackPresence()
    private var actions: ActionStage
    private var gestures: GestureStage
    private let shared: Shared<GestureContent>?
    private var edition: Shared<GestureContent>.Edition
    private let explainsRules: Bool
    private let counting: CountingSettings?
    private var repetitions: SetCounter?
    private var lifting: LiftingStage?
    private var doing = OngoingActions()
    private var interactions = InteractionRecogniser()
    private var joints = JointHistory()
    private var last: (frame: Int, time: Duration)?
    private var isTracking = false
    private let isPhotograph: Bool
    private let tellsPredictions: Bool

    /// A photograph is looked at so often and at this distance, as a film of people who stand still would be: what is no
    /// person does not last.
    private static let looks = (count: 10, distance: Duration.milliseconds(40))

    /// - Parameters:
    ///   - numbering: the ids this camera has given in this run.
    ///   - isPhotograph: whether there is one picture only, so that nobody can be waited for.
    /// - Throws: whatever is wrong with the pose networks' files.
    package init(
        camera: String, parts: PipelineParts, numbering: TrackNumbering = .init(), isPhotograph: Bool = false
    ) throws {
        self.camera = camera
        self.isPhotograph = isPhotograph
        tellsPredictions = parts.tellsPredictions
        tracker = Tracker(settings: isPhotograph ? .forPhotographs : .init(), numbering: numbering)
        if let folder = parts.poseModelFolder {
            var settings = PoseEstimatorSettings()
            settings.threads = parts.poseThreads
            estimator = try PoseEstimator(modelFolder: folder, settings: settings)
            if parts.findsHands {
                var settings = HandSettings()
                settings.threads = parts.poseThreads
                hands = try HandEstimator(modelFolder: folder, settings: settings)
            }
        }
        actions = ActionStage(models: parts.actionModels, falseAlarmsPerHour: parts.falseAlarmsPerHour)
        shared = parts.shared
        edition =
            shared?.latest
            ?? Shared(
                .init(
                    gestures: parts.gestures, shapes: parts.shapes, exercises: parts.exercises, holds: parts.holds,
                    taught: parts.taught)
            ).latest
        explainsRules = parts.explainsRules
        lifting = parts.lifting.map(LiftingStage.init)
        counting = parts.counting
        gestures = GestureStage(edition.content, explains: explainsRules, isPhotograph: isPhotograph)
        repetitions = Self.counter(edition.content, counting, explains: explainsRules)
    }

    private static func counter(
        _ content: GestureContent, _ settings: CountingSettings?, explains: Bool
    ) -> SetCounter? {
        settings.map {
            SetCounter(exercises: content.exercises, holds: content.holds, settings: $0, explains: explains)
        }
    }

    /// The ids given so far.
    package var numbering: TrackNumbering { tracker.numbering }

    /// Finds and follows everyone in a picture, and recognises what they do.
    ///
    /// - Parameter sourceHole: where pictures were dropped since the last step, the longest time for which the source
    ///   itself gave none; nil where none was dropped.
    package mutating func step(_ frame: Frame, sourceHole: Duration? = nil) throws -> PipelineStep {
        guard var estimator = estimator.take() else {
            preconditionFailure("a pipeline for pictures is made with pose networks")
        }
        defer { self.estimator = estimator }
        let ended = endEverybody(before: frame.presentationTime, sourceHole)
        let unwatched = unwatched(before: frame.presentationTime, sourceHole)
        let bodies = try times.measure(.pose) {
            var time = frame.presentationTime
            var poses = try estimator.estimate(frame.picture, at: time)
            for _ in 1..<(isPhotograph ? Self.looks.count : 1) {
                time += Self.looks.distance
                poses = try estimator.estimate(frame.picture, at: time)
            }
            return poses.map { $0.withAppearance(in: frame.picture) }
        }
        let aspectRatio = Float(frame.picture.width) / Float(frame.picture.height)
        isTracking = true
        let seen = bodies.isEmpty ? loneHands(in: frame) : bodies
        var (skeletons, changes) = follow(
            seen,
            in: SkeletonFrame(
                camera: camera, index: frame.index, presentationTime: frame.presentationTime,
                aspectRatio: aspectRatio, people: []), unwatched: unwatched)
        if !bodies.isEmpty, hands != nil {
            skeletons.people = times.measure(.hands) {
                // In a photograph the first look finds hands; those that follow read each where the one before had it.
                (0..<(isPhotograph ? Self.looks.count : 1)).reduce(skeletons.people) { people, look in
                    hands!.addHands(
                        to: people, in: frame.picture, at: frame.presentationTime + Self.looks.distance * look)
                }
            }
        }
        skeletons.people = skeletons.people.map(\.withoutLoneJoints)
        return recognise(skeletons, trackChanges: changes, after: ended)
    }

    /// Hands in a picture without a body.
    private mutating func loneHands(in frame: Frame) -> [Pose] {
        guard hands != nil else { return [] }
        return times.measure(.hands) { hands!.findLoneHands(in: frame.picture, at: frame.presentationTime) }
    }

    /// Recognises what is done in skeletons; follows them first where nobody has.
    ///
    /// - Parameter sourceHole: as for pictures.
    package mutating func step(_ skeletons: SkeletonFrame, sourceHole: Duration? = nil) -> PipelineStep {
        // What an earlier run lifted is lifted anew.
        var skeletons = lifting == nil ? skeletons : skeletons.withoutLiftedPoints
        skeletons.camera = camera
        let ended = endEverybody(before: skeletons.presentationTime, sourceHole)
        let unwatched = unwatched(before: skeletons.presentationTime, sourceHole)
        if !skeletons.hasTracks, !isTracking {
            isTracking = true
            tracker = Tracker(settings: .forSkeletons, numbering: numbering)
        }
        if isTracking {
            var (followed, changes) = follow(skeletons.people.map(\.pose), in: skeletons, unwatched: unwatched)
            followed.people = followed.people.map(\.withoutLoneJoints)
            return recognise(followed, trackChanges: changes, after: ended)
        }
        skeletons.people = skeletons.people.map(\.withoutLoneJoints)
        let changes = presence.update(&skeletons, numbering: &tracker.numbering, unwatched: unwatched)
        return recognise(skeletons, trackChanges: changes, after: ended)
    }

    /// Nobody is followed through a hole in the source's times longer than the tracker's patience: what was open ends as
    /// when a camera gives no pictures for so long. A hole made by dropping pictures is borne for longer.
    private mutating func endEverybody(before time: Duration, _ sourceHole: Duration?) -> [Finding] {
        guard let last else { return [] }
        let hole = time - last.time
        if let loss = SourceLoss(silence: sourceHole ?? hole, idleness: hole) {
            return finish(reason: loss.reason, after: loss.after)
        }
        return []
    }

    /// How long before this time nobody looked because pictures were dropped.
    private func unwatched(before time: Duration, _ sourceHole: Duration?) -> Duration {
        guard let last, sourceHole != nil else { return .zero }
        return time - last.time
    }

    /// The frame with everybody on their track.
    private mutating func follow(
        _ poses: [Pose], in frame: SkeletonFrame, unwatched: Duration
    ) -> (frame: SkeletonFrame, changes: [SegmentChange]) {
        let update = times.measure(.tracking) {
            tracker.update(
                poses, frame: frame.index, at: frame.presentationTime, aspectRatio: frame.aspectRatio ?? 1,
                unwatched: unwatched)
        }
        if let delay = update.smoothingDelay { times.add(delay, to: .smoothing) }
        var frame = frame
        frame.people = update.people
        frame.hasTracks = true
        return (frame, update.changes)
    }

    /// Why a model can make nothing of the people here, in words; nil when all can.
    package var complaint: String? { actions.complaint }

    /// How everyone fared with every exercise and gesture, where the parts ask for explanations.
    package var explanations: [RuleExplanation] { (repetitions?.explanations ?? []) + gestures.explanations }

    /// What everyone repeated, where the parts ask for explanations.
    package var courses: [MotionCourse] { repetitions?.courses ?? [] }

    /// Ends whatever has not ended yet. After more pictures everything begins anew, with ids of its own.
    ///
    /// - Parameter delay: how long after the last frame this is.
    package mutating func finish(reason: EndReason, after delay: Duration = .zero) -> [Finding] {
        guard var last = last.take() else { return [] }
        defer { joints = JointHistory() }
        last.time += delay
        var findings = actions.finish(frame: last.frame, at: last.time, reason: reason)
        findings += gestures.finish(frame: last.frame, at: last.time, reason: reason)
        findings += (repetitions?.finish() ?? []).map { Finding($0) }
        doing = OngoingActions()
        findings += interactions.finish(frame: last.frame, at: last.time, reason: reason).map(Finding.interaction)
        let tracks =
            isTracking
            ? tracker.finish(frame: last.frame, at: last.time, reason: reason)
            : presence.finish(frame: last.frame, at: last.time, reason: reason)
        return findings.map { joints.completing($0) } + tracks.map(Finding.track)
    }

    /// Looks for what is to be looked for now, where that has changed: gestures under way end, and counts of exercises go
    /// on unless these changed too.
    private mutating func takeUpGestures(frame: Int, at time: Duration) -> [Finding] {
        guard let latest = shared?.latest, latest.number != edition.number else { return [] }
        let ended = gestures.finish(frame: frame, at: time, reason: .rulesReplaced)
        let content = latest.content
        gestures = GestureStage(content, explains: explainsRules, isPhotograph: isPhotograph)
        var findings = ended
        if content.exercises != edition.content.exercises || content.holds != edition.content.holds {
            findings += (repetitions?.finish() ?? []).map { Finding($0) }
            repetitions = Self.counter(content, counting, explains: explainsRules)
        }
        edition = latest
        return findings
    }

    /// A person's begin comes before all else that concerns them, and their end after it.
    ///
    /// - Parameter ended: what ended before this frame.
    private mutating func recognise(
        _ given: SkeletonFrame, trackChanges: [SegmentChange], after ended: [Finding]
    ) -> PipelineStep {
        // Stages see what they were made for: lifted points go out, and nothing is judged by them.
        let skeletons = given.withoutLiftedPoints
        let lifted = lifting == nil ? given : times.measure(.lifting) { lifting?.lifted(given) ?? given }
        let index = skeletons.index
        let time = skeletons.presentationTime
        last = (index, time)
        joints.add(skeletons)
        var findings = trackChanges.filter { $0.phase != .end }.map(Finding.track)
        if !actions.isEmpty {
            let found = times.measure(.actions) { actions.update(skeletons) }
            doing.take(found)
            findings += found
        }
        findings += takeUpGestures(frame: index, at: time)
        findings += times.measure(.gestures) { gestures.update(skeletons) }
        findings += times.measure(.repetitions) {
            repetitions?.update(skeletons) { doing.labels(of: $0) } ?? []
        }.map { Finding($0) }
        for change in trackChanges where change.mayBeSwappedWith != nil && change.phase != .end {
            findings += (repetitions?.doubt(change.track) ?? []).map { Finding($0) }
        }
        findings += times.measure(.interactions) { interactions.update(skeletons) }.map(Finding.interaction)
        for change in trackChanges where change.phase == .end {
            let track = change.track
            let reason = change.reason ?? .trackEnded
            findings += actions.end(track, frame: index, at: time, reason: reason)
            findings += gestures.end(track, frame: index, at: time, reason: reason)
            findings += (repetitions?.end(track) ?? []).map { Finding($0) }
            doing.forget(track)
            findings += interactions.end(track, frame: index, at: time, reason: reason).map(Finding.interaction)
            findings.append(.track(change))
        }
        findings = findings.map { joints.completing($0) }
        for change in trackChanges where change.phase == .end { joints.forget(change.track) }
        return PipelineStep(
            skeletons: lifted, findings: ended + findings,
            predictions: tellsPredictions ? actions.predictions : [])
    }
}

extension TrackedPose {
    /// A hand on its own has been tracked by its joints; what goes on is a person with nothing but that hand.
    fileprivate var withoutLoneJoints: TrackedPose {
        guard pose.topology == .hand21 else { return self }
        return TrackedPose(track: track, pose: Pose(topology: .blazePose33, score: pose.score, hands: pose.hands))
    }
}
