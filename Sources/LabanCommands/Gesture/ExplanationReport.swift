import MotionRules
import Skeleton

/// What a run's explanations come to: for each rule, everyone's attempts, and how many were counted.
struct ExplanationReport {
    /// How one person fared with one rule.
    struct Part {
        let explanation: RuleExplanation
        /// The attempts that are told.
        let attempts: [Attempt]
        /// How many others were counted as another exercise meanwhile.
        let elsewhere: Int
        /// Whether nothing was tried at this exercise and nobody asked for it by name, so that a line says enough.
        let isAside: Bool
        /// Whether what passed all phases was counted. Visits of an exercise that nobody asked for may have come to no set.
        let isTold: Bool
    }

    let camera: String
    let parts: [Part]

    /// - Parameters:
    ///   - courses: what was told of everyone.
    ///   - isFocused: whether the rules were asked for by name; otherwise exercises that somebody never tried, or
    ///     never was in the first phase of, are only mentioned, and what came to no set is not called counted.
    init(_ explanations: [RuleExplanation], courses: [MotionCourse] = [], camera: String, isFocused: Bool) {
        self.camera = camera
        parts = explanations.map { explanation in
            let counted = explanations.filter { $0.track == explanation.track && $0.rule.name != explanation.rule.name }
                .flatMap(\.attempts).filter { $0.index != nil }
            let told = explanation.attempts.filter { attempt in
                // Nobody wants to hear why a squat was no push-up.
                attempt.index != nil || !counted.contains { $0.start < attempt.end && attempt.start < $0.end }
            }
            let isExercise = if case .exercise = explanation.rule { true } else { false }
            let isTold =
                isFocused || !isExercise
                || courses.contains { course in
                    course.track == explanation.track
                        && course.sets.contains { $0.exercise == explanation.rule.name }
                }
            return Part(
                explanation: explanation, attempts: told, elsewhere: explanation.attempts.count - told.count,
                isAside: !isFocused && (!explanation.wasReady || told.isEmpty), isTold: isTold)
        }
    }

    /// The parts of each rule, in the order of rules, those of one rule together.
    var rules: [[Part]] {
        var names: [String] = []
        for part in parts where !names.contains(part.explanation.rule.name) { names.append(part.explanation.rule.name) }
        return names.map { name in parts.filter { $0.explanation.rule.name == name } }
    }

    /// Prints every attempt, and a summary for each rule.
    func print(json: Bool) throws {
        for parts in rules {
            if json { try printJSON(parts) } else { try printText(parts) }
        }
    }

    private func printText(_ parts: [Part]) throws {
        guard let first = parts.first else { return }
        try StandardOutput.print("\nAttempts at \(first.explanation.rule.name):")
        for part in parts where !part.isAside {
            for attempt in part.attempts { try StandardOutput.print("  " + part.line(attempt)) }
        }
        for part in parts {
            for aside in part.asides { try StandardOutput.print("  \(part.who)  \(aside)") }
        }
        try StandardOutput.print(Self.summary(parts, first))
    }

    /// `8 attempts at squat: 6 counted, 2 refused (1 partial, 1 too quick)`.
    private static func summary(_ parts: [Part], _ first: Part) -> String {
        let told = parts.filter { !$0.isAside }.flatMap(\.attempts)
        let refusals = told.compactMap(\.refusal)
        var reasons: [String] = []
        for reason in Refusal.Reason.allCases {
            let count = refusals.count { $0.reason == reason }
            if count > 0 { reasons.append("\(count) \(reason.words)") }
        }
        let detail = reasons.isEmpty ? "" : " (" + reasons.joined(separator: ", ") + ")"
        let noun = told.count == 1 ? "attempt" : "attempts"
        let verb = first.isExercise ? "counted" : "found"
        let lone = parts.filter { !$0.isAside && !$0.isTold }.flatMap(\.attempts).count { $0.index != nil }
        let without = lone > 0 ? "\(lone) without a set, " : ""
        return
            "\(told.count) \(noun) at \(first.explanation.rule.name): \(told.count - refusals.count - lone) \(verb), "
            + without + "\(refusals.count) refused" + detail
    }

    private func printJSON(_ parts: [Part]) throws {
        for part in parts {
            for attempt in part.attempts { try StandardOutput.print(JSONLine.text(AttemptLine(attempt, part, camera))) }
        }
        if let line = AttemptsLine(parts, camera) { try StandardOutput.print(JSONLine.text(line)) }
    }
}

extension ExplanationReport.Part {
    var isExercise: Bool {
        if case .exercise = explanation.rule { true } else { false }
    }

    /// `#2`, or `#2 left` for one side of a gesture.
    var who: String { "#\(explanation.track)" + (explanation.side.map { " " + $0 } ?? "") }

    /// `#2  00:06.400 to 00:07.900  counted as no. 1`.
    func line(_ attempt: Attempt) -> String {
        let outcome: String =
            switch attempt.outcome {
            case .counted where !isTold: Self.passed
            case .counted(let index): isExercise ? "counted as no. \(index)" : "found, no. \(index)"
            case .refused(let refusal): "refused, " + refusal.sentence
            }
        let (start, end) = (EventPrinter.clockTime(attempt.start), EventPrinter.clockTime(attempt.end))
        return "\(who)  \(start) to \(end)  \(outcome)"
    }

    /// `squat by #2: 6 of 8 attempts counted`.
    var title: String {
        let counted = attempts.count { $0.index != nil }
        if counted > 0, !isTold {
            return "\(explanation.rule.name) by \(who): \(counted) of \(attempts.count) \(Self.passed)"
        }
        return "\(explanation.rule.name) by \(who): \(counted) of \(attempts.count) "
            + "\(attempts.count == 1 ? "attempt" : "attempts") \(isExercise ? "counted" : "found")"
    }

    /// What is said of visits that were not counted as such.
    private static let passed = "passed all phases, but no set came of it"

    /// What else there is to say of the person: joints that were not seen, postures that never were.
    var asides: [String] {
        var lines: [String] = []
        if elsewhere > 0 {
            lines.append(
                "\(elsewhere) more \(elsewhere == 1 ? "movement was" : "movements were") counted as something else")
        }
        if attempts.isEmpty || isAside, let nearest = explanation.nearest {
            lines.append(nearest)
        }
        let unseen = explanation.unseen.filter { $0.share >= 0.05 }
        if !unseen.isEmpty {
            lines.append("not seen: " + unseen.prefix(6).map(\.sentence).joined(separator: ", ") + " of the time")
        }
        return lines
    }
}
