package import Skeleton

/// Counts repetitions of everyone in the picture, whatever they repeat, and puts them together in sets.
package struct SetCounter: Sendable {
    private let settings: CountingSettings
    private var rules: RepetitionCounter
    private var people: [TrackID: Person] = [:]
    private var last = SetKeeper.Moment(frame: 0, time: .zero)

    private struct Person: Sendable {
        var motion = RepeatedMotionCounter()
        var keeper: SetKeeper
    }

    /// - Parameters:
    ///   - exercises: those with a rule.
    ///   - explains: whether to note down what `explanations` tells.
    package init(exercises: [Exercise], settings: CountingSettings = .init(), explains: Bool = false) {
        self.settings = settings
        rules = RepetitionCounter(exercises: exercises, explains: explains)
    }

    /// How everyone fared with every rule so far; empty where nothing was noted down.
    package var explanations: [RuleExplanation] { rules.explanations }

    /// What this frame makes known, in the order of people.
    ///
    /// - Parameter actions: what the recogniser says that somebody does; empty where it says nothing.
    package mutating func update(
        _ frame: SkeletonFrame, actions: (TrackID) -> Set<String> = { _ in [] }
    ) -> [SetFinding] {
        let counted = rules.update(frame)
        var findings: [SetFinding] = []
        last = SetKeeper.Moment(frame: frame.index, time: frame.presentationTime)
        for tracked in frame.people {
            var person =
                people.removeValue(forKey: tracked.track)
                ?? Person(keeper: SetKeeper(tracked.track, settings: settings))
            var moment = last
            moment.actions = actions(tracked.track)
            for repetition in counted where repetition.track == tracked.track {
                findings += person.keeper.take(repetition, at: moment)
            }
            for found in person.motion.update(tracked.pose, aspectRatio: frame.aspectRatio, at: moment.time) {
                findings += person.keeper.take(motion: Repetition(found, of: tracked.track), at: moment)
            }
            findings += person.keeper.advance(to: moment)
            people[tracked.track] = person
        }
        return findings
    }

    /// Tells what is left of a track, and forgets it.
    package mutating func end(_ track: TrackID) -> [SetFinding] {
        rules.end(track)
        guard var person = people.removeValue(forKey: track) else { return [] }
        return finish(&person, track)
    }

    /// Ends the set of a track that may be another person from now on.
    package mutating func doubt(_ track: TrackID) -> [SetFinding] {
        guard var person = people.removeValue(forKey: track) else { return [] }
        let findings = finish(&person, track)
        person.motion = RepeatedMotionCounter()
        people[track] = person
        return findings
    }

    /// Tells what is left of everyone.
    package mutating func finish() -> [SetFinding] {
        _ = rules.finish()
        return people.keys.sorted().flatMap { end($0) }
    }

    private mutating func finish(_ person: inout Person, _ track: TrackID) -> [SetFinding] {
        var findings: [SetFinding] = []
        for found in person.motion.finish() {
            findings += person.keeper.take(motion: Repetition(found, of: track), at: last)
        }
        return findings + person.keeper.finish(at: last)
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
