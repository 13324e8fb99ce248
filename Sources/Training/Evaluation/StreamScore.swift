import Foundation

/// How well the segments found in streams agree with the true ones.
///
/// What is counted is set out in `StreamMetrics` of this module's documentation.
package struct StreamScore: Sendable {
    /// A true segment; times in seconds.
    package typealias Truth = LabelledStream.Segment

    /// A segment as a recogniser reported it; times in seconds.
    package struct Found: Sendable, Equatable {
        /// The last label it was given.
        package var label: String
        /// When it is estimated to have begun and ended.
        package var start: Double
        package var end: Double
        /// When its last label was told.
        package var reported: Double

        package init(label: String, start: Double, end: Double, reported: Double) {
            self.label = label
            self.start = start
            self.end = end
            self.reported = reported
        }
    }

    /// The overlaps at which segments count as the same: intersection over union.
    package static let overlaps = [0.1, 0.25, 0.5]

    /// For each of `overlaps` the segments that were found.
    package private(set) var hits = [Int](repeating: 0, count: overlaps.count)
    package private(set) var trueSegments = 0
    package private(set) var foundSegments = 0
    package private(set) var falseAlarms = 0
    package private(set) var seconds = 0.0
    /// Of the segments found at the smallest overlap: from the true start to the report of the begin, in seconds.
    private(set) var delays: [Double] = []

    package init() {}

    /// Adds a stream of so many seconds.
    package mutating func add(_ found: [Found], truth: [Truth], seconds: Double) {
        trueSegments += truth.count
        foundSegments += found.count
        self.seconds += seconds
        falseAlarms += found.count { found in !truth.contains { $0.start < found.end && found.start < $0.end } }
        for (index, overlap) in Self.overlaps.enumerated() {
            let pairs = Self.match(found, truth, overlap: overlap)
            hits[index] += pairs.count
            if index == 0 { delays += pairs.map { found[$0.found].reported - truth[$0.truth].start } }
        }
    }

    /// Takes in what another one counted.
    package mutating func add(_ other: StreamScore) {
        for index in hits.indices { hits[index] += other.hits[index] }
        trueSegments += other.trueSegments
        foundSegments += other.foundSegments
        falseAlarms += other.falseAlarms
        seconds += other.seconds
        delays += other.delays
    }

    /// F1 at each of `overlaps`; 1 where there was nothing to find and nothing was found.
    package var f1: [Double] {
        hits.map { trueSegments + foundSegments > 0 ? 2 * Double($0) / Double(trueSegments + foundSegments) : 1 }
    }

    /// The median time from a true start to its report, in seconds; nil when nothing was found.
    package var onsetDelay: Double? {
        guard !delays.isEmpty else { return nil }
        let sorted = delays.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Segments that overlap no true one, an hour of stream.
    package var falseAlarmsPerHour: Double { seconds > 0 ? Double(falseAlarms) / (seconds / 3600) : 0 }

    /// Pairs of the same label: in order of time each found segment takes the free true one it overlaps most.
    private static func match(
        _ found: [Found], _ truth: [Truth], overlap: Double
    ) -> [(found: Int, truth: Int)] {
        var free = Set(truth.indices)
        var pairs: [(found: Int, truth: Int)] = []
        for index in found.indices.sorted(by: { (found[$0].start, $0) < (found[$1].start, $1) }) {
            let best =
                free.filter { truth[$0].label == found[index].label }
                .map { (truth: $0, overlap: intersectionOverUnion(found[index], truth[$0])) }
                .max { ($0.overlap, $1.truth) < ($1.overlap, $0.truth) }
            guard let best, best.overlap >= overlap else { continue }
            free.remove(best.truth)
            pairs.append((index, best.truth))
        }
        return pairs
    }

    private static func intersectionOverUnion(_ a: Found, _ b: Truth) -> Double {
        let shared = max(0, min(a.end, b.end) - max(a.start, b.start))
        let union = (a.end - a.start) + (b.end - b.start) - shared
        return union > 0 ? shared / union : 0
    }
}
