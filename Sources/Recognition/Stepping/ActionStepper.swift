import Inference

/// Steps any number of subjects through a model, all who are due in one batch, and gives what the model makes of each
/// frame. Both the recogniser that watches cameras and the evaluation of recordings go through here.
final class ActionStepper {
    let model: ActionModel
    private let batcher: StepBatcher
    private let job = StepBatcher.Job()
    /// Memories of subjects who have gone.
    private var spare: [SubjectMemory] = []
    private var outputs: [Float]
    private var probabilities: [Float]
    private var times: [Double] = []

    /// - Parameter batcher: shared with others who watch with this very model; one of its own when nil, so that several
    ///   threads do not wait for each other.
    init(model: ActionModel, batcher: StepBatcher? = nil) {
        self.model = model
        self.batcher = batcher ?? StepBatcher(networks: model.networks)
        outputs = [Float](repeating: 0, count: model.classOfOutput.count)
        probabilities = [Float](repeating: 0, count: model.classes.count)
    }

    /// Somebody new.
    func subject(_ first: ActionSample) -> SubjectSteps {
        SubjectSteps(first, input: model.input, memory: spare.popLast() ?? SubjectMemory(model.networks))
    }

    /// Takes back the memory of somebody who has gone.
    func release(_ subject: SubjectSteps) { spare.append(subject.memory) }

    /// Steps everybody by one frame.
    ///
    /// - Parameters:
    ///   - count: how many subjects, all of them due.
    ///   - next: writes the next frame of the subject of that index, (V, C); its time, and the subject's memory.
    ///   - read: the index of a subject for whom the model makes a prediction, the time of the frame that led to it, and
    ///     the probabilities of the classes.
    func step(
        count: Int, next: (Int, UnsafeMutableBufferPointer<Float>) -> (time: Double, memory: SubjectMemory),
        read: (Int, Double, [Float]) -> Void
    ) {
        let network = batcher.network
        let size = network.joints * network.inputChannels
        job.reset(subjects: count, network: network)
        times.removeAll(keepingCapacity: true)
        job.frames.withUnsafeMutableBufferPointer { frames in
            for index in 0..<count {
                let frame = UnsafeMutableBufferPointer(rebasing: frames[index * size..<(index + 1) * size])
                let (time, memory) = next(index, frame)
                times.append(time)
                job.memories.append(memory)
            }
        }
        batcher.run(job)
        let width = network.classes
        for index in 0..<count where job.hasPrediction[index] {
            model.read(job.logits[index * width..<(index + 1) * width], scratch: &outputs, into: &probabilities)
            read(index, times[index], probabilities)
        }
    }
}
