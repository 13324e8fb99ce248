import Randomness

/// Swings to a beat, such as those of a waving or clapping hand, between lifting the hands and lowering them.
struct Beats: Sendable {
    let all: [PuppetRepetition]
    let duration: Double
    /// Seconds that lifting and lowering take each; 0 where the hands are up from the first to the last moment.
    private let liftTime: Double
    /// Swings a second.
    private let frequency: Float

    init(frequency: Float, liftTime: Double, length: PuppetLength) {
        let count =
            switch length {
            case .seconds(let seconds): max(1, Int((Float(seconds) * frequency).rounded(.up)))
            case .repetitions(let number): number
            }
        let period = Double(1 / frequency)
        all = (0..<count).map { index in
            let start = liftTime + Double(index) * period
            return PuppetRepetition(
                start: start, turnStart: start + period / 2, turnEnd: start + period / 2, end: start + period,
                amplitude: 1)
        }
        duration = 2 * liftTime + Double(count) * period
        self.liftTime = liftTime
        self.frequency = frequency
    }

    /// Clips of some seconds may begin with the hands up already; a number of swings, as in a scene, never does.
    ///
    /// - Parameter chance: that a clip lifts and lowers them all the same.
    static func lifts(in length: PuppetLength, chance: Float, using random: inout SplitMix64) -> Bool {
        if case .seconds = length { random.chance(chance) } else { true }
    }

    /// How far the hands are up, 0…1.
    func lift(at time: Double) -> Float {
        guard liftTime > 0 else { return 1 }
        return min(Easing.minimumJerk(Float(time / liftTime)), Easing.minimumJerk(Float((duration - time) / liftTime)))
    }

    /// Radians, a full turn a swing.
    func phase(at time: Double) -> Float { Float(time - liftTime) * frequency * 2 * .pi }
}
