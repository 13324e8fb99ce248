extension ClipSampling {
    /// The clips that stand for a whole recording.
    package func clips(of samples: [MotionSample]) -> [[MotionSample]] {
        guard let first = samples.first, let last = samples.last else { return [] }
        if span == .whole { return views(of: samples) }
        let length = max(last.time - first.time, 0.05)
        guard length > seconds else {
            return [MotionResampling.resample(samples, at: times(endingAt: last.time, spanning: seconds))]
        }
        // A hole of years in a recording makes no more clips than it has samples.
        let steps = Int(min(((length - seconds) / (seconds / 4)).rounded(.up), Double(samples.count)))
        return (0...steps).map { step in
            let end = first.time + seconds + (length - seconds) * Double(step) / Double(steps)
            return MotionResampling.resample(samples, at: times(endingAt: end, spanning: seconds))
        }
    }

    /// One clip that ends at `end`.
    package func clip(of samples: some RandomAccessCollection<MotionSample>, endingAt end: Double) -> [MotionSample] {
        MotionResampling.resample(samples, at: times(endingAt: end, spanning: seconds))
    }

    /// A clip of all between two moments, with time bent.
    ///
    /// The frames are given the times that even ones would have, from 0: to the network it is a clip like any other.
    package func clip(
        of samples: [MotionSample], from start: Double, spanning span: Double, bent curve: TimeCurve
    ) -> [MotionSample] {
        let moments = curve.moments(frames).map { start + span * $0 }
        var clip = MotionResampling.resample(samples, at: moments)
        for (index, time) in times(endingAt: span, spanning: span).enumerated() { clip[index].time = time }
        return clip
    }

    /// The clip of all of a recording that moves, and after it ones that are cut and bent a little differently.
    private func views(of samples: [MotionSample]) -> [[MotionSample]] {
        let pace = trim > 0 ? MotionPace(samples) : nil
        return Self.variations.prefix(max(1, views)).map { variation in
            let range = pace?.range(above: trim * variation.trim) ?? samples.indices
            let start = samples[range.lowerBound].time
            let span = max(samples[range.upperBound - 1].time - start, 0.05)
            return clip(of: samples, from: start, spanning: span, bent: TimeCurve(variation.bends))
        }
    }

    /// What the views of a recording differ in: how much of its ends is cut off, and where time is slowed down.
    private static let variations: [(trim: Float, bends: [Float])] = [
        (1, []), (1, [0.12]), (1, [-0.12]), (0.5, []), (2, []), (1, [0, 0.12]), (1, [0, -0.12]), (0.5, [0.08]),
        (0.5, [-0.08]),
    ]

    /// The most views there are.
    package static let mostViews = variations.count
}
