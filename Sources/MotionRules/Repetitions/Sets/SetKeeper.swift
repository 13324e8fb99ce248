import Skeleton

/// Puts the repetitions of one person together, those that rules count and those told by their motion alone, so that each
/// is told once, and makes sets of them.
///
/// A rule knows an exercise by its postures and tells at once; motion alone knows that something repeats itself. A single
/// visit of a rule's phases may be anything (somebody sits down and stands up again), so it waits for company: others of its
/// kind, the same motion found to repeat itself, or the recogniser saying so. What the rule of a set misses, motion fills in.
struct SetKeeper: Sendable {
    private let track: TrackID
    private let settings: CountingSettings
    private var open: OpenSet?
    /// Repetitions by rule that wait for company.
    private var waiting: [Repetition] = []
    /// Those by rule that the recogniser took for something else; it may have been late.
    private var doubted: [Repetition] = []
    /// Partial ones by rule that wait whether their motion goes as far as that of the others.
    private var shallow: [Repetition] = []
    /// Repetitions by motion alone that wait whether a rule tells the same a little later.
    private var held: [Repetition] = []
    /// Those that had too little company for a set; more may come.
    private var lone: [Repetition] = []
    private var counts: [String: Int] = [:]
    private var sets = 0
    private var lastEnd: Duration?

    /// How long a set waits for its next repetition, at least, and in typical lengths.
    private static let patience = Duration.seconds(4)
    private static let lengths = 3.0
    /// How long a repetition by rule waits for company.
    private static let wait = Duration.seconds(10)
    /// How long before a repetition that the recogniser agrees with one may have ended that it did not.
    private static let lateness = Duration.seconds(2)
    /// How long a repetition by motion waits for a rule. Where a rule tells most of the set it waits for the next one in
    /// full, since motion alone may see repetitions begin half-way.
    private static let hold = Duration.milliseconds(500)
    private static let holdForRule = (least: Duration.seconds(1), lengths: 1.3)
    /// What motion alone must turn a joint by, in degrees, to be what the recogniser says.
    private static let leastRange: Float = 20
    init(_ track: TrackID, settings: CountingSettings) {
        self.track = track
        self.settings = settings
    }

    /// What is known of a moment.
    struct Moment: Sendable {
        var frame: Int
        var time: Duration
        /// What the recogniser says the person does; empty where it says nothing.
        var actions: Set<String> = []
    }

    /// A repetition that a rule has counted.
    mutating func take(_ repetition: Repetition, at moment: Moment) -> [SetFinding] {
        var findings = close(at: moment, before: repetition.start)
        if repetition.isPartial { return findings + take(partial: repetition, at: moment) }
        if toldIndex(of: repetition) != nil {
            // Told already: all that is new is what this rule calls it.
            open?.vote(repetition.exercise)
            return findings
        }
        if open?.isCrowded(repetition) == true { return findings }
        let isSure =
            settings.exercisesAreGiven || moment.actions.contains(repetition.exercise)
            || open?.exercise == repetition.exercise
        if isSure {
            let late = doubted.filter {
                $0.exercise == repetition.exercise && repetition.start - $0.end < Self.lateness
            }
            doubted.removeAll()
            findings += tell(late + waiting.filter { $0.exercise == repetition.exercise } + [repetition], at: moment)
            return findings
        }
        guard moment.actions.isDisjoint(with: settings.otherActions.union(settings.exerciseActions)) else {
            doubted = [repetition]
            return findings
        }
        waiting.append(repetition)
        let alike = waiting.filter { $0.exercise == repetition.exercise }
        // Motion that is found to repeat itself vouches for it, as do others of its kind.
        if alike.count(where: { !$0.isPartial }) >= settings.leastByRule
            || held.contains(where: { Self.overlap($0, repetition) && vouches($0, for: alike) })
        {
            findings += tell(alike, at: moment)
        }
        return findings
    }

    /// Whether motion that goes with the last of repetitions by a rule makes a set of them: several, the latest ones alike
    /// in range and pace and soon after one another. A single one must have company by motion alone.
    private func vouches(_ moved: Repetition, for repetitions: [Repetition]) -> Bool {
        guard settings.leastVisits > 1 || moved.company >= settings.leastAlike && haveCompany(repetitions) else {
            return false
        }
        let latest = repetitions.filter { !$0.isPartial }.suffix(settings.leastVisits)
        return latest.count == settings.leastVisits
            && zip(latest, latest.dropFirst()).allSatisfy { $0.isLike($1) && $1.start - $0.end <= Self.patience }
    }

    /// Whether motion tells of one more soon before or after these, which no other rule takes for its own.
    private func haveCompany(_ repetitions: [Repetition]) -> Bool {
        guard let latest = repetitions.last else { return false }
        return (held + lone).contains { other in
            !Self.overlap(other, latest) && max(other.start - latest.end, latest.start - other.end) <= Self.patience
                && !waiting.contains { $0.exercise != latest.exercise && Self.overlap($0, other) }
        }
    }

    /// One that went less far than those before it belongs to the set of these, or waits with them.
    private mutating func take(partial repetition: Repetition, at moment: Moment) -> [SetFinding] {
        if open?.exercise == repetition.exercise {
            guard open?.isCrowded(repetition) == false else { return [] }
            guard let moved = held.first(where: { Self.overlap($0, repetition) }) else {
                shallow.append(repetition)
                return []
            }
            return open?.overrules(moved, repetition) == true ? [] : tell([repetition], at: moment)
        }
        if waiting.contains(where: { $0.exercise == repetition.exercise }) { waiting.append(repetition) }
        return []
    }

    /// A repetition told by its motion alone.
    mutating func take(motion repetition: Repetition, at moment: Moment) -> [SetFinding] {
        var findings = close(at: moment, before: repetition.start)
        findings += closeIfAnother(moment)
        if let index = shallow.firstIndex(where: { Self.overlap($0, repetition) }) {
            let partial = shallow.remove(at: index)
            if open?.overrules(repetition, partial) != true { findings += tell([partial], at: moment) }
        }
        if let index = toldIndex(of: repetition) {
            open?.byMotion += 1
            // How far the set's own go along their motion tells which others are partial.
            if open?.repetitions[index].isPartial == false { open?.repetitions[index].way = repetition.way }
            return findings
        }
        held.append(repetition)
        // One that is vouched for by what came after it was told before that by its own motion.
        let moved = settings.leastVisits == 1 ? held : [repetition]
        if let named = waiting.first(where: { visit in moved.contains { Self.overlap(visit, $0) } }) {
            let alike = waiting.filter { $0.exercise == named.exercise }
            if vouches(repetition, for: alike) { findings += tell(alike, at: moment) }
        }
        return findings
    }

    /// The end of a posture that is an exercise to hold: a set of its own.
    mutating func take(hold change: SegmentChange, at moment: Moment) -> [SetFinding] {
        sets += 1
        let end = change.presentationTime
        defer { lastEnd = end }
        return [
            .set(
                ExerciseSet(
                    track: track, number: sets, exercise: change.label, count: 1, held: end - change.start,
                    partialCount: 0, start: change.start, end: end, rest: lastEnd.map { max(.zero, change.start - $0) },
                    meanDuration: end - change.start, confidence: change.confidence, frame: moment.frame,
                    presentationTime: moment.time))
        ]
    }

    /// Tells what no longer waits, and ends a set that nothing was added to for long.
    mutating func advance(to moment: Moment) -> [SetFinding] {
        var findings: [SetFinding] = []
        if !shallow.isEmpty || !held.isEmpty {
            let hold = holdingTime
            while let first = shallow.first, moment.time - first.end >= hold {
                shallow.removeFirst()
                findings += tell([first], at: moment)
            }
            while let first = held.first, moment.time - first.end >= hold {
                held.removeFirst()
                findings += tell(motion: first, at: moment)
            }
        }
        waiting.removeAll { moment.time - $0.end > Self.wait }
        lone.removeAll { moment.time - $0.end > Self.wait }
        return findings + close(at: moment, before: moment.time)
    }

    /// How long motion alone waits for a rule just now.
    private var holdingTime: Duration {
        if let open, 2 * open.byRule > open.repetitions.count {
            return max(Self.holdForRule.least, (open.interval ?? open.length) * Self.holdForRule.lengths)
        }
        return open == nil && !waiting.isEmpty ? Self.holdForRule.least : Self.hold
    }

    /// Tells what is left of a person who is gone, or may be another from now on.
    mutating func finish(at moment: Moment) -> [SetFinding] {
        var findings = shallow.flatMap { tell([$0], at: moment) }
        shallow.removeAll()
        for repetition in held { findings += tell(motion: repetition, at: moment) }
        held.removeAll()
        lone.removeAll()
        waiting.removeAll()
        doubted.removeAll()
        return findings + close(at: moment, before: nil)
    }

    /// Ends the open set where the recogniser says that another exercise is being done.
    private mutating func closeIfAnother(_ moment: Moment) -> [SetFinding] {
        let recognised = moment.actions.intersection(settings.exerciseActions)
        guard !settings.exercisesAreGiven, let exercise = open?.exercise, !recognised.isEmpty,
            !recognised.contains(exercise),
            settings.exerciseActions.contains(exercise)
        else { return [] }
        return close(at: moment, before: nil)
    }

    /// Where in the open set a repetition is that takes the same time.
    private func toldIndex(of repetition: Repetition) -> Int? {
        open?.repetitions.lastIndex { Self.overlap($0, repetition) }
    }

    /// Whether two share more than a quarter of the shorter one's time: rule and motion may see the same repetitions begin
    /// at other moments, half a repetition apart at most.
    private static func overlap(_ a: Repetition, _ b: Repetition) -> Bool {
        let common = min(a.end, b.end) - max(a.start, b.start)
        return common > .zero && common * 4 > min(a.end - a.start, b.end - b.start)
    }

    /// Adds repetitions of one exercise by rule, in the order of their times.
    private mutating func tell(_ repetitions: [Repetition], at moment: Moment) -> [SetFinding] {
        let repetitions = repetitions.sorted { $0.start < $1.start }
        guard let exercise = repetitions.first?.exercise else { return [] }
        var findings: [SetFinding] = []
        if let other = open, let known = other.exercise, known != exercise {
            // The set of another exercise may be in the middle of a repetition that this rule takes for one of its own,
            // unless the recogniser agrees with the rule.
            if !moment.actions.contains(exercise), repetitions[0].turningPoint - other.end < other.length * 2.5 {
                waiting.removeAll { $0.exercise == exercise }
                return findings
            }
            findings += close(at: moment, before: nil)
        }
        if open == nil { begin() }
        let moved = takeMoved(with: repetitions)
        open?.byMotion += moved
        for repetition in repetitions where toldIndex(of: repetition) == nil {
            open?.byRule += 1
            open?.vote(exercise)
            findings.append(.repetition(add(repetition, at: moment)))
        }
        waiting.removeAll { $0.exercise == exercise }
        waiting.removeAll { other in repetitions.contains { Self.overlap($0, other) } }
        return findings
    }

    /// Forgets the motion that rules have told by now; how much that was.
    private mutating func takeMoved(with repetitions: [Repetition]) -> Int {
        func isTold(_ moved: Repetition) -> Bool { repetitions.contains { Self.overlap($0, moved) } }
        let before = held.count + lone.count
        held.removeAll(where: isTold)
        lone.removeAll(where: isTold)
        return before - held.count - lone.count
    }

    /// Adds a repetition by motion alone, where a set goes on that it belongs to or may begin.
    private mutating func tell(motion repetition: Repetition, at moment: Moment) -> [SetFinding] {
        var findings = close(at: moment, before: repetition.start)
        if toldIndex(of: repetition) != nil {
            open?.byMotion += 1
            return findings
        }
        if open?.isCrowded(repetition) == true { return findings }
        if open == nil {
            let named = settings.onlyExercise ?? moment.actions.intersection(settings.exerciseActions).min()
            guard repetition.company >= settings.leastAlike, mayBegin(repetition, as: named),
                named != nil || (settings.countsUnnamed && moment.actions.isEmpty)
            else {
                lone.append(repetition)
                return findings
            }
            let company = lone.filter { repetition.start - $0.end <= Self.patience }
            lone.removeAll()
            begin()
            open?.exercise = named
            for other in company { findings.append(.repetition(addByMotion(other, at: moment))) }
        }
        findings.append(.repetition(addByMotion(repetition, at: moment)))
        return findings
    }

    /// Whether motion alone may begin a set by the recogniser's name, if it has one.
    private func mayBegin(_ repetition: Repetition, as exercise: String?) -> Bool {
        guard settings.onlyExercise == nil, let exercise else { return true }
        // Rule and recogniser gave it different names, or it is no more than swaying.
        return !doubted.contains { $0.exercise != exercise && repetition.start - $0.end < Self.lateness }
            && repetition.rangeOfMotion ?? .infinity >= Self.leastRange
    }

    private mutating func addByMotion(_ repetition: Repetition, at moment: Moment) -> Repetition {
        open?.byMotion += 1
        var repetition = repetition
        repetition.exercise = open?.exercise ?? CountingSettings.unnamed
        repetition.isPartial = open?.isPartial(repetition) ?? false
        return add(repetition, at: moment)
    }

    private mutating func begin() {
        sets += 1
        open = OpenSet(number: sets, before: lastEnd)
    }

    /// Numbers a repetition of the open set.
    private mutating func add(_ repetition: Repetition, at moment: Moment) -> Repetition {
        var repetition = repetition
        repetition.track = track
        repetition.set = sets
        repetition.frame = moment.frame
        repetition.presentationTime = moment.time
        if repetition.isPartial {
            open?.partials += 1
        } else {
            counts[repetition.exercise, default: 0] += 1
        }
        repetition.index = counts[repetition.exercise, default: 0]
        open?.repetitions.append(repetition)
        return repetition
    }

    /// Ends the open set unless what begins at a time may still belong to it.
    ///
    /// - Parameter time: nil where nothing may.
    private mutating func close(at moment: Moment, before time: Duration?) -> [SetFinding] {
        guard let ending = open else { return [] }
        if let time {
            let pause = time - ending.end
            if pause <= Self.patience || pause <= ending.length * Self.lengths { return [] }
        }
        open = nil
        lastEnd = ending.end
        // What was never told of the time of this set belongs to no other.
        waiting.removeAll { $0.start < ending.end }
        held.removeAll { $0.start < ending.end }
        shallow.removeAll()
        lone.removeAll { $0.start < ending.end }
        let full = ending.repetitions.filter { !$0.isPartial }
        // Of a set of partial ones alone, they are what there is to tell of.
        let told = full.isEmpty ? ending.repetitions : full
        guard !told.isEmpty else { return [] }
        let ranges = told.compactMap { $0.rangeUnit == .degrees ? $0.rangeOfMotion : nil }
        return [
            .set(
                ExerciseSet(
                    track: track, number: ending.number, exercise: ending.exercise ?? CountingSettings.unnamed,
                    count: full.count, partialCount: ending.partials,
                    countByMotion: ending.byRule > 0 ? ending.byMotion : nil, start: ending.start, end: ending.end,
                    rest: ending.before.map { max(.zero, ending.start - $0) },
                    meanDuration: told.reduce(Duration.zero) { $0 + ($1.end - $1.start) } / told.count,
                    meanRange: ranges.isEmpty ? nil : ranges.reduce(0, +) / Float(ranges.count),
                    confidence: told.reduce(0) { $0 + $1.confidence } / Float(told.count), frame: moment.frame,
                    presentationTime: moment.time))
        ]
    }
}
