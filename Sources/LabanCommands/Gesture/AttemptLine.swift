import MotionRules
import Skeleton

/// An attempt as a line of JSON, type `laban.attempt`; the article on explanations says what the members mean.
struct AttemptLine: Encodable {
    /// A place of the body that was not seen for a share of the time.
    struct Unseen: Encodable {
        let joint: String
        let share: Float
        let low_visibility: Bool
        /// In summaries, whose it is.
        var track: Int?

        init(_ point: UnseenPoint, track: Int? = nil) {
            joint = "\(point.point)"
            share = rounded(point.share)
            low_visibility = point.isDoubtful
            self.track = track
        }
    }

    /// What was wanted and not reached; `denied` where a value was to be outside the bounds.
    struct Lack: Encodable {
        let measure, unit, text: String
        let reached, at_least, at_most, short_by: Float?
        let denied: Bool?

        init(_ short: Refusal.Shortcoming) {
            (measure, unit, text) = (short.what, short.unit, short.sentence)
            reached = short.reached.map(rounded)
            at_least = short.least.map(rounded)
            at_most = short.most.map(rounded)
            short_by = short.shortBy.map(rounded)
            denied = short.isDenied ? true : nil
        }
    }

    let v = 1
    let type = "laban.attempt"
    let camera, kind, rule: String
    let side: String?
    let track: Int
    let start_us, turning_us, end_us: Int64
    let counted: Bool
    let index: Int?
    let reason, phase, text: String?
    let lacks: [Lack]?
    let unseen: [Unseen]?

    init(_ attempt: Attempt, _ part: ExplanationReport.Part, _ camera: String) {
        self.camera = camera
        (kind, rule) = (part.isExercise ? "exercise" : "gesture", part.explanation.rule.name)
        side = part.explanation.side
        track = part.explanation.track.value
        start_us = attempt.start.inMicroseconds
        turning_us = attempt.turningPoint.inMicroseconds
        end_us = attempt.end.inMicroseconds
        (counted, index) = (attempt.index != nil, attempt.index)
        reason = attempt.refusal?.reason.rawValue
        phase = attempt.refusal?.phase
        text = attempt.refusal?.sentence
        lacks = attempt.refusal?.shortcomings.map { Lack($0) }
        unseen = attempt.unseen.isEmpty ? nil : attempt.unseen.map { Unseen($0) }
    }
}

/// The sum of everyone's attempts at a rule as a line of JSON, type `laban.attempts`.
struct AttemptsLine: Encodable {
    let v = 1
    let type = "laban.attempts"
    let camera, kind, rule: String
    let people, attempts, counted: Int
    /// Numbers by reason.
    let refused: [String: Int]
    /// Movements that were counted as another exercise.
    let counted_otherwise: Int
    let unseen: [AttemptLine.Unseen]

    init?(_ parts: [ExplanationReport.Part], _ camera: String) {
        guard let first = parts.first else { return nil }
        self.camera = camera
        (kind, rule) = (first.isExercise ? "exercise" : "gesture", first.explanation.rule.name)
        people = Set(parts.map(\.explanation.track)).count
        let all = parts.flatMap(\.attempts)
        attempts = all.count
        counted = all.count { $0.index != nil }
        refused = Dictionary(all.compactMap { $0.refusal.map { ($0.reason.rawValue, 1) } }, uniquingKeysWith: +)
        counted_otherwise = parts.map(\.elsewhere).reduce(0, +)
        unseen = parts.flatMap { part in
            part.explanation.unseen.map { AttemptLine.Unseen($0, track: part.explanation.track.value) }
        }
    }
}

/// To three digits behind the point.
private func rounded(_ value: Float) -> Float { (value * 1000).rounded() / 1000 }
