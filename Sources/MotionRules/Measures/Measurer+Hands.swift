/// Measures of fingers, ways and circles.
extension Measurer {
    func finger(_ formula: MeasureFormula) -> Measurement? {
        func measure(_ hand: BodyPoint, _ value: (HandView) -> Float?) -> Measurement? {
            guard let view = view.hands[hand == .leftHand ? 0 : 1], let trust = trust(hand, hand) else { return nil }
            return value(view).map { Measurement(value: $0, confidence: trust) }
        }
        return switch formula {
        case .curl(let finger, let hand): measure(hand) { $0.curl(finger) }
        case .fingerSpread(let a, let b, let hand): measure(hand) { $0.spread(a, b) }
        case .pinch(let finger, let hand): measure(hand) { $0.pinch(finger) }
        default: nil
        }
    }

    /// How far `a` lies on the right of `b`, along the shoulders.
    func crossing(_ a: BodyPoint, _ b: BodyPoint) -> Measurement? {
        guard let trust = trust(a, b, .leftShoulder, .rightShoulder), let scale = view.torsoLength,
            let left = leftAxis
        else { return nil }
        let way = view[b] - view[a]
        return Measurement(value: (way.x * left.x + way.z * left.y) / scale, confidence: trust)
    }

    mutating func motion(_ formula: MeasureFormula, at time: Double, history: Int) -> Measurement? {
        switch formula {
        case .moved(let point, let anchor, let direction, _):
            guard let trust = follow(point, against: anchor, at: time, history: history) else { return nil }
            let isLeft = point == .leftWrist
            return Measurement(value: histories[history].path.way(direction, isLeft: isLeft), confidence: trust)
        case .circled(let point, let anchor, let isClockwise, _):
            guard let trust = follow(point, against: anchor, at: time, history: history) else { return nil }
            let turns = histories[history].path.turns
            return Measurement(value: max(0, isClockwise ? turns : -turns), confidence: trust)
        default: return nil
        }
    }

    /// Takes down where a point is in the body's own axes: against another point of the body, or in the picture where
    /// nothing but hands is seen.
    private mutating func follow(
        _ point: BodyPoint, against anchor: BodyPoint, at time: Double, history: Int
    ) -> Float? {
        guard let scale = view.torsoLength, let trust = trust(point, point) else { return nil }
        var place = view[point]
        var left = SIMD2<Float>(1, 0)
        if view.confidence(.midShoulder) > 0 {
            guard self.trust(anchor, .leftShoulder, .rightShoulder) != nil, let axis = leftAxis else { return nil }
            place -= view[anchor]
            left = axis
        }
        let local = SIMD3(
            place.x * left.x + place.z * left.y, -place.y, place.x * left.y - place.z * left.x)
        histories[history].path.add(local / scale, at: time)
        return trust
    }

    /// The level direction from the right shoulder to the left one, x and z; nil where it is seen end on.
    private var leftAxis: SIMD2<Float>? {
        let way = view[.leftShoulder] - view[.rightShoulder]
        let width = (way.x * way.x + way.z * way.z).squareRoot()
        guard width > 0 else { return nil }
        return SIMD2(way.x, way.z) / width
    }
}
