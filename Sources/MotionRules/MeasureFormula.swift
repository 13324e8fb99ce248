/// How a measure comes about from body points.
indirect enum MeasureFormula: Sendable {
    case angle(BodyPoint, at: BodyPoint, BodyPoint)
    /// Angle of the line between two points from straight down.
    case fromDown(BodyPoint, to: BodyPoint)
    case height(BodyPoint, over: BodyPoint)
    case distance(BodyPoint, BodyPoint)
    case armSpan
    case speed(BodyPoint, against: BodyPoint)
    case strokes(BodyPoint, elbow: BodyPoint, shoulder: BodyPoint)
    /// Mean weighted by confidence squared, so that a hidden side hardly counts.
    case mean(MeasureFormula, MeasureFormula)

    /// The same for the other side of the body.
    var mirrored: MeasureFormula {
        switch self {
        case .angle(let a, let vertex, let b): .angle(a.mirrored, at: vertex.mirrored, b.mirrored)
        case .fromDown(let a, let b): .fromDown(a.mirrored, to: b.mirrored)
        case .height(let a, let b): .height(a.mirrored, over: b.mirrored)
        case .distance(let a, let b): .distance(a.mirrored, b.mirrored)
        case .armSpan: .armSpan
        case .speed(let a, let b): .speed(a.mirrored, against: b.mirrored)
        case .strokes(let wrist, let elbow, let shoulder):
            .strokes(wrist.mirrored, elbow: elbow.mirrored, shoulder: shoulder.mirrored)
        case .mean(let a, let b): .mean(a.mirrored, b.mirrored)
        }
    }
}
