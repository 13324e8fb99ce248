import Skeleton

/// Taught gestures ready to be looked for: every example as a model sees it, mirror images included. Immutable and shared.
package final class ExemplarSet: Sendable {
    /// In the order given.
    package let gestures: [TaughtGesture]
    /// The model whose features they are described by.
    package let model: ActionModel
    /// Of all gestures, those that a body was seen to make.
    let exemplars: [Exemplar]
    /// Those that were shown by hands alone, of which nobody can tell whose left and right they are: each as it was, and
    /// with its hands exchanged.
    let handExemplars: [HandExemplar]
    /// Seconds from a moment of a body to when it is known.
    let delay: Double
    /// For each gesture its name where an example has too little motion to be found again.
    package let unusable: [String]

    /// - Parameter model: one that looks at motion.
    package init(_ gestures: [TaughtGesture], model: ActionModel) {
        precondition(gestures.count <= TaughtGesture.mostGestures, "no more gestures than are looked for at once")
        self.gestures = gestures
        self.model = model
        let describer = MotionDescriber(model: model)
        delay = describer.delay
        var exemplars: [Exemplar] = []
        var handExemplars: [HandExemplar] = []
        var unusable: [String] = []
        for (index, gesture) in gestures.enumerated() {
            for example in gesture.examples {
                for shown in gesture.isMirrored ? [example, example.mirrored] : [example] {
                    if example.isOfHandsAlone, let path = HandStrokes.path(of: shown.samples, in: shown.span) {
                        handExemplars += [path, path.exchanged].map { HandExemplar(gesture: index, path: $0) }
                    } else if !example.isOfHandsAlone, let exemplar = Self.exemplar(shown, of: index, describer) {
                        exemplars.append(exemplar)
                    } else if !unusable.contains(gesture.name) {
                        unusable.append(gesture.name)
                    }
                }
            }
        }
        self.exemplars = exemplars
        self.handExemplars = handExemplars
        self.unusable = unusable
    }

    private static func exemplar(
        _ example: TaughtGesture.Example, of gesture: Int, _ describer: MotionDescriber
    ) -> Exemplar? {
        let moments = describer.moments(of: example.held(for: describer.delay + describer.period))
        return Exemplar(
            moments.filter { example.span.contains($0.time) }, embeddingWidth: describer.embeddingWidth,
            gesture: gesture)
    }
}

extension TaughtGesture.Example {
    /// Its samples with the first and the last held, so that every moment of the gesture is described.
    fileprivate func held(for seconds: Double) -> [MotionSample] {
        guard let first = samples.first, let last = samples.last else { return [] }
        let before = stride(from: -seconds, to: -0.01, by: 0.05).map { first.held(at: first.time + $0) }
        let after = stride(from: 0.05, through: seconds + 0.05, by: 0.05).map { last.held(at: last.time + $0) }
        return before + samples + after
    }
}
