import Randomness

/// What both arms do beside the main matter: postures held for a while, one after another.
struct ArmScript: Sendable {
    private struct Station: Sendable {
        var from: Double
        var arrival: Double
        var arms: Sided<ArmPosture>
    }

    private var stations: [Station]
    private let unrest: [Sway]

    /// - Parameters:
    ///   - hold: seconds a posture is held.
    ///   - moving: seconds to change from one to the next.
    ///   - unrest: deviation of the hands, shares of the stature.
    ///   - next: draws the next posture.
    init(
        until duration: Double, hold: ClosedRange<Float>, moving: ClosedRange<Float>, unrest: Float,
        using random: inout SplitMix64, next: (inout SplitMix64) -> Sided<ArmPosture>
    ) {
        var time = -Double(random.uniform(0, hold.upperBound))
        stations = [Station(from: time - 1, arrival: time - 1, arms: next(&random))]
        while time < duration {
            let arrival = time + Double(random.uniform(moving.lowerBound, moving.upperBound))
            stations.append(Station(from: time, arrival: arrival, arms: next(&random)))
            time = arrival + Double(random.uniform(hold.lowerBound, hold.upperBound))
        }
        self.unrest = (0..<6).map { _ in Sway(unrest, pace: 0.5, using: &random) }
    }

    func arms(at time: Double) -> Sided<ArmPosture> {
        let index = stations.lastIndex { $0.from <= time } ?? 0
        let now = stations[index]
        let offsets = Sided(
            SIMD3(unrest[0](time), unrest[1](time), unrest[2](time)),
            SIMD3(unrest[3](time), unrest[4](time), unrest[5](time)))
        guard index > 0, time < now.arrival else { return now.arms.map { $1.shifted(by: offsets[$0]) } }
        let weight = Easing.minimumJerk(Float((time - now.from) / (now.arrival - now.from)))
        let before = stations[index - 1].arms
        return now.arms.map { .mix(before[$0].shifted(by: offsets[$0]), $1.shifted(by: offsets[$0]), weight) }
    }
}
