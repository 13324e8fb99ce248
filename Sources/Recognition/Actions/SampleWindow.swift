import Skeleton

/// What a window model keeps of a subject in one frame.
protocol TimedSample {
    /// Media time in seconds.
    var time: Double { get }
}

extension MotionSample: TimedSample {}

/// The last seconds of one subject's samples, and when the next prediction is due.
struct SampleWindow<Sample: TimedSample> {
    /// Growing in time; at least one.
    private(set) var samples: [Sample]
    private var nextPrediction: Double
    /// So many seconds are kept; somewhat more lies there.
    private let seconds: Double
    private let hop: Double

    /// Samples that are not needed are removed now and then rather than at every sample, since that moves all others.
    private static var slack: Double { 2 }

    /// - Parameters:
    ///   - seconds: what is looked back on.
    ///   - warmUp: time until the first prediction.
    init(_ first: Sample, seconds: Double, warmUp: Double, hop: Duration) {
        samples = [first]
        self.seconds = seconds + 0.5
        self.hop = hop.inSeconds
        nextPrediction = first.time + warmUp
    }

    /// Adds a sample, later than the last one; whether a prediction is due.
    mutating func append(_ sample: Sample) -> Bool {
        samples.append(sample)
        let keep = sample.time - seconds
        if samples[0].time < keep - Self.slack {
            samples.removeSubrange(..<(samples.firstIndex { $0.time >= keep } ?? 0))
        }
        guard sample.time >= nextPrediction - 1e-6 else { return false }
        nextPrediction += hop
        if nextPrediction <= sample.time { nextPrediction = sample.time + hop }
        return true
    }
}
