import Foundation

/// Ways from 0 to 1 over a time from 0 to 1; outside it they stay at their ends.
enum Easing: Sendable {
    /// Minimum jerk (Flash and Hogan 1985): how hands move from place to place.
    case minimumJerk
    /// Half a cosine: how limbs swing.
    case cosine
    /// A quick start and a long arrival, as of a strike.
    case strike

    func callAsFunction(_ time: Float) -> Float {
        let t = max(0, min(1, time))
        switch self {
        case .minimumJerk: return t * t * t * (10 + t * (6 * t - 15))
        case .cosine: return (1 - cos(.pi * t)) / 2
        case .strike: return Easing.minimumJerk(t.squareRoot())
        }
    }
}

/// Linear way from `a` to `b`.
func mix(_ a: Float, _ b: Float, _ weight: Float) -> Float { a + (b - a) * weight }
