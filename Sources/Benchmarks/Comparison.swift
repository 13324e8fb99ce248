/// The same work done by Laban and by a peer, in turns.
struct Comparison {
    let name: String
    let unit: String
    /// What Laban took in each round, less is better.
    var ours: [Double] = []
    /// What the peer took in the same rounds.
    var peers: [Double] = []
    /// What Laban promises.
    let promise: Promise

    /// A promise is about one of two ratios.
    enum Promise {
        /// The peer takes at least so many times as long.
        case faster(Double)
        /// Laban takes at most this share of what the peer takes.
        case atMost(Double)

        /// The ratio the promise is about.
        func ratio(ours: Double, peer: Double) -> Double {
            switch self {
            case .faster: peer / ours
            case .atMost: ours / peer
            }
        }

        func isKept(by ratio: Double) -> Bool {
            switch self {
            case .faster(let least): ratio >= least
            case .atMost(let most): ratio <= most
            }
        }

        var words: String {
            switch self {
            case .faster(let least): "≥ \(least)x as fast"
            case .atMost(let most): "≤ \(most)x its cost"
            }
        }
    }

    /// The ratio of the best rounds, which other work on the machine disturbed least.
    var bestRatio: Double { promise.ratio(ours: ours.min() ?? .nan, peer: peers.min() ?? .nan) }

    /// The median over the rounds of each round's ratio.
    var medianRatio: Double {
        let ratios = zip(ours, peers).map { promise.ratio(ours: $0, peer: $1) }.sorted()
        return ratios.isEmpty ? .nan : ratios[ratios.count / 2]
    }

    var isKept: Bool { promise.isKept(by: bestRatio) }
}
