package import Skeleton

/// How one person fared with one rule: what the measures were, what was tried, and what became of it.
///
/// It is made from what the counting itself noted down; counting is the same with and without it.
package struct RuleExplanation: Sendable {
    /// A stretch of time with a name: the phase that was held, or a gesture under way.
    package struct Band: Sendable, Hashable {
        package var name: String
        package var start: Duration
        package var end: Duration
    }

    /// A threshold of the rule.
    package struct Threshold: Sendable, Hashable {
        package let predicate: Predicate
        /// The phase it belongs to; nil for gestures.
        package let phase: String?
        package let isDenied: Bool
    }

    package let rule: MotionRule
    package let track: TrackID
    /// `left` or `right` for a gesture looked for on each side by itself.
    package let side: String?
    package let trace: MeasureTrace
    /// In order of their starts.
    package let attempts: [Attempt]
    /// In order of time.
    package let bands: [Band]
    /// Whether the first phase of an exercise was ever held; true for gestures.
    package let wasReady: Bool

    package init(
        rule: MotionRule, track: TrackID, side: String? = nil, trace: MeasureTrace, attempts: [Attempt],
        bands: [Band], wasReady: Bool = true
    ) {
        self.rule = rule
        self.track = track
        self.side = side
        self.trace = trace
        self.attempts = attempts.sorted { $0.start < $1.start }
        self.bands = bands
        self.wasReady = wasReady
    }

    /// The rule's measures, that of an exercise's range first.
    package var measures: [Measure] {
        switch rule {
        case .exercise(let exercise):
            [exercise.range.measure] + exercise.measures.filter { $0 != exercise.range.measure }
        case .gesture(let gesture), .hold(let gesture): (variant?.measures ?? gesture.measures).unique
        }
    }

    /// What the gesture asks for on this side.
    private var variant: Condition? {
        let gesture: Gesture
        switch rule {
        case .exercise: return nil
        case .gesture(let asked), .hold(let asked): gesture = asked
        }
        return gesture.variants[side == "right" && gesture.variants.count > 1 ? 1 : 0]
    }

    /// Every threshold of a measure, each once.
    package func thresholds(of measure: Measure) -> [Threshold] {
        var all: [Threshold] = []
        switch rule {
        case .exercise(let exercise):
            for stage in exercise.stages { Self.collect(stage.condition, stage.name, &all) }
        case .gesture, .hold: if let variant { Self.collect(variant, nil, &all) }
        }
        return all.filter { $0.predicate.measure == measure }.unique
    }

    private static func collect(
        _ condition: Condition, _ phase: String?, isDenied: Bool = false, _ all: inout [Threshold]
    ) {
        switch condition {
        case .predicate(let predicate):
            all.append(Threshold(predicate: predicate, phase: phase, isDenied: isDenied))
        case .all(let parts), .any(let parts), .steps(let parts, _):
            for part in parts { collect(part, phase, isDenied: isDenied, &all) }
        case .none(let parts): for part in parts { collect(part, phase, isDenied: !isDenied, &all) }
        }
    }

    /// Places of the body that the rule needs and that were not seen for part of the whole time.
    package var unseen: [UnseenPoint] { trace.unseen(measures, in: trace.times.indices) }

    /// Where the person came nearest to what was never met: the gesture, or the first phase that was not reached, in words;
    /// nil where all was met.
    package var nearest: String? {
        let wanted: [(name: String, condition: Condition)] =
            switch rule {
            case .exercise(let exercise): exercise.stages.map { ("phase '\($0.name)'", $0.condition) }
            case .gesture(let gesture), .hold(let gesture): [("'\(gesture.label)'", variant ?? gesture.variants[0])]
            }
        for (name, condition) in wanted {
            let shortfalls = trace.shortfalls(of: condition)
            guard let moment = shortfalls.indices.min(by: { shortfalls[$0].gap < shortfalls[$1].gap }),
                !shortfalls[moment].isMet
            else { continue }
            return "never in \(name), nearest at \(Self.clock(trace.times[moment])): "
                + shortfalls[moment].lacks.map(\.sentence).joined(separator: "; ")
        }
        return nil
    }

    /// Media time as `1:23.4`.
    private static func clock(_ time: Duration) -> String {
        let tenths = Int((abs(time.inSeconds) * 10).rounded())
        let seconds = "\(tenths / 10 % 60)"
        return "\(time < .zero ? "-" : "")\(tenths / 600):\(seconds.count < 2 ? "0" : "")\(seconds).\(tenths % 10)"
    }

    /// Stretches of equal names in a list with one name, or none, a moment.
    package static func bands(_ names: [String?], at times: [Duration]) -> [Band] {
        var bands: [Band] = []
        for (moment, name) in names.enumerated() {
            guard let name else { continue }
            // A band lasts until the next moment, where another may begin.
            let end = times[min(moment + 1, times.count - 1)]
            if moment > 0, names[moment - 1] == name {
                bands[bands.count - 1].end = end
            } else {
                bands.append(Band(name: name, start: times[moment], end: end))
            }
        }
        return bands
    }
}
