import Foundation
import Testing
import Training

struct EvaluationTests {
    private static let sample = Evaluation(
        classes: ["a", "b", "c"],
        predictions: [(0, 0, 0.9), (0, 0, 0.8), (0, 1, 0.7), (1, 1, 0.6), (1, 0, 0.9), (1, 1, 1.0)])

    @Test("figures are those counted by hand")
    func figures() {
        #expect(Self.sample.confusion == [[2, 1, 0], [1, 2, 0], [0, 0, 0]])
        #expect(abs(Self.sample.top1 - 4.0 / 6) < 1e-12)
        #expect(abs(Self.sample.meanClass - 2.0 / 3) < 1e-12)
        #expect(Self.sample.clips == 6)
        #expect(Self.sample.perClass[0].recall == 2.0 / 3 && Self.sample.perClass[0].precision == 2.0 / 3)
        #expect(Self.sample.perClass[2].clips == 0 && Self.sample.perClass[2].recall == 0)
    }

    @Test("the classes' sizes weigh on top1 but not on the mean over classes")
    func imbalance() {
        let predictions = [(0, 0, Float(1))] + [(Int, Int, Float)](repeating: (1, 0, 1), count: 9)
        let evaluation = Evaluation(classes: ["a", "b"], predictions: predictions.map { ($0.0, $0.1, $0.2) })
        #expect(abs(evaluation.top1 - 0.1) < 1e-12 && abs(evaluation.meanClass - 0.5) < 1e-12)
        #expect(abs(evaluation.ece - 0.9) < 1e-12)
    }

    @Test("the JSON object has the agreed keys")
    func json() throws {
        let object = try JSONSerialization.jsonObject(with: Data(Self.sample.json.utf8)) as? [String: Any]
        #expect(
            Set(object?.keys.map { $0 } ?? [])
                == ["top1", "mean_class", "confusion", "classes", "clips", "ece", "held", "per_class"])
        #expect(!Self.sample.json.contains("\n"))
    }
}
