import Inference

/// One person as a stream model sees them: from their first pose on a sample every `period` seconds, between the poses as
/// they come in, and what the network remembers of them.
struct StreamPerson {
    /// The network's memory, given back when the person has gone.
    let memory: ContinualState
    private let start: Double
    private let period: Double
    private var features: StreamFeatures
    private var previous: MotionSample
    private(set) var newest: MotionSample
    /// Samples taken.
    private var count = 0

    init(_ first: MotionSample, model: ActionModel, memory: ContinualState) {
        self.memory = memory
        start = first.time
        period = model.description.sampling.period
        features = StreamFeatures(normalisation: model.description.normalisation, period: period)
        previous = first
        newest = first
    }

    /// Takes the next pose, which is later than the last one. No sample may be due any more.
    mutating func take(_ sample: MotionSample) {
        previous = newest
        newest = sample
    }

    /// When the next sample lies.
    var nextTime: Double { start + Double(count) * period }

    /// Whether there are poses up to the next sample.
    var isDue: Bool { nextTime <= newest.time + 1e-6 }

    /// Writes the features of the next sample, which is due; its time.
    ///
    /// - Parameter frame: (V, C), before standardisation.
    mutating func next(into frame: UnsafeMutableBufferPointer<Float>) -> Double {
        let time = nextTime
        count += 1
        let sample = previous.time < newest.time ? MotionResampling.between(previous, newest, at: time) : newest
        features.next(sample, into: frame)
        return time
    }
}
