package import Inference
import Synchronization

/// Runs the steps of one model's networks for everyone who watches with it, several cameras included: what waits while a
/// batch runs goes together into the next one, run by whoever comes first. What comes out for a subject does not depend on
/// who else is in the batch.
package final class StepBatcher: Sendable {
    /// The first of the networks, which tells the shape of all.
    package let network: ContinualNetwork
    private let waiting = Mutex<[Job]>([])
    private let runner: Mutex<Runner>

    /// Frames of some subjects, and what the networks make of them.
    package final class Job: @unchecked Sendable {
        // Unchecked: its owner touches it before and after `run`, in between only whoever holds the runner's lock.
        /// Whose frames they are; nobody twice.
        package var memories: [SubjectMemory] = []
        /// (subjects, V, C).
        package var frames: [Float] = []
        /// (subjects, outputs), the mean over the networks; a row without a prediction keeps what it held.
        package fileprivate(set) var logits: [Float] = []
        package fileprivate(set) var hasPrediction: [Bool] = []
        fileprivate var isDone = false

        package init() {}

        /// Makes room for so many subjects; their memories are then to be added, and their frames written.
        package func reset(subjects: Int, network: ContinualNetwork) {
            memories.removeAll(keepingCapacity: true)
            memories.reserveCapacity(subjects)
            let frameCount = subjects * network.joints * network.inputChannels
            if frames.count < frameCount { frames = [Float](repeating: 0, count: frameCount) }
            if logits.count < subjects * network.classes {
                logits = [Float](repeating: 0, count: subjects * network.classes)
                hasPrediction = [Bool](repeating: false, count: subjects)
            }
            isDone = false
        }
    }

    /// The networks' buffers and the batch that is put together.
    fileprivate struct Runner: ~Copyable {
        let workspaces: [StepWorkspace]
        var batch: [Job] = []
        var states: [ContinualState] = []
        /// For each of `states` its job, and its place there.
        var places: [(job: Int, index: Int)] = []
    }

    /// - Parameters:
    ///   - networks: of one shape, at least one.
    ///   - subjects: the most subjects in one piece.
    package init(networks: [ContinualNetwork], subjects: Int = 32) {
        network = networks[0]
        runner = Mutex(Runner(workspaces: networks.map { StepWorkspace(network: $0, people: subjects) }))
    }

    /// Steps the subjects of a job, together with whoever else waits. Asks for no memory once it has seen as many.
    package func run(_ job: Job) {
        waiting.withLock { $0.append(job) }
        runner.withLock { runner in
            // Somebody else may have run it while this one waited for the lock.
            guard !job.isDone else { return }
            waiting.withLock { waiting in
                runner.batch.append(contentsOf: waiting)
                waiting.removeAll(keepingCapacity: true)
            }
            runner.run(outputs: network.classes, frameCount: network.joints * network.inputChannels)
        }
    }
}

extension StepBatcher.Runner {
    mutating func run(outputs: Int, frameCount: Int) {
        for (index, job) in batch.enumerated() {
            for place in job.memories.indices { places.append((index, place)) }
        }
        for number in workspaces.indices { step(number, outputs: outputs, frameCount: frameCount) }
        for job in batch { job.isDone = true }
        batch.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// Steps one of the networks.
    private mutating func step(_ number: Int, outputs: Int, frameCount: Int) {
        states.removeAll(keepingCapacity: true)
        for place in places { states.append(batch[place.job].memories[place.index].states[number]) }
        let share = 1 / Float(workspaces.count)
        workspaces[number].step(states) { subject, frame in
            let place = places[subject]
            let first = place.index * frameCount
            for i in 0..<frameCount { frame[i] = batch[place.job].frames[first + i] }
        } read: { subject, result in
            let place = places[subject]
            let job = batch[place.job]
            job.hasPrediction[place.index] = result.outcome == .prediction
            guard result.outcome == .prediction else { return }
            for i in 0..<outputs {
                let logit = result.logits[i] * share
                job.logits[place.index * outputs + i] =
                    number == 0 ? logit : job.logits[place.index * outputs + i] + logit
            }
        }
    }
}
