package import Inference
import Synchronization

/// Runs the step form of one model's network for everyone who watches with it, several cameras included: what waits
/// while a batch runs goes together into the next one, run by whoever comes first. What comes out for a person does not
/// depend on who else is in the batch.
package final class StreamBatcher: Sendable {
    package let network: ContinualNetwork
    private let waiting = Mutex<[Job]>([])
    private let runner: Mutex<Runner>

    /// Frames of some people, and what the network makes of them.
    package final class Job: @unchecked Sendable {
        // Unchecked: its owner touches it before and after `run`, in between only whoever holds the runner's lock.
        /// Whose frames they are; nobody twice.
        package var states: [ContinualState] = []
        /// (people, V, C), standardised.
        package var frames: [Float] = []
        /// (people, classes); a row without a prediction keeps what it held.
        package fileprivate(set) var logits: [Float] = []
        package fileprivate(set) var hasPrediction: [Bool] = []
        fileprivate var isDone = false

        package init() {}

        /// Makes room for so many people; their states are then to be added, and their frames written.
        package func reset(people: Int, network: ContinualNetwork) {
            states.removeAll(keepingCapacity: true)
            states.reserveCapacity(people)
            let frameCount = people * network.joints * network.inputChannels
            if frames.count < frameCount { frames = [Float](repeating: 0, count: frameCount) }
            if logits.count < people * network.classes {
                logits = [Float](repeating: 0, count: people * network.classes)
                hasPrediction = [Bool](repeating: false, count: people)
            }
            isDone = false
        }
    }

    /// The network's buffers and the batch that is put together.
    fileprivate struct Runner: ~Copyable {
        let workspace: StepWorkspace
        var batch: [Job] = []
        var states: [ContinualState] = []
        /// For each of `states` its job, and its place there.
        var places: [(job: Int, index: Int)] = []
    }

    /// - Parameter people: the most people in one piece.
    package init(network: ContinualNetwork, people: Int = 32) {
        self.network = network
        runner = Mutex(Runner(workspace: StepWorkspace(network: network, people: people)))
    }

    /// Steps the people of a job, together with whoever else waits. Asks for no memory once it has seen as many people.
    package func run(_ job: Job) {
        waiting.withLock { $0.append(job) }
        runner.withLock { runner in
            // Somebody else may have run it while this one waited for the lock.
            guard !job.isDone else { return }
            waiting.withLock { waiting in
                runner.batch.append(contentsOf: waiting)
                waiting.removeAll(keepingCapacity: true)
            }
            runner.run(classes: network.classes, frameCount: network.joints * network.inputChannels)
        }
    }
}

extension StreamBatcher.Runner {
    mutating func run(classes: Int, frameCount: Int) {
        for (index, job) in batch.enumerated() {
            for (place, state) in job.states.enumerated() {
                states.append(state)
                places.append((index, place))
            }
        }
        workspace.step(states) { person, frame in
            let place = places[person]
            let first = place.index * frameCount
            for i in 0..<frameCount { frame[i] = batch[place.job].frames[first + i] }
        } read: { person, result in
            let place = places[person]
            let job = batch[place.job]
            job.hasPrediction[place.index] = result.outcome == .prediction
            guard result.outcome == .prediction else { return }
            for i in 0..<classes { job.logits[place.index * classes + i] = result.logits[i] }
        }
        for job in batch { job.isDone = true }
        batch.removeAll(keepingCapacity: true)
        states.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }
}
