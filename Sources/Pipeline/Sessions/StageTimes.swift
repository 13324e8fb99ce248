import Foundation

/// The stages whose time is told apart.
package enum Stage: String, Sendable, CaseIterable {
    case read, pose, tracking, hands, lifting, actions, gestures, repetitions, interactions
    /// No work, but part of the latency: how far smoothed joints trail the measured ones.
    case smoothing
}

/// Wall time each stage took for each frame; of a source without end, for the latest frames.
package struct StageTimes: Sendable {
    private var samples: [Stage: [Duration]] = [:]

    /// Frames up to this many are all kept; then the older half goes.
    private static let most = 1 << 15

    package init() {}

    /// Adds one frame's time of a stage.
    package mutating func add(_ time: Duration, to stage: Stage) {
        samples[stage, default: []].append(time)
        if samples[stage]!.count == Self.most { samples[stage]!.removeFirst(Self.most / 2) }
    }

    /// Runs `body` and adds the time it took.
    package mutating func measure<R, E: Error>(_ stage: Stage, _ body: () throws(E) -> R) throws(E) -> R {
        let start = ContinuousClock.now
        defer { add(ContinuousClock.now - start, to: stage) }
        return try body()
    }

    /// Takes over the times another thread measured.
    package mutating func merge(_ other: StageTimes) {
        for (stage, times) in other.samples { samples[stage, default: []] += times }
    }

    /// Number of frames, median, 95th percentile and sum of one stage; nil if it never ran.
    package func summary(of stage: Stage) -> Summary? {
        guard let times = samples[stage]?.sorted(), !times.isEmpty else { return nil }
        return Summary(
            frames: times.count, median: times[times.count / 2],
            p95: times[min(times.count - 1, times.count * 95 / 100)],
            total: times.reduce(.zero, +))
    }

    package struct Summary: Sendable {
        package let frames: Int
        package let median: Duration
        package let p95: Duration
        package let total: Duration
    }
}
