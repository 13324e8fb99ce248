/// Finds where a signal turns, passing over turns smaller than a threshold. One owner at a time, times growing.
struct TurningPoints: Sendable {
    struct Turn: Sendable {
        var isHigh: Bool
        var time: Double
        var value: Float
    }

    private let smallest: Float
    private var best: Turn?
    private var goesUp: Bool?

    /// - Parameter smallest: the signal must come back so far for a turn to be one.
    init(smallest: Float) { self.smallest = smallest }

    /// The turn that this value confirms, if it does.
    mutating func next(_ value: Float, at time: Double) -> Turn? {
        guard let last = best, let up = goesUp else {
            if let last = best, abs(value - last.value) >= smallest {
                goesUp = value > last.value
                best = Turn(isHigh: value > last.value, time: time, value: value)
            } else if best == nil {
                best = Turn(isHigh: true, time: time, value: value)
            }
            return nil
        }
        if up ? value > last.value : value < last.value {
            best = Turn(isHigh: up, time: time, value: value)
            return nil
        }
        guard abs(value - last.value) >= smallest else { return nil }
        goesUp = !up
        best = Turn(isHigh: !up, time: time, value: value)
        return last
    }
}
