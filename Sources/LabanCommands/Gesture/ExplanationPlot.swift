import Imaging
import MotionRules
import Rendering
import Skeleton

/// Explanations as a picture: a chart for each person of what was counted, and one for each person and rule with the measures
/// of the rule over time.
struct ExplanationPlot {
    private let report: ExplanationReport
    private let courses: [MotionCourse]

    /// More charts than these make a picture that nobody looks at.
    private static let mostCharts = 8
    /// Lines about refused attempts under a chart.
    private static let mostNotes = 14

    init(_ report: ExplanationReport, courses: [MotionCourse] = []) {
        self.report = report
        self.courses = courses
    }

    /// Those with the most attempts come first; nil where nobody was seen.
    func picture() -> PixelBuffer? {
        let told = report.parts.filter { !$0.explanation.trace.times.isEmpty && !$0.isAside }
        let chosen = told.enumerated().sorted {
            ($1.element.attempts.count, $0.offset) < ($0.element.attempts.count, $1.offset)
        }.prefix(Self.mostCharts).sorted { $0.offset < $1.offset }
        var charts = chosen.map { chart(of: $0.element) }
        if told.count > charts.count, !charts.isEmpty {
            charts[charts.count - 1].notes.append(
                "\(told.count - charts.count) more with fewer attempts are left out: name one exercise to see it")
        }
        return Chart.picture(of: courses.prefix(Self.mostCharts).map(\.chart) + charts)
    }

    private func chart(of part: ExplanationReport.Part) -> Chart {
        let explanation = part.explanation
        let refused = part.attempts.filter { $0.refusal != nil }
        let letters = Dictionary(
            refused.enumerated().map { ($0.element, Self.letter($0.offset)) }, uniquingKeysWith: { first, _ in first })
        let attempts = part.attempts.map { attempt in
            Chart.Span(
                start: attempt.start.inSeconds, end: attempt.end.inSeconds,
                label: attempt.index.map { part.isTold ? "\($0)" : "no set" } ?? letters[attempt] ?? "",
                tint: attempt.index == nil || !part.isTold ? Chart.bad : Chart.good)
        }
        let phases = Self.phases(explanation.rule)
        let bands = explanation.bands.map { band in
            Chart.Span(
                start: band.start.inSeconds, end: band.end.inSeconds, label: band.name,
                tint: phases.firstIndex(of: band.name) ?? 0)
        }
        var notes = refused.prefix(Self.mostNotes).map { attempt in
            "\(letters[attempt] ?? "")  \(EventPrinter.clockTime(attempt.start))  \(attempt.refusal?.sentence ?? "")"
        }
        if refused.count > Self.mostNotes {
            notes.append("and \(refused.count - Self.mostNotes) more refused attempts, which the text tells")
        }
        notes += part.asides
        return Chart(
            title: part.title, legend: Self.legend(phases, of: explanation.rule),
            times: explanation.trace.times.map(\.inSeconds),
            strips: [
                Chart.Strip(title: "attempts", spans: attempts, shadesPanels: true),
                Chart.Strip(title: phases.count > 1 ? "phase" : "under way", spans: bands),
            ],
            panels: explanation.measures.map { panel($0, of: explanation, refused, letters, phases) }, notes: notes)
    }

    private func panel(
        _ measure: Measure, of explanation: RuleExplanation, _ refused: [Attempt], _ letters: [Attempt: String],
        _ phases: [String]
    ) -> Chart.Panel {
        let sign = measure.unit.sign
        let points = refused.compactMap { attempt -> Chart.Point? in
            guard let short = attempt.refusal?.shortcomings.first(where: { $0.what == measure.name }),
                let reached = short.reached, attempt.refusal?.reason != .travel, short.unit != "seconds"
            else { return nil }
            let moments = explanation.trace.moments(from: attempt.start, to: attempt.end)
            let values = explanation.trace.values(of: measure)
            // The circle sits where the value was that the words tell of.
            let moment = moments.min { Self.distance(values[$0], reached) < Self.distance(values[$1], reached) }
            guard let moment, values[moment].isFinite else { return nil }
            return Chart.Point(
                time: explanation.trace.times[moment].inSeconds, value: values[moment],
                label: "\(letters[attempt] ?? "") \(measure.unit.number(reached))")
        }
        return Chart.Panel(
            title: measure.name + (sign.isEmpty ? "" : " (\(sign))") + ": "
                + (measure.side == .uneven ? "difference between the sides: " : "")
                + measure.meaning,
            values: explanation.trace.values(of: measure),
            limits: explanation.thresholds(of: measure).flatMap { limits($0, phases) }, points: points)
    }

    private static func distance(_ value: Float, _ other: Float) -> Float {
        value.isFinite ? abs(value - other) : .infinity
    }

    /// The lines of a threshold: where it begins, and paler where it ends.
    private func limits(_ threshold: RuleExplanation.Threshold, _ phases: [String]) -> [Chart.Limit] {
        let far = Float.greatestFiniteMagnitude
        let tint = threshold.phase.flatMap { phases.firstIndex(of: $0) } ?? 0
        let (range, holding) = (threshold.predicate.range, threshold.predicate.holding)
        let label =
            (threshold.phase.map { $0 + ": " } ?? "wanted ") + (threshold.isDenied ? "not " : "")
            + threshold.predicate.wanted
        var labels = [label]
        return zip([range.lowerBound, range.upperBound], [holding.lowerBound, holding.upperBound]).flatMap {
            begin, end -> [Chart.Limit] in
            guard abs(begin) < far else { return [] }
            return [
                Chart.Limit(value: begin, label: labels.popLast() ?? "", tint: tint, isFaint: false),
                Chart.Limit(value: end, label: "", tint: tint, isFaint: true),
            ]
        }
    }

    private static func phases(_ rule: MotionRule) -> [String] {
        switch rule {
        case .exercise(let exercise): exercise.stages.map(\.name)
        case .gesture(let gesture), .hold(let gesture): [gesture.label]
        }
    }

    private static func legend(_ phases: [String], of rule: MotionRule) -> [Chart.Key] {
        let isExercise = if case .exercise = rule { true } else { false }
        return [
            Chart.Key("measure", tint: Chart.curve, look: .line),
            Chart.Key(isExercise ? "counted, with its number" : "found, with its number", tint: Chart.good, look: .box),
            Chart.Key("refused, with a letter for the reason below", tint: Chart.bad, look: .box),
            Chart.Key("what it reached", tint: Chart.bad, look: .circle),
        ]
            + phases.enumerated().map { index, name in
                Chart.Key(isExercise ? "phase '\(name)' begins" : "part begins to hold", tint: index, look: .line)
            } + [Chart.Key(isExercise ? "the same phase ends" : "it ends", tint: 0, look: .dots)]
    }

    /// a, b, … z, aa, ab, …
    private static func letter(_ index: Int) -> String {
        let last = String(UnicodeScalar(UInt8(97 + index % 26)))
        return index < 26 ? last : letter(index / 26 - 1) + last
    }
}
