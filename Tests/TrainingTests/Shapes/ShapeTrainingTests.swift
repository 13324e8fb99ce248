import Foundation
import Inference
import Randomness
import Shapes
import TestSupport
import Testing
import Training

struct ShapeTrainingTests {
    /// A disc of points in a ring: nothing that a straight line tells apart.
    private func circles(_ random: inout SplitMix64) -> [ShapeExample] {
        (0..<1000).map { index in
            let isInner = index % 2 == 0
            let (x, y) = (random.normal(), random.normal())
            let length = (x * x + y * y).squareRoot() + 1e-3
            let radius: Float = (isInner ? 0.5 : 1.5) + 0.1 * random.normal()
            return ShapeExample(features: [x / length * radius, y / length * radius], allowed: isInner ? 1 : 2)
        }
    }

    @Test("a ring is told from the disc within it")
    func ring() {
        var settings = DenseTraining.Settings()
        settings.hidden = [16]
        settings.epochs = 60
        settings.rate = 0.01
        let network = DenseTraining.train(
            inputs: 2, classes: 2, settings: settings, seed: 4, examples: circles)
        var random = SplitMix64(seed: 9)
        let right = circles(&random).count { example in
            let found = network.probabilities(example.features)
            return (found[0] > found[1]) == (example.allowed == 1)
        }
        #expect(right > 970, "\(right)")
    }

    @Test("the same examples and seed give the same network")
    func same() {
        var settings = DenseTraining.Settings()
        settings.epochs = 2
        let networks = (0..<2).map { _ in
            DenseTraining.train(inputs: 2, classes: 2, settings: settings, seed: 4, examples: circles)
        }
        #expect(networks[0].layers.map(\.weights) == networks[1].layers.map(\.weights))
    }

    @Test("the network that ships names hands made in its shapes and refuses hands made in none")
    func shipped() throws {
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let folder = checkout.standardizedFileURL.appending(path: "Models/hand_shapes").path
        let network = try ShapeModel(.hand, folder: folder).network
        var random = SplitMix64(seed: 77)
        var features = [Float](repeating: 0, count: HandFeatures.count)
        var (right, refused) = (0, 0)
        for _ in 0..<500 {
            let (places, shape) = HandExamples.made(using: &random)
            #expect(HandFeatures.write(places, into: &features))
            let found = network.probabilities(features)
            let best = found.indices.max { found[$0] < found[$1] } ?? 0
            if best < HandShape.allCases.count, HandShape.allCases[best] == shape { right += 1 }
            #expect(HandFeatures.write(HandExamples.nothing(using: &random), into: &features))
            let none = network.probabilities(features)
            if none.max() == none[HandShape.allCases.count] { refused += 1 }
        }
        #expect(right >= 425 && refused >= 425, "\(right) right, \(refused) refused of 500")
    }
}
