import Shapes

/// How a measure comes about from body points.
indirect enum MeasureFormula: Sendable {
    case angle(BodyPoint, at: BodyPoint, BodyPoint)
    /// Angle of the line between two points from straight down.
    case fromDown(BodyPoint, to: BodyPoint)
    case height(BodyPoint, over: BodyPoint)
    /// Share of the greatest recent height over another point that has been lost.
    case drop(BodyPoint, over: BodyPoint)
    case distance(BodyPoint, BodyPoint)
    /// Distance between two points over that between two others.
    case proportion(BodyPoint, BodyPoint, over: BodyPoint, BodyPoint)
    case armSpan
    case speed(BodyPoint, against: BodyPoint)
    /// Sideways strokes of a hand above its elbow.
    case strokes(BodyPoint, elbow: BodyPoint, shoulder: BodyPoint, StrokeKind)
    /// Level distance between two points at right angles to the hips: how far one is in front of the other.
    case stagger(BodyPoint, BodyPoint)
    /// How far the left one lies on the right of the other, along the shoulders.
    case crossing(BodyPoint, BodyPoint)
    /// How sure the network for hands is of any of these classes.
    case handShape([Int], of: BodyPoint)
    /// How sure the network for bodies is of a class.
    case bodySignal(Int)
    /// How far a finger is rolled in, thumb first.
    case curl(Int, of: BodyPoint)
    /// The angle between two fingers.
    case fingerSpread(Int, Int, of: BodyPoint)
    /// Between the tips of the thumb and a finger.
    case pinch(Int, of: BodyPoint)
    /// The straight way a point went against another within so many seconds.
    case moved(BodyPoint, against: BodyPoint, MoveDirection, seconds: Double)
    /// How often a point went round within so many seconds, clockwise or not.
    case circled(BodyPoint, against: BodyPoint, isClockwise: Bool, seconds: Double)
    /// Mean weighted by confidence squared, so that a hidden side hardly counts.
    case mean(MeasureFormula, MeasureFormula)
    /// The lesser of what is known.
    case least(MeasureFormula, MeasureFormula)
    /// The greater of what is known.
    case greatest(MeasureFormula, MeasureFormula)
    /// How far the two are apart; 0 where only one is known.
    case difference(MeasureFormula, MeasureFormula)

    /// The same for the other side of the body.
    var mirrored: MeasureFormula {
        switch self {
        case .angle(let a, let vertex, let b): .angle(a.mirrored, at: vertex.mirrored, b.mirrored)
        case .fromDown(let a, let b): .fromDown(a.mirrored, to: b.mirrored)
        case .height(let a, let b): .height(a.mirrored, over: b.mirrored)
        case .drop(let a, let b): .drop(a.mirrored, over: b.mirrored)
        case .distance(let a, let b): .distance(a.mirrored, b.mirrored)
        case .proportion(let a, let b, let c, let d):
            .proportion(a.mirrored, b.mirrored, over: c.mirrored, d.mirrored)
        case .armSpan: .armSpan
        case .speed(let a, let b): .speed(a.mirrored, against: b.mirrored)
        case .strokes(let wrist, let elbow, let shoulder, let kind):
            .strokes(wrist.mirrored, elbow: elbow.mirrored, shoulder: shoulder.mirrored, kind)
        case .stagger(let a, let b): .stagger(a.mirrored, b.mirrored)
        // Crossing is the same from either side.
        case .crossing, .bodySignal: self
        case .handShape(let classes, let hand): .handShape(classes, of: hand.mirrored)
        case .curl(let finger, let hand): .curl(finger, of: hand.mirrored)
        case .fingerSpread(let a, let b, let hand): .fingerSpread(a, b, of: hand.mirrored)
        case .pinch(let finger, let hand): .pinch(finger, of: hand.mirrored)
        case .moved(let a, let b, let direction, let seconds):
            .moved(a.mirrored, against: b.mirrored, direction, seconds: seconds)
        case .circled(let a, let b, let isClockwise, let seconds):
            .circled(a.mirrored, against: b.mirrored, isClockwise: isClockwise, seconds: seconds)
        case .mean(let a, let b): .mean(a.mirrored, b.mirrored)
        case .least(let a, let b): .least(a.mirrored, b.mirrored)
        case .greatest(let a, let b): .greatest(a.mirrored, b.mirrored)
        case .difference(let a, let b): .difference(a.mirrored, b.mirrored)
        }
    }

    /// The network it asks; nil where it measures.
    var network: ShapeModel.Subject? {
        switch self {
        case .handShape: .hand
        case .bodySignal: .body
        case .mean(let a, _), .least(let a, _), .greatest(let a, _), .difference(let a, _): a.network
        default: nil
        }
    }

    /// The places of the body it rests on, repeated where asked for twice.
    var points: [BodyPoint] {
        let torso: [BodyPoint] = [.midShoulder, .midHip]
        return switch self {
        case .angle(let a, let vertex, let b): [a, vertex, b]
        case .fromDown(let a, let b): [a, b]
        case .height(let a, let b), .drop(let a, let b), .distance(let a, let b), .speed(let a, let b):
            [a, b] + torso
        case .proportion(let a, let b, let c, let d): [a, b, c, d]
        case .armSpan: [.leftWrist, .rightWrist, .leftElbow, .rightElbow, .leftShoulder, .rightShoulder]
        case .strokes(let wrist, let elbow, let shoulder, _):
            [wrist, elbow, shoulder, .leftShoulder, .rightShoulder] + torso
        case .stagger(let a, let b): [a, b, .leftHip, .rightHip] + torso
        case .crossing(let a, let b): [a, b, .leftShoulder, .rightShoulder] + torso
        case .bodySignal: [.leftShoulder, .rightShoulder, .leftHip, .rightHip]
        case .handShape(_, let hand), .curl(_, let hand), .fingerSpread(_, _, let hand), .pinch(_, let hand): [hand]
        case .moved(let a, let b, _, _), .circled(let a, let b, _, _):
            [a, b, .leftShoulder, .rightShoulder] + torso
        case .mean(let a, let b), .least(let a, let b), .greatest(let a, let b), .difference(let a, let b):
            a.points + b.points
        }
    }
}
