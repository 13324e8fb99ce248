/// How somebody walked over some steps on end.
package struct GaitBout: Sendable, Equatable {
    /// Media times of the first and the last touch-down, in seconds.
    package var start: Double
    package var end: Double
    /// Touch-downs of both feet.
    package var steps: Int
    /// Steps a minute.
    package var cadence: Double
    /// Metres from foot to foot at touch-down, of steps that end on the left and on the right foot; nil where `reason` says why.
    package var stepLength: (left: Double, right: Double)?
    /// Share of a stride that a foot is on the floor, 0…1; nil where too few lifts were seen.
    package var stanceShare: Double?
    /// Share of a stride that both feet are on the floor, 0…1.
    package var doubleSupportShare: Double?
    /// Duration of left steps over that of right ones; 1 is even.
    package var timeSymmetry: Double
    /// Why lengths and speed cannot be judged; nil when they can.
    package var reason: Reason?

    package enum Reason: String, Sendable {
        /// The way leads to the camera or away from it, where depth is guessed.
        case depth = "the way leads along the camera's view, where depth is not measured"
    }

    /// Metres from a touch-down to the next of the same foot.
    package var strideLength: Double? { stepLength.map { $0.left + $0.right } }
    /// Metres a second.
    package var speed: Double? { strideLength.map { $0 / 2 * cadence / 60 } }
    /// Length of left steps over that of right ones; 1 is even.
    package var lengthSymmetry: Double? { stepLength.flatMap { $0.right > 0 ? $0.left / $0.right : nil } }

    package static func == (a: Self, b: Self) -> Bool {
        a.start == b.start && a.end == b.end && a.steps == b.steps && a.cadence == b.cadence
            && a.stepLength?.left == b.stepLength?.left && a.stepLength?.right == b.stepLength?.right
            && a.stanceShare == b.stanceShare && a.reason == b.reason
    }
}
