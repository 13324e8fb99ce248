/// How long a performance goes on.
package enum PuppetLength: Sendable, Hashable {
    /// At least this many seconds.
    case seconds(Double)
    /// This many repetitions, steps pairs or claps, and no more; 8 seconds where a kind has no repetitions.
    case repetitions(Int)

    func isReached(at time: Double, after count: Int) -> Bool {
        switch self {
        case .seconds(let seconds): time >= seconds
        case .repetitions(let number): count >= number
        }
    }

    func duration(whenDoneAt time: Double) -> Double {
        switch self {
        case .seconds(let seconds): max(time, seconds)
        case .repetitions: time
        }
    }

    /// For kinds without repetitions.
    var seconds: Double {
        switch self {
        case .seconds(let seconds): seconds
        case .repetitions: 8
        }
    }
}
