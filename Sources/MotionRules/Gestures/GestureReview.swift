import Skeleton

/// Looks back at what was noted of one person and one way to make a gesture, and tells attempts and what became of them.
struct GestureReview {
    private let gesture: Gesture
    private let variant: Int
    private let trace: GestureTrace
    private let course: GestureTrace.Course
    /// What the condition lacked, moment by moment.
    private let shortfalls: [Shortfall]
    private var times: [Duration] { trace.measures.times }

    init(_ trace: GestureTrace, of gesture: Gesture, variant: Int, at way: Int) {
        self.gesture = gesture
        self.variant = variant
        self.trace = trace
        course = trace.courses[way]
        shortfalls = trace.measures.shortfalls(of: gesture.variants[variant])
    }

    var explanation: RuleExplanation {
        let names = course.isUnderWay.map { $0 ? gesture.label : nil }
        return RuleExplanation(
            rule: .gesture(gesture), track: trace.track,
            side: gesture.variants.count == 2 ? ["left", "right"][variant] : nil,
            trace: trace.measures, attempts: attempts, bands: RuleExplanation.bands(names, at: times))
    }

    private var attempts: [Attempt] {
        let found = segments
        let tried = stretches.filter { stretch in
            !found.contains { $0.start <= times[stretch.upperBound] && times[stretch.lowerBound] <= $0.end }
        }.compactMap(refused)
        return (found + tried).map { attempt in
            var attempt = attempt
            attempt.unseen = unseen(trace.measures.moments(from: attempt.start, to: attempt.end))
            return attempt
        }
    }

    /// What was reported as the gesture.
    private var segments: [Attempt] {
        course.begins.enumerated().map { index, begin in
            let end = course.isUnderWay[begin.moment...].firstIndex(of: false) ?? times.count - 1
            return Attempt(
                start: begin.time, turningPoint: times[begin.moment], end: times[end], outcome: .counted(index + 1))
        }
    }

    /// Stretches of moments in which the gesture was tried.
    private var stretches: [ClosedRange<Int>] {
        let lacking = shortfalls.map(\.parts).max() ?? 0
        let half = (shortfalls.map(\.gap).max() ?? 0) / 2
        let isTried = shortfalls.map { shortfall in
            shortfall.isMet || (lacking > 1 ? shortfall.parts == 1 : shortfall.gap <= half)
        }
        var stretches: [ClosedRange<Int>] = []
        for moment in times.indices where isTried[moment] {
            if let last = stretches.last, times[moment] - times[last.upperBound] <= max(gesture.settle, gesture.gap) {
                stretches[stretches.count - 1] = last.lowerBound...moment
            } else {
                stretches.append(moment...moment)
            }
        }
        return stretches.filter { stretch in
            times[stretch.upperBound] - times[stretch.lowerBound] >= Attempt.shortest
                || shortfalls[stretch].contains(where: \.isMet)
        }
    }

    /// What hindered the gesture.
    private func refused(_ stretch: ClosedRange<Int>) -> Attempt? {
        guard let nearest = stretch.min(by: { shortfalls[$0].gap < shortfalls[$1].gap }) else { return nil }
        let refusal: Refusal
        if shortfalls[nearest].isMet {
            refusal = heldTooShort(stretch)
        } else if shortfalls[nearest].lacks.contains(where: { $0.reached == nil }) {
            refusal = .notSeen(unseen(stretch.lowerBound..<stretch.upperBound + 1))
        } else {
            refusal = Refusal(
                .condition, shortcomings: shortfalls[nearest].lacks.map { .init($0) },
                summary: shortfalls[nearest].parts == 1 ? "one part never held" : "some parts never held together")
        }
        return Attempt(
            start: times[stretch.lowerBound], turningPoint: times[nearest], end: times[stretch.upperBound],
            outcome: .refused(refusal))
    }

    /// The condition was met, but broken before it had held long enough: by what.
    private func heldTooShort(_ stretch: ClosedRange<Int>) -> Refusal {
        let longest = stretch.max { course.held[$0] < course.held[$1] } ?? stretch.lowerBound
        let held = course.held[longest]
        let after = (longest...max(longest, min(stretch.upperBound + 1, times.count - 1)))
        let broken = after.first { !shortfalls[$0].isMet }
        let short = Refusal.Shortcoming("hold", took: held, wanted: gesture.hold...max(gesture.hold, .seconds(3600)))
        guard let broken else {
            return Refusal(.unfinished, shortcomings: [short], summary: "the person or the recording was gone")
        }
        if shortfalls[broken].lacks.contains(where: { $0.reached == nil }) {
            var refusal = Refusal.notSeen(unseen(longest..<broken + 1))
            refusal.shortcomings = [short]
            return refusal
        }
        return Refusal(
            .hold, shortcomings: [short] + shortfalls[broken].lacks.map { .init($0, isLost: true) },
            summary: "the condition held, but not long enough")
    }

    private func unseen(_ moments: Range<Int>) -> [UnseenPoint] {
        trace.measures.unseen(gesture.variants[variant].measures, in: moments)
    }
}
