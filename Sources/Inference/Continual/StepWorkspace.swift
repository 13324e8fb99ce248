/// The step form of a network: takes the newest frame of any number of people, all in one batch. One a thread.
///
/// What comes out is what the clip form gives for a clip that starts with the person's first frame, without waiting for
/// the clip to end: frames of features follow the input by the network's delay, and a prediction is the mean of the last
/// `window` of them. Where a clip form pads its end with zeros, a step has seen the frames themselves.
package final class StepWorkspace {
    /// What came of one person's frame; valid within the call that gives it.
    package struct Result {
        package let outcome: StepOutcome
        /// A score for each class; empty without a prediction.
        package let logits: UnsafeBufferPointer<Float>
        /// The last block's frame that this step finished, (joints, channels), nil when it finished none. There is one
        /// from the network's delay on, while predictions are still warming up.
        package let features: FeatureFrame?
        /// What a network with joint outputs says of each joint in the frame that this step finished, (joints, classes);
        /// nil when it finished none, and of other networks.
        package let joints: FeatureFrame?
    }

    package let network: ContinualNetwork
    /// Most people in one piece; more go piece by piece.
    package let people: Int

    private let arena: FloatArena
    private let scratch: LayerScratch
    private let batchPeople: UnsafeMutablePointer<StepPerson>
    private let places: UnsafeMutablePointer<Int>
    private let raw: UnsafeMutablePointer<Float>
    private let frames: [UnsafeMutablePointer<Float>]
    private let hidden: UnsafeMutablePointer<Float>
    private let pooled: UnsafeMutablePointer<Float>
    private let logits: UnsafeMutablePointer<Float>

    package init(network: ContinualNetwork, people: Int = 64) {
        self.network = network
        self.people = people
        scratch = network.makeScratch(frames: people)
        let frameCount = people * network.widestFrame
        let rawCount = network.joints * network.inputChannels
        let sizes = [
            rawCount, frameCount, frameCount, frameCount, people * network.head.inputWidth,
            people * network.headRows * network.head.columns,
        ]
        arena = FloatArena(capacity: sizes.reduce(0) { $0 + FloatArena.rounded($1) })
        raw = arena.take(rawCount)
        frames = [arena.take(frameCount), arena.take(frameCount)]
        hidden = arena.take(frameCount)
        pooled = arena.take(people * network.head.inputWidth)
        logits = arena.take(people * network.headRows * network.head.columns)
        batchPeople = .allocate(capacity: people)
        places = .allocate(capacity: people)
    }

    deinit {
        batchPeople.deallocate()
        places.deallocate()
    }

    /// Takes one frame of each person.
    ///
    /// - Parameters:
    ///   - states: one for each person, none twice, made for this network.
    ///   - fill: writes the newest frame of the person of that index, (joints, channels).
    ///   - read: sees what came of it.
    package func step(
        _ states: [ContinualState], fill: (_ person: Int, _ frame: UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (_ person: Int, _ result: Result) throws -> Void
    ) rethrows {
        for first in stride(from: 0, to: states.count, by: people) {
            let count = min(people, states.count - first)
            for place in 0..<count {
                let buffer = UnsafeMutableBufferPointer(
                    start: raw, count: network.joints * network.inputChannels)
                try fill(first + place, buffer)
                network.take(raw, into: frames[0] + place * network.joints * network.blocks[0].graph.inputWidth)
            }
            // Only now that every frame is there do the people's times move on.
            for place in 0..<count {
                let state = states[first + place]
                precondition(state.count == network.stateCount, "a state is made for its network")
                (batchPeople + place).initialize(
                    to: StepPerson(memory: state.memory, time: state.frames, index: place))
                state.takeFrame()
            }
            run(count: count)
            for place in 0..<count {
                try read(first + place, result(of: place, frames: states[first + place].frames))
            }
        }
    }

    /// Runs the people in `batchPeople` and notes in `places` where each one's features are, or -1.
    private func run(count: Int) {
        var batch = StepBatch(people: batchPeople, count: count)
        for place in 0..<count { (places + place).initialize(to: -1) }
        for (index, block) in network.blocks.enumerated() where batch.count > 0 {
            let x = FrameBlock(base: frames[index % 2], size: network.joints * block.graph.inputWidth)
            let inner = FrameBlock(base: hidden, size: network.joints * block.graph.outputWidth)
            let y = FrameBlock(
                base: frames[(index + 1) % 2],
                size: network.joints * ProductKernel.padded(block.temporal.outputChannels))
            for i in 0..<batch.count {
                scratch.inputs[i] = UnsafePointer(x.frame(i))
                let person = batch.people[i]
                scratch.targets[i] = block.temporal.intake(person.memory, time: person.time) ?? inner.frame(i)
            }
            block.graph.run(frames: batch.count, scratch: scratch)
            block.temporal.step(&batch, x: x, hidden: inner, y: y, scratch: scratch)
            batch.advanceMemory(by: block.temporal.memoryCount)
        }
        predict(batch)
    }

    /// Remembers the new features, and predicts for those who have a window full of them.
    private func predict(_ batch: StepBatch) {
        let width = network.head.inputWidth
        let window = network.window
        let features = FrameBlock(base: lastFrames, size: network.joints * width)
        var due = 0
        for i in 0..<batch.count {
            let person = batch.people[i]
            places[person.index] = i
            if network.speaksOfJoints {
                scratch.sources[due] = UnsafePointer(features.frame(i))
                scratch.targets[due] = jointOutputs(of: i)
                due += 1
                continue
            }
            network.pool(features.frame(i), into: person.memory + person.time % window * width)
            guard person.time + 1 >= window else { continue }
            network.mean(person.memory, from: (person.time + 1) % window, count: window, into: pooled + i * width)
            scratch.sources[due] = UnsafePointer(pooled + i * width)
            scratch.targets[due] = logits + i * network.head.columns
            due += 1
        }
        network.head.run(frames: due, joints: network.headRows, sources: scratch.sources, targets: scratch.targets)
    }

    private func jointOutputs(of place: Int) -> UnsafeMutablePointer<Float> {
        logits + place * network.headRows * network.head.columns
    }

    private var lastFrames: UnsafeMutablePointer<Float> { frames[network.blocks.count % 2] }

    private func result(of index: Int, frames: Int) -> Result {
        let outcome = StepOutcome(frames: frames, network: network)
        let place = places[index]
        guard place >= 0 else {
            return Result(
                outcome: outcome, logits: UnsafeBufferPointer(start: nil, count: 0), features: nil, joints: nil)
        }
        let width = network.head.inputWidth
        let frame = FeatureFrame(
            joints: network.joints, channels: network.featureChannels,
            rows: UnsafePointer(lastFrames + place * network.joints * width), width: width)
        let isPooled = !network.speaksOfJoints
        let scores = UnsafeBufferPointer(
            start: UnsafePointer(logits + place * network.head.columns),
            count: isPooled && outcome == .prediction ? network.classes : 0)
        let joints = FeatureFrame(
            joints: network.joints, channels: network.classes, rows: UnsafePointer(jointOutputs(of: place)),
            width: network.head.columns)
        return Result(outcome: outcome, logits: scores, features: frame, joints: isPooled ? nil : joints)
    }
}
