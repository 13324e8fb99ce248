/// One repetition as it truly was, in seconds since the performance's beginning.
package struct PuppetRepetition: Sendable, Hashable {
    /// Leaving the starting posture.
    package var start: Double
    /// Reaching the far end, and leaving it again.
    package var turnStart: Double
    package var turnEnd: Double
    /// Back in the starting posture.
    package var end: Double
    /// How far it went; 1 is the full movement of this performance.
    package var amplitude: Float
    /// The working side; nil when both sides work.
    package var side: PuppetSide?

    /// What happens once and has no way back.
    static func once(from start: Double, to end: Double) -> PuppetRepetition {
        PuppetRepetition(start: start, turnStart: end, turnEnd: end, end: end, amplitude: 1)
    }

    /// The same repetition in a mirror.
    var mirrored: PuppetRepetition {
        var other = self
        other.side = side?.other
        return other
    }
}
