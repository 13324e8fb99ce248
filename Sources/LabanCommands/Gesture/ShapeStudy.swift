import Randomness
import Shapes
import Training

/// The training of one network for shapes, with a part of its examples left out or with all.
protocol ShapeStudy {
    var subject: ShapeModel.Subject { get }
    /// The sets it is trained on, with their licences.
    var trainedOn: [String] { get }

    /// A network trained without the examples of a stretch, or on all.
    func train(without block: Int?) -> DenseNetwork

    /// How it does on the examples of a stretch.
    func score(_ network: DenseNetwork, on block: Int) -> ShapeScore
}

extension ShapeStudy {
    /// Notes whether the network's first choice for an example is allowed.
    fileprivate func count(
        _ features: [Float], _ allowed: UInt64, _ network: DenseNetwork, into score: inout ShapeScore
    ) {
        let found = network.probabilities(features)
        let first = found.indices.max { found[$0] < found[$1] } ?? 0
        let isRight = allowed >> UInt64(first) & 1 == 1
        if allowed == 1 << UInt64(subject.classes.count - 1) {
            score.none += 1
            score.refused += isRight ? 1 : 0
        } else {
            score.of += 1
            score.right += isRight ? 1 : 0
        }
    }
}

/// The network for hand shapes.
struct HandStudy: ShapeStudy {
    let subject = ShapeModel.Subject.hand
    let trainedOn = [
        "static-poses, hands (MIT)", "asl-letters (CC0)", "hand-shapes (Apache 2.0)", "hands of Laban's own making",
    ]
    private let hands: [ShapeSources.Row<HandExamples.Recorded>]
    private let others: [ShapeSources.Row<HandExamples.Recorded>]
    /// Made hands that are none of the shapes, a measure of `none` beside the letters.
    private static let made = 1000

    init(_ sources: ShapeSources) throws {
        hands = try sources.hands()
        others = try sources.otherHands()
    }

    func train(without block: Int?) -> DenseNetwork {
        let examples = HandExamples(recorded: (hands + others).filter { $0.block != block }.map(\.example))
        return DenseTraining.train(
            inputs: subject.features, classes: subject.classes.count, seed: 1, examples: examples.epoch)
    }

    func score(_ network: DenseNetwork, on block: Int) -> ShapeScore {
        var score = ShapeScore()
        var features = [Float](repeating: 0, count: subject.features)
        let none = HandExamples.bits([])
        for row in hands + others.filter({ $0.example.allowed == none }) where row.block == block {
            guard HandFeatures.write(row.example.places, into: &features) else {
                score.of += 1
                continue
            }
            count(features, row.example.allowed, network, into: &score)
        }
        var random = SplitMix64(seed: 1000 + UInt64(block))
        for _ in 0..<Self.made where HandFeatures.write(HandExamples.nothing(using: &random), into: &features) {
            count(features, none, network, into: &score)
        }
        return score
    }
}

/// The network for body signals.
struct BodyStudy: ShapeStudy {
    let subject = ShapeModel.Subject.body
    let trainedOn = [
        "static-poses, bodies (MIT)", "cmu-mocap (mocap.cs.cmu.edu, funded by NSF EIA-0196217), as what is none",
        "arms of Laban's own making",
    ]
    private let bodies: [ShapeSources.Row<BodyExamples.Recorded>]
    private let ordinary: [(subject: String, body: [SIMD3<Float>])]
    /// One subject of cmu-mocap is left out with each stretch.
    private let subjects: [String]
    private static let views = 2000

    init(_ sources: ShapeSources) throws {
        bodies = try sources.bodies()
        ordinary = try sources.ordinary()
        subjects = Set(ordinary.map(\.subject)).sorted()
    }

    private func subject(leftOutWith block: Int?) -> String? { block.map { subjects[$0 % subjects.count] } }

    func train(without block: Int?) -> DenseNetwork {
        let apart = subject(leftOutWith: block)
        let examples = BodyExamples(
            recorded: bodies.filter { $0.block != block }.map(\.example),
            ordinary: ordinary.filter { $0.subject != apart }.map(\.body))
        var settings = DenseTraining.Settings()
        settings.hidden = [64, 48]
        return DenseTraining.train(
            inputs: subject.features, classes: subject.classes.count, settings: settings, seed: 1,
            examples: examples.epoch)
    }

    func score(_ network: DenseNetwork, on block: Int) -> ShapeScore {
        var score = ShapeScore()
        var features = [Float](repeating: 0, count: subject.features)
        for row in bodies where row.block == block {
            let index = BodySignal.allCases.firstIndex(of: row.example.signal) ?? 0
            // A trunk that was not seen tells nothing: that is not right either.
            guard BodyFeatures.write(row.example.places, into: &features) else {
                score.of += 1
                continue
            }
            count(features, 1 << UInt64(index), network, into: &score)
        }
        let apart = subject(leftOutWith: block)
        let others = ordinary.filter { $0.subject == apart }
        var random = SplitMix64(seed: 1000 + UInt64(block))
        for _ in 0..<(others.isEmpty ? 0 : Self.views) {
            let body = others[Int(random.next() % UInt64(others.count))].body
            if BodyFeatures.write(BodyExamples.view(body, using: &random), into: &features) {
                count(features, 1 << UInt64(subject.classes.count - 1), network, into: &score)
            }
        }
        return score
    }
}
