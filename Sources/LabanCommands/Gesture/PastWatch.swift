import Events
import History
import MotionRules
import Pipeline
import Recognition
import Skeleton

/// Looks in skeletons that a history keeps for what rules and taught gestures tell, as a camera does.
struct PastWatch {
    /// What is looked for, new for every run of a camera.
    private struct Stages {
        var rules: GestureRecogniser
        var counter: SetCounter?
        var taught: ExemplarRecogniser?
        /// When everybody was seen last, in media time.
        var seen: [TrackID: Duration] = [:]
        var open: [Opening: Int] = [:]
        var source: Source?
    }

    private struct Opening: Hashable {
        let isTaught: Bool
        let segment: Int
    }

    private struct Source {
        let run: String
        let camera: String
        /// When media time was 0.
        let origin: UnixTime
    }

    private let blank: Stages
    private var stages: Stages
    /// What was found, in the order in which it was.
    private(set) var firings: [FiringRecord] = []
    /// How long people were watched, all of them together.
    private(set) var watched = Duration.zero

    /// Who is out of sight for longer begins anew.
    static let longestGap = Duration.seconds(1)

    init(_ parts: PipelineParts) {
        let hasExercises = !parts.exercises.isEmpty || !parts.holds.isEmpty
        blank = Stages(
            rules: GestureRecogniser(gestures: parts.gestures, shapes: parts.shapes),
            counter: hasExercises
                ? SetCounter(
                    exercises: parts.exercises, holds: parts.holds, settings: parts.counting ?? CountingSettings())
                : nil,
            taught: parts.taught.map { ExemplarRecogniser($0) })
        stages = blank
    }

    /// Looks at the next moment.
    ///
    /// - Parameter isFirst: whether it is the first of its camera and run.
    mutating func take(_ moment: ClipPlayer.Moment, isFirst: Bool) {
        if isFirst {
            finish()
            stages = blank
            stages.source = Source(run: moment.run, camera: moment.frame.camera, origin: moment.time)
        }
        let frame = moment.frame
        let time = frame.presentationTime
        for (track, last) in stages.seen.sorted(by: { $0.key < $1.key }) where time - last > Self.longestGap {
            end(track, frame: frame.index, at: last)
        }
        note(stages.rules.update(frame), isTaught: false)
        note(stages.counter?.update(frame) ?? [])
        note(stages.taught?.update(frame) ?? [], isTaught: true)
        for person in frame.people {
            if let last = stages.seen.updateValue(time, forKey: person.track) { watched += time - last }
        }
    }

    /// Ends what goes on.
    mutating func finish() {
        for (track, last) in stages.seen.sorted(by: { $0.key < $1.key }) { end(track, frame: 0, at: last) }
    }

    private mutating func end(_ track: TrackID, frame: Int, at time: Duration) {
        note(stages.rules.end(track, frame: frame, at: time, reason: .trackEnded), isTaught: false)
        note(stages.counter?.end(track) ?? [])
        note(stages.taught?.end(track, frame: frame, at: time) ?? [], isTaught: true)
        stages.seen[track] = nil
    }

    private mutating func note(_ changes: [SegmentChange], isTaught: Bool) {
        for change in changes {
            let opening = Opening(isTaught: isTaught, segment: change.segment)
            let end = change.end ?? change.presentationTime
            if change.phase == .begin {
                stages.open[opening] = firings.count
                note(change.label, of: change.track, from: change.start, to: end)
            } else if change.phase == .end, let place = stages.open.removeValue(forKey: opening),
                let origin = stages.source?.origin
            {
                firings[place].end = max(firings[place].start, origin.adding(end))
            }
        }
    }

    private mutating func note(_ findings: [SetFinding]) {
        for case .repetition(let repetition) in findings where !repetition.isPartial {
            note(repetition.exercise, of: repetition.track, from: repetition.start, to: repetition.end)
        }
    }

    private mutating func note(_ label: String, of track: TrackID, from start: Duration, to end: Duration) {
        guard let source = stages.source else { return }
        let begin = source.origin.adding(start)
        firings.append(
            FiringRecord(
                run: source.run, camera: source.camera, track: track.value, label: label, start: begin,
                end: max(begin, source.origin.adding(end))))
    }
}
