import Foundation

/// A way from 0 to 1 that hurries in some places and tarries in others, and never goes back.
package struct TimeCurve: Sendable {
    /// How far one, two, three … half waves bend the straight way, as shares of all of it.
    private let bends: [Float]

    package init(_ bends: [Float]) { self.bends = bends }

    /// `count` moments along the curve, from 0 to 1.
    package func moments(_ count: Int) -> [Double] {
        var farthest = 0.0
        var moments = (0..<count).map { index in
            let even = Double(index) / Double(max(1, count - 1))
            let bent = bends.enumerated().reduce(even) { sum, bend in
                let waves = Double(bend.offset + 1)
                return sum + Double(bend.element) / waves * sin(waves * .pi * even)
            }
            farthest = max(farthest, min(1, bent))
            return farthest
        }
        if let last = moments.indices.last, last > 0 { moments[last] = 1 }
        return moments
    }
}
