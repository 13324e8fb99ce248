import Inference

/// Turns one person's predictions over time into segments.
protocol Segmenting {
    /// How sure the open segment is, 0…1; nil when none is open.
    var openConfidence: Float? { get }

    /// Takes in the probabilities predicted at `time`, in seconds.
    mutating func step(_ probabilities: [Float], at time: Double) -> [ActionSegmenter.Report]
}

extension ActionModel {
    /// How long before a prediction the moment lies that it speaks of, in seconds.
    package var lookBack: Double {
        let sampling = description.sampling
        return sampling.span == .stream
            ? Double(network.continual.reach.delay) * sampling.period : sampling.lookBack
    }

    /// The segmenter for one person.
    func segmenter(settings: ActionRecogniserSettings, firstSeen: Double) -> any Segmenting {
        let silent = classes.firstIndex(of: Self.nothing)
        return description.sampling.span == .stream
            ? StreamSegmenter(settings: settings, silent: silent, lookBack: lookBack, firstSeen: firstSeen)
            : ActionSegmenter(
                settings: settings, silent: silent, still: classes.firstIndex(of: Self.still), lookBack: lookBack,
                firstSeen: firstSeen)
    }
}
