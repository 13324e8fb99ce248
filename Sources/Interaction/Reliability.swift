import Foundation

/// How often what looks so is so.
enum Reliability {
    /// The share of judgements with so much evidence that are right, 0…1.
    ///
    /// Logistic curves through the verdicts on a hundred simulated pairs of each kind (`PuppetPair`, seeds 1…100), once
    /// seen by pose networks and once by a depth camera (after Platt 1999).
    static func confidence(of kind: InteractionKind, evidence: Float, inRoom: Bool) -> Float {
        let (slope, offset): (Float, Float) =
            switch (kind, inRoom) {
            case (.handshake, true): (6.4, -1.6)
            case (.hug, true): (4, 0)
            case (.approach, true), (.leave, true), (.push, true): (2, 2)
            case (.approach, false): (3.1, -0.5)
            case (.leave, false): (1.5, 1.3)
            case (.handshake, false): (1.9, -0.1)
            case (.hug, false): (4.3, -1.9)
            case (.push, false): (1, 1)
            }
        return 1 / (1 + exp(-(slope * evidence + offset)))
    }
}
