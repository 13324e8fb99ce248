import Foundation
package import Inference
package import Recognition

/// Everything that decides a training but the recordings: the same recipe and recordings give the same weights.
///
/// As a JSON file every key may be left out; what is not known is an error that names it.
package struct Recipe: Sendable, Codable, Equatable {
    /// Name of the model; the output folder's when empty.
    package var name = ""
    /// Licence of the weights, for `model.json`.
    package var licence = ""
    package var seed: UInt64 = 1
    /// Passes over the training clips.
    package var epochs = 40
    /// An epoch has at least and at most this many steps, so that small and huge sets are trained reasonably.
    package var stepsPerEpoch = [20, 60]
    /// Share of the clips that is not trained on but used to calibrate the probabilities; 0 leaves them as they are.
    package var calibration: Float = 0
    package var earlyStop = EarlyStopSettings()
    /// The most clips of a class that are trained on, of everybody as evenly as can be; 0 for all.
    package var clipsPerClass = 0
    /// Sequences in a step; a multiple of `chunk`.
    package var batch = 16
    /// Sequences that are normalised together and run on one thread.
    package var chunk = 16
    /// Whether every class is drawn equally often, whatever its number of clips.
    package var balanced = true
    /// How often a class is drawn compared with others, for classes that are commoner in life than others; 1 if unsaid.
    package var classWeights: [String: Float] = [:]
    /// How common a class is in life compared with how often it was drawn, 1 if unsaid: logits are raised by the logarithm when
    /// the training is done (Menon et al. 2021).
    package var classPriors: [String: Float] = [:]
    /// Which clips of the recordings given to the training are meant.
    package var selection = ClipSelection()
    /// Ten frames a second.
    package var sampling = Cadence(frames: 64, rate: 10)
    package var normalisation = PoseNormalisation()
    package var network = NetworkSettings()
    /// How many such networks are trained, from random weights and on clips of their own each; their logits are averaged,
    /// which depends less on chance (Hansen and Salamon 1990).
    package var networks = 1
    package var optimiser = OptimiserSettings()
    package var augmentation = AugmentationSettings()
    /// How training sequences are put together.
    package var sequence = SequenceSettings()
    /// Where clips come from besides the recordings given to the training.
    package var sources: [RecipeSource] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name, licence, seed, epochs, calibration, batch, chunk, balanced, selection, sampling, normalisation,
            network, networks, optimiser
        case augmentation, sequence, sources
        case stepsPerEpoch = "steps_per_epoch"
        case classWeights = "class_weights"
        case classPriors = "class_priors"
        case earlyStop = "early_stop"
        case clipsPerClass = "clips_per_class"
    }
}

/// The shape of the network.
package struct NetworkSettings: Sendable, Codable, Equatable {
    /// Speaks of what was done 0.3 s ago and has the last 3.3 s in view, at ten frames a second.
    package var blocks: [TemporalArchitecture.Block] = [
        .init(channels: 24, kernel: 5, lookAhead: 1), .init(channels: 32, kernel: 5, lookAhead: 1),
        .init(channels: 48, kernel: 5, lookAhead: 1), .init(channels: 48, kernel: 5, dilation: 2, lookAhead: 0),
        .init(channels: 64, kernel: 5, dilation: 3, lookAhead: 0),
    ]
    package var partition = SpatialGraph.Strategy.spatial
    /// Whether the joints' adjacency is learned as a whole instead of weighed edge by edge.
    package var adaptive = true
    /// How many frames of features a prediction is the mean of; nil for one.
    package var window: Int?
    /// Whether a path goes around each graph convolution as well.
    package var graphPath = false

    package init() {}

    /// Writes every key, also that of a window that is not given: what a recipe may say is read off this.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(blocks, forKey: .blocks)
        try container.encode(partition, forKey: .partition)
        try container.encode(adaptive, forKey: .adaptive)
        try container.encode(window, forKey: .window)
        try container.encode(graphPath, forKey: .graphPath)
    }

    private enum CodingKeys: String, CodingKey {
        case blocks, partition, adaptive, window
        case graphPath = "graph_path"
    }
}

/// How weights follow their gradients.
package struct OptimiserSettings: Sendable, Codable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
        case adamw
        /// Stochastic gradient descent with momentum.
        case sgd
    }

    package var kind = Kind.adamw
    /// The highest learning rate; it rises during the warm-up and then falls along half a cosine.
    package var learningRate: Float = 0.003
    package var weightDecay: Float = 0.02
    package var momentum: Float = 0.9
    /// Share of all steps in which the learning rate rises.
    package var warmUp: Float = 0.05
    package var labelSmoothing: Float = 0.05
    /// Share of pooled features silenced.
    package var dropout: Float = 0.3
    /// How much of the averaged weights each step keeps; the average is what is saved.
    package var averaging: Float = 0.99
    /// How much of the weights that a training started from the result keeps: 0 for what was trained alone, 1 for the start.
    package var startShare: Float = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case kind, momentum, dropout, averaging
        case learningRate = "learning_rate"
        case weightDecay = "weight_decay"
        case warmUp = "warm_up"
        case startShare = "start_share"
        case labelSmoothing = "label_smoothing"
    }
}
