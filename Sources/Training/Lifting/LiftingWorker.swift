import Inference
import Lifting
import Skeleton

/// Gradients of one chunk of a batch of lifted poses. Each chunk has a worker of its own.
final class LiftingWorker: GradientWorker {
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
