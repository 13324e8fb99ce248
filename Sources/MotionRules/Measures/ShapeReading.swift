import Shapes
import Skeleton

/// What the networks for shapes make of one pose; each is asked once a pose, and only where a measure wants it. A body's
/// signals are held, so that of a body they are asked five times a second at most.
struct ShapeReading: Sendable {
    private let models: ShapeModels
    private var pose: Pose?
    private var aspectRatio: Float = 1
    private var hands: [[Float]?] = [nil, nil]
    private var handsRead = false
    private var signals: [Float]?
    private var signalsRead = false
    private var now = Duration.zero
    private var signalsTime: Duration?

    private static let interval = Duration.milliseconds(190)

    init(_ models: ShapeModels) { self.models = models }

    /// Takes over the next pose.
    mutating func update(_ pose: Pose, aspectRatio: Float, at time: Duration) {
        guard models.hand != nil || models.body != nil else { return }
        self.pose = pose
        self.aspectRatio = aspectRatio
        now = time
        handsRead = false
        signalsRead = signalsTime.map { time - $0 < Self.interval } ?? false
    }

    /// How sure it is that a hand is any of these classes.
    mutating func hand(_ classes: [Int], isLeft: Bool) -> Measurement? {
        guard let pose, let model = models.hand else { return nil }
        if !handsRead {
            handsRead = true
            hands = [nil, nil]
            for hand in pose.hands where hand.isFinite {
                hands[hand.side == .left ? 0 : 1] = model.probabilities(of: hand, aspectRatio: aspectRatio)
            }
        }
        guard let probabilities = hands[isLeft ? 0 : 1] else { return nil }
        return Measurement(value: classes.reduce(0) { $0 + probabilities[$1] }, confidence: 1)
    }

    /// How sure it is that the body gives the signal of this class.
    mutating func body(_ index: Int) -> Measurement? {
        guard let pose, let model = models.body else { return nil }
        if !signalsRead {
            signalsRead = true
            signalsTime = now
            signals = model.probabilities(of: pose, aspectRatio: aspectRatio)
        }
        return signals.map { Measurement(value: $0[index], confidence: 1) }
    }
}
