package import Inference
import Skeleton

/// What a model's networks remember of one subject, given back when the subject has gone.
package final class SubjectMemory {
    /// One for each network.
    let states: [ContinualState]

    package init(_ networks: [ContinualNetwork]) { states = networks.map(ContinualState.init) }

    /// Forgets the subject.
    package func reset() { for state in states { state.reset() } }
}

/// One subject as a model sees them: from their first pose on a frame every `period` seconds, between the poses as they
/// come in, and what the networks remember of them.
struct SubjectSteps {
    let memory: SubjectMemory
    private let input: ActionInput
    private var start: Double
    private var features: ActionFeatures
    private var previous: ActionSample
    private(set) var newest: ActionSample
    /// Frames given.
    private var count = 0

    init(_ first: ActionSample, input: ActionInput, memory: SubjectMemory) {
        memory.reset()
        self.memory = memory
        self.input = input
        start = first.time
        features = ActionFeatures(input)
        previous = first
        newest = first
    }

    /// Takes the next sample, which is later than the last one. Who was out of sight for too long starts anew. No frame may
    /// be due any more.
    mutating func take(_ sample: ActionSample) {
        if sample.time - newest.time > ActionRecogniserSettings.longestGap.inSeconds {
            self = SubjectSteps(sample, input: input, memory: memory)
            return
        }
        previous = newest
        newest = sample
    }

    /// When the next frame lies.
    private var nextTime: Double { start + Double(count) * input.period }

    /// Whether there are poses up to the next frame.
    var isDue: Bool { nextTime <= newest.time + 1e-6 }

    /// Writes the next frame, which is due; its time.
    ///
    /// - Parameter frame: (V, C).
    mutating func next(into frame: UnsafeMutableBufferPointer<Float>) -> Double {
        let time = nextTime
        count += 1
        features.next(.between(previous, newest, at: time), into: frame)
        return time
    }
}
