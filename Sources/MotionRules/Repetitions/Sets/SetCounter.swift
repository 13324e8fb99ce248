package import Skeleton

/// Counts repetitions of everyone in the picture, whatever they repeat, and puts them together in sets.
package struct SetCounter: Sendable {
    private let settings: CountingSettings
    private let explains: Bool
    private var rules: RepetitionCounter
    private var holds: GestureRecogniser
    private var people: [TrackID: Person] = [:]
    private var last = SetKeeper.Moment(frame: 0, time: .zero)
    /// Of people who have left.
    private var pastCourses: [MotionCourse] = []

    private struct Person: Sendable {
        var motion = RepeatedMotionCounter()
        var keeper: SetKeeper
        /// Nil where nobody asks for explanations.
        var notes: MotionNotes?
    }

    /// - Parameters:
    ///   - exercises: those with a rule.
    ///   - holds: those that are held still.
    ///   - explains: whether to note down what `explanations` and `courses` tell.
    package init(
        exercises: [Exercise], holds: [Gesture] = [], settings: CountingSettings = .init(), explains: Bool = false
    ) {
        self.settings = settings
        self.explains = explains
        rules = RepetitionCounter(exercises: exercises, explains: explains)
        self.holds = GestureRecogniser(gestures: holds, explains: explains)
    }

    /// How everyone fared with every rule so far; empty where nothing was noted down.
    package var explanations: [RuleExplanation] { rules.explanations + holds.explanations }

    /// What everyone repeated so far, in the order of tracks; empty where nothing was noted down.
    package var courses: [MotionCourse] {
        (pastCourses + people.compactMap { track, person in person.notes?.course(of: track) })
            .sorted { $0.track < $1.track }
    }

    /// What this frame makes known, in the order of people.
    ///
    /// - Parameter actions: what the recogniser says that somebody does; empty where it says nothing.
    package mutating func update(
        _ frame: SkeletonFrame, actions: (TrackID) -> Set<String> = { _ in [] }
    ) -> [SetFinding] {
        let counted = rules.update(frame)
        let held = holds.update(frame).filter { $0.phase == .end }
        var findings: [SetFinding] = []
        last = SetKeeper.Moment(frame: frame.index, time: frame.presentationTime)
        for tracked in frame.people {
            var person =
                people.removeValue(forKey: tracked.track)
                ?? Person(
                    keeper: SetKeeper(tracked.track, settings: settings), notes: explains ? MotionNotes() : nil)
            var moment = last
            moment.actions = actions(tracked.track)
            var own: [SetFinding] = []
            for repetition in counted where repetition.track == tracked.track {
                own += person.keeper.take(repetition, at: moment)
                person.motion.align(
                    start: repetition.start, turningPoint: repetition.turningPoint, end: repetition.end)
            }
            for change in held where change.track == tracked.track {
                own += person.keeper.take(hold: change, at: moment)
            }
            for found in person.motion.update(tracked.pose, aspectRatio: frame.aspectRatio, at: moment.time) {
                own += person.keeper.take(motion: Repetition(found, of: tracked.track), at: moment)
            }
            own += person.keeper.advance(to: moment)
            person.notes?.take(person.motion.rows)
            person.notes?.take(own)
            findings += own
            people[tracked.track] = person
        }
        return findings
    }

    /// Tells what is left of a track, and forgets it.
    package mutating func end(_ track: TrackID) -> [SetFinding] {
        let counted = rules.end(track)
        let held = holds.end(track, frame: last.frame, at: last.time, reason: .trackEnded)
        guard var person = people.removeValue(forKey: track) else { return [] }
        let ended =
            counted.flatMap { person.keeper.take($0, at: last) }
            + held.flatMap { person.keeper.take(hold: $0, at: last) }
        person.notes?.take(ended)
        let findings = ended + finish(&person, track)
        if let course = person.notes?.course(of: track) { pastCourses.append(course) }
        return findings
    }

    /// Ends the set of a track that may be another person from now on.
    package mutating func doubt(_ track: TrackID) -> [SetFinding] {
        guard var person = people.removeValue(forKey: track) else { return [] }
        let findings = finish(&person, track)
        person.motion = RepeatedMotionCounter()
        person.notes?.restart()
        people[track] = person
        return findings
    }

    /// Tells what is left of everyone.
    package mutating func finish() -> [SetFinding] {
        return people.keys.sorted().flatMap { end($0) }
    }

    private mutating func finish(_ person: inout Person, _ track: TrackID) -> [SetFinding] {
        var findings: [SetFinding] = []
        for found in person.motion.finish() {
            findings += person.keeper.take(motion: Repetition(found, of: track), at: last)
        }
        findings += person.keeper.finish(at: last)
        person.notes?.take(person.motion.rows)
        person.notes?.take(findings)
        return findings
    }
}

extension Repetition {
    /// One told by its motion alone.
    fileprivate init(_ found: RepeatedMotionCounter.Repetition, of track: TrackID) {
        self.init(
            track: track, exercise: CountingSettings.unnamed, index: 0, start: found.start,
            turningPoint: found.turningPoint, end: found.end, frame: 0, presentationTime: found.end,
            rangeOfMotion: found.range, rangeUnit: .degrees, confidence: max(0, found.likeness), basis: .motion,
            way: found.way, company: found.company)
    }
}
