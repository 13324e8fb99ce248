package import Skeleton

/// Makes a gesture of what was shown, and proposes how near a motion must come to it.
package struct GestureTeacher {
    /// What keeps a threshold as low as it is.
    package enum Bound: Sendable, Equatable {
        /// Nothing but that much further away is another motion.
        case usual
        /// Ordinary motion comes as near.
        case ordinaryMotion
        /// The examples of this gesture come as near.
        case gesture(String)
    }

    /// A threshold, and why.
    package struct Proposal: Sendable, Equatable {
        package var threshold: Float
        package var bound: Bound
        /// The cost of the example that is furthest from the others; nil with one example.
        package var spread: Float?
        /// How often the background would have been taken for the gesture at the usual threshold.
        package var falseAlarmsAtUsual: Int
        /// Hours of background.
        package var hours: Double

        /// Whether an example would not be found by the others.
        package var isTight: Bool { spread.map { $0 > threshold } ?? (threshold < GestureTeacher.tightThreshold) }
    }

    /// The usual threshold, as a share of the cost that one in ten people comes under in a minute of ordinary motion; as
    /// was found on one half of the styles of Bandai-Namco-2.
    package static let usualShare: Float = 0.62
    /// Where the usual threshold lies, whatever ordinary motion costs: standing still costs about 1.
    package static let usualThresholds: ClosedRange<Float> = 0.4...0.95
    /// A single example with less than this finds little but itself.
    package static let tightThreshold: Float = 0.4

    private let model: ActionModel
    private let describer: MotionDescriber

    /// - Parameter model: one that looks at motion.
    package init(model: ActionModel) {
        self.model = model
        describer = MotionDescriber(model: model)
    }

    /// What a person was seen to do between two moments, as an example: the part in which they move, with a second
    /// before it and a little after it. Nil where nobody moves.
    ///
    /// - Parameters:
    ///   - samples: of one person, growing in time.
    ///   - window: where to look; everywhere when nil.
    package static func example(
        _ samples: [MotionSample], within window: ClosedRange<Double>? = nil, source: String
    ) -> TaughtGesture.Example? {
        let shown = window.map { window in samples.filter { window.contains($0.time) } } ?? samples
        guard let span = MovingSpan.find(in: shown) else { return nil }
        var kept: [MotionSample] = []
        for sample in samples
        where span.lowerBound - TaughtGesture.lead...span.upperBound + TaughtGesture.trail ~= sample.time {
            // Nothing is lost with the samples in between: exemplars are looked at less often.
            guard kept.last.map({ sample.time - $0.time >= 1.0 / 16 }) ?? true else { continue }
            var sample = sample
            sample.root = .unknown
            kept.append(sample)
        }
        guard let first = kept.first, let last = kept.last, kept.count <= TaughtGesture.mostSamples else { return nil }
        let span0 = max(span.lowerBound, first.time)...min(max(span.upperBound, first.time), last.time)
        return TaughtGesture.Example(source: source, span: span0, samples: kept)
    }

    /// Describes motion in which the gesture is not made.
    package func describe(_ samples: [MotionSample]) -> DescribedMotion { describer.describe(samples) }

    /// A threshold for a gesture.
    ///
    /// - Parameters:
    ///   - background: motion in which it is not made.
    ///   - ordinary: a minute each of people who do many kinds of things, by which the usual threshold is measured; the
    ///     background when nil.
    ///   - others: gestures it must not be mistaken for.
    ///   - limit: false alarms an hour to put up with.
    package func propose(
        for gesture: TaughtGesture, background: [DescribedMotion], ordinary: [DescribedMotion]? = nil,
        others: [TaughtGesture], limit: Double
    ) -> Proposal {
        let trial = GestureTrial(ExemplarSet([gesture], model: model))
        let found = background.map { trial.lows(in: $0)[0] }
        let lows = found.joined().sorted()
        let hours = background.reduce(0) { $0 + $1.length } / 3600
        let usual = Self.usualThreshold(ordinary.map { $0.map { trial.lows(in: $0)[0] } } ?? found)
        var proposal = Proposal(
            threshold: usual, bound: .usual, spread: spread(of: gesture),
            falseAlarmsAtUsual: lows.count { $0 < usual }, hours: hours)
        let allowed = Int(limit * hours)
        if allowed < lows.count, lows[allowed] * 0.98 < proposal.threshold {
            proposal.threshold = lows[allowed] * 0.98
            proposal.bound = .ordinaryMotion
        }
        for other in others where other.name != gesture.name {
            for example in other.examples {
                let cost = trial.lows(in: describer.describe(example.samples))[0].first ?? .infinity
                guard cost < proposal.threshold else { continue }
                proposal.threshold = cost
                proposal.bound = .gesture(other.name)
            }
        }
        let range = TaughtGesture.thresholds
        proposal.threshold = max(range.lowerBound, min(range.upperBound, proposal.threshold))
        return proposal
    }

    /// Gestures that are taken for one another.
    package struct Confusions: Sendable, Equatable {
        /// Names of those that the gesture's examples make fire.
        package var others: [String] = []
        /// Names of those whose examples make it fire.
        package var own: [String] = []
    }

    /// What a gesture and others, with the thresholds they have, do to each other.
    package func confusions(of gesture: TaughtGesture, with others: [TaughtGesture]) -> Confusions {
        func fires(_ one: TaughtGesture, at shown: TaughtGesture) -> Bool {
            let trial = GestureTrial(ExemplarSet([one], model: model))
            return shown.examples.contains { !trial.told(in: describer.describe($0.samples)).isEmpty }
        }
        let others = others.filter { $0.name != gesture.name }
        return Confusions(
            others: others.filter { fires($0, at: gesture) }.map(\.name),
            own: others.filter { fires(gesture, at: $0) }.map(\.name))
    }

    /// How near a motion may come where nothing else is known: the costs of different gestures are not alike, but what
    /// ordinary motion costs tells how they compare.
    ///
    /// - Parameter lows: of each motion, lowest first.
    private static func usualThreshold(_ lows: [[Float]]) -> Float {
        let lowest = lows.map { $0.first ?? .infinity }.sorted()
        let reference = lowest.isEmpty ? 1 : lowest[lowest.count / 10]
        return min(max(usualShare * reference, usualThresholds.lowerBound), usualThresholds.upperBound)
    }

    /// The greatest cost of an example as the others see it.
    private func spread(of gesture: TaughtGesture) -> Float? {
        guard gesture.examples.count > 1 else { return nil }
        return gesture.examples.indices.map { index in
            var rest = gesture
            rest.examples.remove(at: index)
            let trial = GestureTrial(ExemplarSet([rest], model: model))
            return trial.lows(in: describer.describe(gesture.examples[index].samples))[0].first ?? .infinity
        }.max()
    }
}
