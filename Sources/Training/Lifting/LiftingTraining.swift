import Dispatch
package import Inference
package import Lifting
import Randomness

/// Trains a lifting network. The same settings and motions give the same weights.
package final class LiftingTraining {
    private let settings: LiftingSettings
    private let batches: LiftingBatches
    package let layers: TemporalLayers
    private var parameters: [Float]
    private var optimiser: Optimiser

    package init(settings: LiftingSettings, batches: LiftingBatches) {
        self.settings = settings
        self.batches = batches
        layers = LiftingNetwork.layers(settings.architecture)
        parameters = layers.initialParameters(seed: settings.seed)
        // At first joints are where they seem to be, some eight centimetres off.
        for i in layers.head.weight.range { parameters[i] *= 0.05 }
        parameters[layers.head.bias.offset + 3] = -2.5
        optimiser = Optimiser(
            settings: settings.optimiser, layout: layers.layout, parameters: parameters, steps: settings.steps)
    }

    /// - Parameter progress: called after each step with the mean distance in metres of the latest steps.
    package func run(threads: Int, progress: (_ step: Int, _ distance: Double) -> Void) -> LiftingNetwork {
        let workers = (0..<settings.batch / settings.chunk).map {
            Worker(settings: settings, layers: layers, batches: batches, chunk: $0)
        }
        var mean = 0.0
        for step in 0..<settings.steps {
            let parameters = parameters
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                for index in stride(from: thread, to: workers.count, by: threads) {
                    workers[index].run(step: step, parameters: parameters)
                }
            }
            var gradient = [Float](repeating: 0, count: parameters.count)
            for worker in workers {
                for i in gradient.indices { gradient[i] += worker.gradient[i] / Float(workers.count) }
            }
            optimiser.update(&self.parameters, gradient: gradient)
            let distance = workers.reduce(0) { $0 + $1.distance } / Double(workers.count)
            mean += (step == 0 ? 1 : 0.02) * (distance - mean)
            progress(step + 1, mean)
        }
        return network(optimiser.averaged)
    }

    /// The averaged weights, laid out as `layers.layout`.
    package var averaged: [Float] { optimiser.averaged }

    package func network(_ parameters: [Float]) -> LiftingNetwork {
        LiftingNetwork(ContinualNetwork(layers: layers, parameters: parameters))
    }

    // Unchecked: each worker is touched by one thread only while a step runs.
    private final class Worker: @unchecked Sendable {
        private let settings: LiftingSettings
        private let pass: TemporalTrainingPass
        private let batches: LiftingBatches
        private let chunk: Int
        private let loss: LiftingLoss
        private var slopes: [Float]
        private(set) var gradient: [Float]
        private(set) var distance = 0.0

        init(settings: LiftingSettings, layers: TemporalLayers, batches: LiftingBatches, chunk: Int) {
            self.settings = settings
            self.batches = batches
            self.chunk = chunk
            pass = TemporalTrainingPass(layers: layers, clips: settings.chunk)
            loss = LiftingLoss(motion: settings.motion)
            gradient = [Float](repeating: 0, count: layers.layout.count)
            slopes = [Float](repeating: 0, count: 4 * settings.chunk * settings.frames * layers.graph.joints)
        }

        func run(step: Int, parameters: [Float]) {
            let (clips, frames, joints) = (settings.chunk, settings.frames, pass.layers.graph.joints)
            let (guesses, truths) = pass.withInput {
                batches.assemble(step: step, chunk: chunk, clips: clips, frames: frames, into: $0)
            }
            for i in gradient.indices { gradient[i] = 0 }
            parameters.withUnsafeBufferPointer { parameters in
                guard let base = parameters.baseAddress else { return }
                distance =
                    loss.evaluate(
                        pass.forwardJoints(base), guesses: guesses, truths: truths, frames: frames, joints: joints,
                        gradient: &slopes
                    ).distance
                gradient.withUnsafeMutableBufferPointer { target in
                    slopes.withUnsafeBufferPointer {
                        guard let target = target.baseAddress, let slopes = $0.baseAddress else { return }
                        pass.backwardJoints(base, outputsGradient: slopes, addingTo: target)
                    }
                }
            }
        }
    }
}
