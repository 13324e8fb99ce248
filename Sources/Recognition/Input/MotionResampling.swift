package import Skeleton

/// Motion samples brought to the times a model asks for.
package enum MotionResampling {
    /// A joint unseen for longer than this many seconds between two samples is unseen in between.
    static let longestGap = 0.4

    /// Samples at `times` (growing), by linear interpolation between neighbours. Before the first and after the last
    /// sample the nearest one is held and all joints count as unseen.
    package static func resample(_ samples: some RandomAccessCollection<MotionSample>, at times: [Double])
        -> [MotionSample]
    {
        precondition(!samples.isEmpty, "there is something to resample")
        let tolerance = 1e-4
        var result: [MotionSample] = []
        result.reserveCapacity(times.count)
        var index = samples.startIndex
        let last = samples.index(before: samples.endIndex)
        for time in times {
            while index < last, samples[samples.index(after: index)].time <= time {
                index = samples.index(after: index)
            }
            let before = samples[index]
            if time < before.time - tolerance || index == last {
                var held = before
                if abs(time - before.time) > Self.holding(samples) { held.seen = 0 }
                held.time = time
                result.append(held)
            } else {
                result.append(between(before, samples[samples.index(after: index)], at: time))
            }
        }
        return result
    }

    /// How long the nearest sample may stand in for what lies before or behind all samples.
    private static func holding(_ samples: some RandomAccessCollection<MotionSample>) -> Double {
        guard let first = samples.first, let last = samples.last, samples.count > 1 else { return 1e-4 }
        return 0.75 * (last.time - first.time) / Double(samples.count - 1)
    }

    /// The sample at `time` between two neighbours.
    static func between(_ a: MotionSample, _ b: MotionSample, at time: Double) -> MotionSample {
        let gap = b.time - a.time
        let share = gap > 0 ? Float(max(0, min(1, (time - a.time) / gap))) : 0
        var sample = share < 0.5 ? a : b
        sample.time = time
        if gap > longestGap {
            if min(time - a.time, b.time - time) > longestGap / 2 { sample.seen = 0 }
            return sample
        }
        sample.seen = 0
        for joint in 0..<MotionSample.jointCount {
            switch (a.isSeen(joint), b.isSeen(joint)) {
            case (true, true): sample.points[joint] = a.points[joint] + (b.points[joint] - a.points[joint]) * share
            case (true, false) where share < 0.5: sample.points[joint] = a.points[joint]
            case (false, true) where share >= 0.5: sample.points[joint] = b.points[joint]
            default: continue
            }
            sample.seen |= 1 << UInt16(joint)
        }
        switch (a.root, b.root) {
        case (.world(let from), .world(let to)): sample.root = .world(from + (to - from) * share)
        case (.image(let from, let scale), .image(let to, let nextScale)):
            sample.root = .image(from + (to - from) * share, perMetre: scale + (nextScale - scale) * share)
        default: break
        }
        return sample
    }
}
