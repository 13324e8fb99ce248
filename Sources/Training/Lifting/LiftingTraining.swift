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
            LiftingWorker(settings: settings, layers: layers, batches: batches, chunk: $0)
        }
        let crew = WorkerCrew(workers, threads: min(workers.count, max(1, threads)))
        var mean = 0.0
        for step in 0..<settings.steps {
            let parameters = parameters
            let gradient = crew.run { $0.run(step: step, parameters: parameters) }
            optimiser.update(&self.parameters, gradient: gradient)
            let distance = crew.mean(\.distance)
            mean += (step == 0 ? 1 : 0.02) * (distance - mean)
            progress(step + 1, mean)
        }
        return LiftingNetwork(ContinualNetwork(layers: layers, parameters: averaged))
    }

    /// The averaged weights, laid out as `layers.layout`.
    package var averaged: [Float] { optimiser.averaged }
}
