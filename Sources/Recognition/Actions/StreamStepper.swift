import Inference

/// Steps any number of people through a stream model, all who are due in one batch, and gives what the model makes of
/// each sample. Both the recogniser that watches cameras and the evaluation of clips go through here.
final class StreamStepper {
    let model: ActionModel
    private let batcher: StreamBatcher
    private let job = StreamBatcher.Job()
    /// Memories of people who have gone.
    private var spare: [ContinualState] = []
    private var probabilities: [Float]
    private var times: [Double] = []

    /// - Parameter batcher: shared with others who watch with this very model; one of its own when nil, so that several
    ///   threads do not wait for each other.
    init(model: ActionModel, batcher: StreamBatcher? = nil) {
        self.model = model
        self.batcher = batcher ?? StreamBatcher(network: model.network.continual)
        probabilities = [Float](repeating: 0, count: model.classes.count)
    }

    /// Somebody new.
    func person(_ first: MotionSample) -> StreamPerson {
        let memory = spare.popLast() ?? ContinualState(model.network.continual)
        memory.reset()
        return StreamPerson(first, model: model, memory: memory)
    }

    /// Takes back the memory of somebody who has gone.
    func release(_ person: StreamPerson) { spare.append(person.memory) }

    /// Steps everybody by one sample.
    ///
    /// - Parameters:
    ///   - count: how many people, all of them due.
    ///   - next: writes the features of the next sample of the person of that index, (V, C); its time, and the person.
    ///   - read: the index of a person for whom the model makes a prediction, the time of the sample that led to it, and
    ///     the probabilities of the classes.
    func step(
        count: Int, next: (Int, UnsafeMutableBufferPointer<Float>) -> (time: Double, person: StreamPerson),
        read: (Int, Double, [Float]) -> Void
    ) {
        let network = batcher.network
        let size = network.joints * network.inputChannels
        job.reset(people: count, network: network)
        times.removeAll(keepingCapacity: true)
        job.frames.withUnsafeMutableBufferPointer { frames in
            for index in 0..<count {
                let frame = UnsafeMutableBufferPointer(rebasing: frames[index * size..<(index + 1) * size])
                let (time, person) = next(index, frame)
                model.standardisation.apply(toFrame: frame)
                times.append(time)
                job.states.append(person.memory)
            }
        }
        batcher.run(job)
        let classes = network.classes
        for index in 0..<count where job.hasPrediction[index] {
            Softmax.apply(
                job.logits[index * classes..<(index + 1) * classes],
                temperature: model.description.temperature, into: &probabilities)
            read(index, times[index], probabilities)
        }
    }
}
