import Events
import History
import MotionRules
import Pipeline
import Recognition
import Skeleton

/// Notes down when rules and taught gestures fire in skeletons that a history keeps.
struct PastWatch {
    private struct Source {
        let run: String
        let camera: String
        /// When media time was 0.
        let origin: UnixTime
    }

    /// What looks, new for every run of a camera.
    private let blank: ReplayPipeline
    private var pipeline: ReplayPipeline
    private var source: Source?
    /// Where gestures under way are among the firings.
    private var open: [Int: Int] = [:]
    /// What was found, in the order in which it was.
    private(set) var firings: [FiringRecord] = []
    /// How long people were watched, all of them together.
    private(set) var watched = Duration.zero

    init(_ parts: PipelineParts) {
        blank = ReplayPipeline(parts)
        pipeline = blank
    }

    /// Looks at the next moment.
    ///
    /// - Parameter isFirst: whether it is the first of its camera and run.
    mutating func take(_ moment: ClipPlayer.Moment, isFirst: Bool) {
        if isFirst {
            finish()
            source = Source(run: moment.run, camera: moment.frame.camera, origin: moment.time)
        }
        for finding in pipeline.step(moment.frame) { note(finding) }
    }

    /// Ends what goes on.
    mutating func finish() {
        for finding in pipeline.finish() { note(finding) }
        watched += pipeline.watched
        pipeline = blank
        open = [:]
    }

    private mutating func note(_ finding: Finding) {
        switch finding {
        case .gesture(let change): note(change)
        case .repetition(let repetition) where !repetition.isPartial:
            note(.rep, repetition.exercise, of: repetition.track, from: repetition.start, to: repetition.end)
        // Of an exercise that is held there are no repetitions.
        case .set(let set) where set.held != nil:
            note(.set, set.exercise, of: set.track, from: set.start, to: set.end)
        case .repetition, .set, .track, .action, .interaction: break
        }
    }

    private mutating func note(_ change: SegmentChange) {
        let end = change.end ?? change.presentationTime
        switch change.phase {
        case .begin:
            open[change.segment] = firings.count
            note(.gesture, change.label, of: change.track, from: change.start, to: end)
        case .update: break
        case .end:
            guard let place = open.removeValue(forKey: change.segment), let source else { return }
            firings[place].end = max(firings[place].start, source.origin.adding(end))
        }
    }

    private mutating func note(
        _ kind: EventKind, _ label: String, of track: TrackID, from start: Duration, to end: Duration
    ) {
        guard let source else { return }
        let begin = source.origin.adding(start)
        firings.append(
            FiringRecord(
                kind, run: source.run, camera: source.camera, track: track.value, label: label, start: begin,
                end: max(begin, source.origin.adding(end))))
    }
}
