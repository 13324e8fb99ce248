package import Inference
import Skeleton

/// A model of actions: networks that are stepped frame by frame with a memory for each subject, and how people become what
/// they see. Immutable and shared.
///
/// There is no second way to run it: a recording is the same networks from reset.
package struct ActionModel: Sendable {
    /// Where a model was made, and what its `model.json` says.
    package enum Origin: Sendable, Equatable {
        /// Trained here.
        case trained(ActionModelDescription)
        /// Trained elsewhere.
        case imported(ImportedNetwork.Description)
    }

    package let origin: Origin
    /// Each name once, in the order of its first output.
    package let classes: [String]
    /// One network or more of the same shape, whose logits are averaged (Hansen and Salamon 1990).
    package let networks: [ContinualNetwork]
    package let input: ActionInput
    /// For each output of the networks its class.
    let classOfOutput: [Int]
    /// What logits are divided by before softmax (Guo et al. 2017).
    private let temperature: Float
    /// The logits of a clip in which nobody is, for networks that see two people at a time.
    let emptyLogits: [Float]?
    /// How long before a prediction the moment lies that it speaks of, in seconds.
    package let labelDelay: Double
    /// What steps subjects in all the streams that are watched with this model together.
    package let batcher: StepBatcher

    /// The background class, which stands for none of the others and never becomes an event.
    package static let nothing = "nothing"
    /// Classes of being somewhere at nothing in particular: being still changes nothing about them, and whoever does
    /// nothing with a name is in one of them.
    package static let postures: Set = ["stand", "sit", "lie"]
    /// The most networks of a model.
    package static let mostNetworks = 8

    /// A model that was trained here.
    ///
    /// - Parameter networks: as many as the description says.
    package init(
        description: ActionModelDescription, networks: [ContinualNetwork], standardisation: FeatureStandardisation
    ) {
        precondition(networks.count == description.networks ?? 1, "the description counts the networks")
        let period = description.sampling.period
        self.init(
            origin: .trained(description), classes: description.classes, networks: networks,
            input: ActionInput(.motion(description.normalisation, standardisation), period: period),
            classOfOutput: Array(description.classes.indices), temperature: description.temperature,
            // A sequence is labelled frame by frame: a prediction speaks of the newest frame of its features.
            labelDelay: Double(networks[0].receptiveField.delay) * period)
    }

    init(
        origin: Origin, classes: [String], networks: [ContinualNetwork], input: ActionInput, classOfOutput: [Int],
        temperature: Float = 1, emptyLogits: [Float]? = nil, labelDelay: Double
    ) {
        self.origin = origin
        self.classes = classes
        self.networks = networks
        self.input = input
        self.classOfOutput = classOfOutput
        self.temperature = temperature
        self.emptyLogits = emptyLogits
        self.labelDelay = labelDelay
        batcher = StepBatcher(networks: networks)
    }

    /// What `model.json` says of a model that was trained here; nil of others.
    package var trained: ActionModelDescription? {
        if case .trained(let description) = origin { description } else { nil }
    }

    package var name: String {
        switch origin {
        case .trained(let description): description.name
        case .imported(let description): description.name
        }
    }

    /// Hash of the weights.
    package var version: String {
        switch origin {
        case .trained(let description): description.version
        case .imported(let description): description.version
        }
    }

    /// Name and version, as events give it.
    package var identifier: String { "\(name)@\(version.prefix(8))" }

    /// What it was trained on, as far as that is known.
    package var trainingData: [String] { trained?.trainingData ?? [] }

    /// How often it is wrong at which threshold; nil when that was not measured.
    package var operatingTable: OperatingTable? { trained?.operatingTable }

    /// The index of the background class; nil for a model without one.
    var background: Int? { classes.firstIndex(of: Self.nothing) }

    /// Probabilities of the classes from the outputs' logits; outputs of one class are added.
    ///
    /// - Parameter outputs: scratch, one number an output.
    func read(_ logits: ArraySlice<Float>, scratch outputs: inout [Float], into probabilities: inout [Float]) {
        if let emptyLogits {
            Softmax.apply(zip(logits, emptyLogits).map { ($0 + $1) / 2 }, temperature: temperature, into: &outputs)
        } else {
            Softmax.apply(logits, temperature: temperature, into: &outputs)
        }
        for index in probabilities.indices { probabilities[index] = 0 }
        for (output, probability) in outputs.enumerated() { probabilities[classOfOutput[output]] += probability }
    }
}
