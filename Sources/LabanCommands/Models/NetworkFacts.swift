import Foundation
import Inference

/// What `laban models list --verbose` says of a network: how far it looks, how long it waits, what it costs.
struct NetworkFacts: Encodable {
    /// Frames that shape one frame of features.
    let receptive_field: Int
    /// Frames that must follow before it is there.
    let delay: Int
    /// Frames from one prediction to the next in step form.
    let stride: Int
    /// Frames a person must be seen for before the first prediction.
    let warm_up: Int
    let parameters: Int
    /// Floating-point operations a frame in step form, a multiply-add counted as two.
    let flops_per_frame: Double
    /// Bytes remembered of one person.
    let state_bytes: Int

    /// - Parameter count: how many such networks a model has.
    init(_ network: ContinualNetwork, count: Int = 1) {
        receptive_field = network.receptiveField.size
        delay = network.receptiveField.delay
        stride = network.receptiveField.stride
        warm_up = network.warmUp
        parameters = count * network.parameterCount
        flops_per_frame = Double(2 * count) * network.multiplyAddsPerFrame
        state_bytes = count * network.stateBytes
    }

    /// As a sentence.
    var words: String {
        "receptive field \(receptive_field) frames, delay \(delay), a prediction every "
            + (stride == 1 ? "frame" : "\(stride) frames")
            + " from frame \(warm_up) on, \(megaflops) MFLOP a frame, \(kilobytes) kB remembered of a person"
    }

    var megaflops: String { String(format: "%.2f", flops_per_frame / 1e6) }
    var kilobytes: String { String(format: "%.0f", Double(state_bytes) / 1e3) }
}
