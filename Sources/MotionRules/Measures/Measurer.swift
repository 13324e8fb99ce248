import Foundation
package import Shapes
package import Skeleton

/// Takes a fixed list of measures of one person, pose by pose; speeds and strokes remember the recent past.
package struct Measurer: Sendable {
    package let measures: [Measure]
    /// One entry a measure, of the last pose; nil where a joint it rests on was not seen well enough.
    package private(set) var values: [Measurement?]
    private(set) var view = BodyView()
    var histories: [MotionHistory]
    private let floor: Float
    /// What the networks for shapes make of the last pose.
    private(set) var shapes: ShapeReading

    /// - Parameters:
    ///   - floor: a measure whose worst-seen joint is trusted less than this is unknown.
    ///   - shapes: asked by measures of hand shapes and postures, which are unknown without them.
    package init(measures: [Measure], floor: Float = 0.2, shapes: ShapeModels = .init()) {
        self.measures = measures
        self.floor = floor
        values = Array(repeating: nil, count: measures.count)
        histories = []
        self.shapes = ShapeReading(shapes)
        for measure in measures { Self.prepare(measure.formula, &histories) }
    }

    /// Measures a pose seen at `time`; times must not run backwards.
    package mutating func update(_ pose: Pose, aspectRatio: Float?, at time: Duration) {
        view.update(pose, aspectRatio: aspectRatio)
        shapes.update(pose, aspectRatio: aspectRatio ?? 1, at: time)
        let seconds = time.inSeconds
        var history = 0
        for index in measures.indices {
            values[index] = evaluate(measures[index].formula, at: seconds, history: &history)
        }
    }

    /// Places of the body that the last pose lacks.
    var missing: PointSet { PointSet(BodyPoint.allCases.filter { view.confidence($0) == 0 }) }

    /// Places of the body that were seen too badly in the last pose to measure by.
    var doubtful: PointSet {
        PointSet(BodyPoint.allCases.filter { view.confidence($0) > 0 && view.confidence($0) < floor })
    }

    /// Appends one history for each part of the formula that needs one, in the order of evaluation.
    private static func prepare(_ formula: MeasureFormula, _ histories: inout [MotionHistory]) {
        switch formula {
        case .drop, .speed, .strokes: histories.append(MotionHistory())
        case .mean(let a, let b), .least(let a, let b), .greatest(let a, let b), .difference(let a, let b):
            prepare(a, &histories)
            prepare(b, &histories)
        case .moved(_, _, _, let seconds), .circled(_, _, _, let seconds):
            var history = MotionHistory()
            history.path = PointPath(span: seconds)
            histories.append(history)
        default: break
        }
    }

    private mutating func evaluate(
        _ formula: MeasureFormula, at time: Double, history: inout Int
    ) -> Measurement? {
        switch formula {
        case .angle(let a, let vertex, let b):
            guard let trust = trust(a, vertex, b),
                let angle = JointAngle.between(view[a], view[b], at: view[vertex])
            else { return nil }
            return Measurement(value: angle * 180 / .pi, confidence: trust)
        case .fromDown(let a, let b):
            guard let trust = trust(a, b), let angle = JointAngle.fromDown(view[b] - view[a]) else { return nil }
            return Measurement(value: angle * 180 / .pi, confidence: trust)
        case .height(let a, let b):
            guard let trust = trust(a, b), let scale = view.torsoLength else { return nil }
            return Measurement(value: (view[b].y - view[a].y) / scale, confidence: trust)
        case .drop(let a, let b):
            defer { history += 1 }
            guard let trust = trust(a, b), let scale = view.torsoLength,
                let drop = histories[history].drop(of: (view[b].y - view[a].y) / scale, at: time)
            else { return nil }
            return Measurement(value: drop, confidence: trust)
        case .distance(let a, let b):
            guard let trust = trust(a, b), let scale = view.torsoLength else { return nil }
            return Measurement(value: length(view[a] - view[b]) / scale, confidence: trust)
        case .proportion(let a, let b, let c, let d):
            guard let trust = trust(a, b, c, d) else { return nil }
            let base = length(view[c] - view[d])
            return base > 0 ? Measurement(value: length(view[a] - view[b]) / base, confidence: trust) : nil
        case .armSpan: return armSpan()
        case .speed(let a, let b):
            defer { history += 1 }
            guard let trust = trust(a, b), let scale = view.torsoLength,
                let speed = histories[history].speed(of: (view[a] - view[b]) / scale, at: time)
            else { return nil }
            return Measurement(value: speed, confidence: trust)
        case .strokes(let wrist, let elbow, let shoulder, let kind):
            defer { history += 1 }
            return strokes(wrist, elbow, shoulder, kind, at: time, history: history)
        case .stagger(let a, let b): return stagger(a, b)
        case .crossing(let a, let b): return crossing(a, b)
        case .handShape(let classes, let hand): return shapes.hand(classes, isLeft: hand == .leftHand)
        case .bodySignal(let index): return shapes.body(index)
        case .curl, .fingerSpread, .pinch: return finger(formula)
        case .moved, .circled:
            defer { history += 1 }
            return motion(formula, at: time, history: history)
        case .mean(let a, let b):
            return combine(a, b, at: time, history: &history, Self.mean)
        case .least(let a, let b):
            return combine(a, b, at: time, history: &history) { $0.value <= $1.value ? $0 : $1 }
        case .greatest(let a, let b):
            return combine(a, b, at: time, history: &history) { $0.value >= $1.value ? $0 : $1 }
        case .difference(let a, let b):
            let a = evaluate(a, at: time, history: &history)
            let b = evaluate(b, at: time, history: &history)
            guard let a, let b else { return (a ?? b).map { Measurement(value: 0, confidence: $0.confidence) } }
            return Measurement(value: abs(a.value - b.value), confidence: min(a.confidence, b.confidence))
        }
    }

    /// Both parts put together, or the one that is known.
    private mutating func combine(
        _ a: MeasureFormula, _ b: MeasureFormula, at time: Double, history: inout Int,
        _ together: (Measurement, Measurement) -> Measurement
    ) -> Measurement? {
        let a = evaluate(a, at: time, history: &history)
        let b = evaluate(b, at: time, history: &history)
        if let a, let b { return together(a, b) }
        return a ?? b
    }

    private static func mean(_ a: Measurement, _ b: Measurement) -> Measurement {
        let (u, v) = (a.confidence * a.confidence, b.confidence * b.confidence)
        return Measurement(
            value: (a.value * u + b.value * v) / (u + v), confidence: max(a.confidence, b.confidence))
    }

    private func stagger(_ a: BodyPoint, _ b: BodyPoint) -> Measurement? {
        guard let trust = trust(a, b, .leftHip, .rightHip), let scale = view.torsoLength else { return nil }
        let hips = view[.leftHip] - view[.rightHip]
        let way = view[a] - view[b]
        let width = (hips.x * hips.x + hips.z * hips.z).squareRoot()
        guard width > 0 else { return nil }
        return Measurement(value: abs(way.z * hips.x - way.x * hips.z) / (width * scale), confidence: trust)
    }

    private func armSpan() -> Measurement? {
        guard let trust = trust(.leftWrist, .rightWrist, .leftElbow, .rightElbow, .leftShoulder, .rightShoulder)
        else { return nil }
        let chain: [BodyPoint] = [.leftWrist, .leftElbow, .leftShoulder, .rightShoulder, .rightElbow, .rightWrist]
        var reach: Float = 0
        for index in 1..<chain.count { reach += length(view[chain[index]] - view[chain[index - 1]]) }
        guard reach > 0 else { return nil }
        return Measurement(value: length(view[.leftWrist] - view[.rightWrist]) / reach, confidence: trust)
    }

    private mutating func strokes(
        _ wrist: BodyPoint, _ elbow: BodyPoint, _ shoulder: BodyPoint, _ kind: StrokeKind, at time: Double, history: Int
    ) -> Measurement? {
        guard let trust = trust(wrist, elbow, shoulder, .leftShoulder, .rightShoulder), let scale = view.torsoLength
        else { return nil }
        let height = (view[elbow].y - view[wrist].y) / scale
        let offset = (view[wrist] - view[shoulder]) / scale
        let axis = view[.leftShoulder] - view[.rightShoulder]
        let width = (axis.x * axis.x + axis.z * axis.z).squareRoot()
        guard width > 0 else { return nil }
        // Depth is the least certain: a body seen from the side must wave wider.
        let doubt = 1 + 3 * max(0, abs(axis.z) / width - 0.75)
        let sideways = (offset.x * axis.x + offset.z * axis.z) / (width * doubt)
        let count = histories[history].strokes(of: sideways, kind, height: height, at: time)
        return Measurement(value: Float(count), confidence: trust)
    }

    /// The confidence of the worst-seen of these points, or nil if it is below the floor. A list of them would be made anew
    /// for every measure of every frame.
    func trust(
        _ a: BodyPoint, _ b: BodyPoint, _ c: BodyPoint? = nil, _ d: BodyPoint? = nil, _ e: BodyPoint? = nil,
        _ f: BodyPoint? = nil
    ) -> Float? {
        func seen(_ point: BodyPoint?) -> Float { point.map(view.confidence) ?? 1 }
        let least = min(min(seen(a), seen(b)), min(seen(c), seen(d)), min(seen(e), seen(f)), 1)
        return least >= floor && least > 0 ? least : nil
    }

    private func length(_ v: SIMD3<Float>) -> Float { (v * v).sum().squareRoot() }
}
