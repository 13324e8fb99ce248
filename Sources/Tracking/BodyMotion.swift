import Foundation
import Skeleton

/// Where a body is in the picture, how large it looks, and how both change: three Kalman filters of one value and its
/// speed, whose speed dies away when nothing is seen (a damped, nearly constant velocity; Singer 1970).
struct BodyMotion {
    /// Middle of the hips, x and y in picture heights, and the logarithm of the picture heights a metre spans.
    private(set) var axes: SIMD3<Float>
    private(set) var speeds: SIMD3<Float> = .zero
    private var variance: SIMD3<Float>
    private var covariance: SIMD3<Float> = .zero
    private var speedVariance: SIMD3<Float>
    private(set) var time: Duration

    /// Seconds after which a walker out of sight has, by expectation, lost all but a third of the speed.
    private static let damping: Float = 1.5
    /// Unrest of somebody who stands, in (m/s)² a second; the square of their speed adds to it.
    private static let unrest: Float = 0.6
    /// The hips' unrest up and down relative to that across.
    private static let rise: Float = 0.12
    /// Spread of one measurement: metres for places, a share for the scale.
    private static let placeSpread: Float = 0.04
    private static let scaleSpread: Float = 0.05
    /// Speeds at which newcomers move: metres a second, share a second.
    static let walkingSpeed: Float = 0.8
    static let scaleSpeed: Float = 0.12
    /// How far nobody goes: metres by which a body's middle is mistaken, and metres a second of a fast walk and run.
    private static let placeDoubt: Float = 0.3
    private static let fastWalk: Float = 2.5
    private static let fastRun: Float = 7

    init(_ detection: Detection, at time: Duration) {
        axes = detection.axes
        let spread = Self.spread(atScale: exp(axes.z))
        variance = spread * spread
        let speed = Self.newcomerSpeed(atScale: exp(axes.z))
        speedVariance = speed * speed
        self.time = time
    }

    var center: SIMD2<Float> { SIMD2(axes.x, axes.y) }
    /// Picture heights that a metre spans where the body is.
    var scale: Float { exp(axes.z) }

    /// The motion moved on to a later time without being seen.
    func predicted(at later: Duration) -> BodyMotion {
        let elapsed = Float((later - time).inSeconds)
        guard elapsed > 0 else { return self }
        var next = self
        let keep = exp(-elapsed / Self.damping)
        let reach = Self.damping * (1 - keep)
        let walking = (speeds.x * speeds.x + speeds.y * speeds.y) / (scale * scale)
        let unrest = (Self.unrest + min(walking, 4)) * scale * scale
        let noise = SIMD3(unrest, unrest * Self.rise, 0.02)
        next.axes += speeds * reach
        next.speeds *= keep
        next.variance += 2 * reach * covariance + reach * reach * speedVariance
        next.variance += noise * (reach * reach * elapsed / 3)
        next.covariance = keep * (covariance + reach * speedVariance) + noise * (reach * reach / 2)
        next.speedVariance = keep * keep * speedVariance + noise * reach
        next.time = later
        return next
    }

    /// Moves on to `later` and takes in what was measured there.
    mutating func update(_ detection: Detection, at later: Duration) {
        self = predicted(at: later)
        let spread = Self.spread(atScale: scale)
        let total = variance + spread * spread
        let gain = variance / total
        let speedGain = covariance / total
        let innovation = detection.axes - axes
        axes += gain * innovation
        speeds += speedGain * innovation
        speedVariance -= speedGain * covariance
        covariance -= gain * covariance
        variance -= gain * variance
    }

    /// Goes by another point of the body from now on, so far away from the one until now.
    mutating func shift(by way: SIMD3<Float>) { axes += way }

    /// Whether the body can have come to where somebody was seen later: people walk, or go on as fast as they ran.
    func reaches(_ detection: Detection, at later: Duration) -> Bool {
        let elapsed = max(0, Float((later - time).inSeconds))
        let metre = max(scale, detection.scale)
        let speed = (speeds.x * speeds.x + speeds.y * speeds.y).squareRoot() / scale
        let reach = Self.placeDoubt + max(Self.fastWalk, min(1.3 * speed, Self.fastRun)) * elapsed
        let way = detection.center - center
        return (way * way).sum().squareRoot() <= reach * metre
    }

    /// 1 where the body is measured exactly where it is expected at this time … 0 many spreads away.
    func closeness(of detection: Detection) -> Float {
        let spread = Self.spread(atScale: scale)
        let difference = detection.axes - axes
        return exp(-(difference * difference / (variance + spread * spread)).sum() / 8)
    }

    /// How much likelier it is, as a logarithm, that `other`, seen later, is this very body than a newcomer anywhere in
    /// the picture. Surprises are bounded: people do turn on their heel.
    func likelihood(of other: BodyMotion, aspectRatio: Float) -> Float {
        let expected = predicted(at: other.time)
        let difference = other.axes - expected.axes
        // However long ago it was, people are somewhere in the picture.
        let variance = pointwiseMin(expected.variance, SIMD3(repeating: 0.3)) + other.variance
        var sum: Float = 0
        for axis in 0..<3 {
            // Student's t with three degrees of freedom, scaled to the variance's peak: people do the unexpected.
            let surprise = log(1 + difference[axis] * difference[axis] / (3 * variance[axis]))
            sum -= 2 * surprise + 0.5 * log(2 * .pi * variance[axis])
        }
        sum += log(aspectRatio) + Self.scaleRange
        let speedDifference = other.speeds - expected.speeds
        let speedVariance = expected.speedVariance + other.speedVariance
        let newcomer = Self.newcomerSpeed(atScale: other.scale)
        let base = newcomer * newcomer + other.speedVariance
        for axis in 0..<3 {
            let surprise = speedDifference[axis] * speedDifference[axis] / speedVariance[axis]
            let usual = other.speeds[axis] * other.speeds[axis] / base[axis]
            sum += 0.5 * max(-2, min(2, usual - surprise + log(base[axis] / speedVariance[axis])))
        }
        return max(sum, -6)
    }

    /// Logarithm of the range over which the scales of newcomers spread, itself logarithmic.
    private static let scaleRange: Float = 0.4

    private static func spread(atScale scale: Float) -> SIMD3<Float> {
        SIMD3(placeSpread * scale, placeSpread * scale, scaleSpread)
    }

    private static func newcomerSpeed(atScale scale: Float) -> SIMD3<Float> {
        SIMD3(walkingSpeed * scale, walkingSpeed * scale / 3, scaleSpeed)
    }
}
