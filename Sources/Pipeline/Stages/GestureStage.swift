import MotionRules
import Recognition
import Skeleton

/// The gestures of one camera: those by rule and those that were taught.
struct GestureStage {
    private var rules: GestureRecogniser
    private var taught: ExemplarRecogniser?

    init(_ content: GestureContent, explains: Bool, isPhotograph: Bool) {
        rules = GestureRecogniser(
            gestures: content.gestures, shapes: content.shapes, explains: explains, isPhotograph: isPhotograph)
        taught = content.taught.flatMap { $0.gestures.isEmpty ? nil : ExemplarRecogniser($0) }
    }

    /// How everyone fared with every rule, where explanations were asked for.
    var explanations: [RuleExplanation] { rules.explanations }

    mutating func update(_ frame: SkeletonFrame) -> [Finding] {
        Self.byRule(rules.update(frame)) + Self.byExample(taught?.update(frame) ?? [])
    }

    mutating func end(_ track: TrackID, frame: Int, at time: Duration, reason: EndReason) -> [Finding] {
        Self.byRule(rules.end(track, frame: frame, at: time, reason: reason))
            + Self.byExample(taught?.end(track, frame: frame, at: time) ?? [])
    }

    mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [Finding] {
        Self.byRule(rules.finish(frame: frame, at: time, reason: reason))
            + Self.byExample(taught?.finish(frame: frame, at: time) ?? [])
    }

    // Both count their segments from 1; on a camera no two open ones may have the same number.
    private static func byRule(_ changes: [SegmentChange]) -> [Finding] { findings(changes) { 2 * $0 } }
    private static func byExample(_ changes: [SegmentChange]) -> [Finding] { findings(changes) { 2 * $0 + 1 } }

    private static func findings(_ changes: [SegmentChange], number: (Int) -> Int) -> [Finding] {
        changes.map { change in
            var change = change
            change.segment = number(change.segment)
            return .gesture(change)
        }
    }
}
