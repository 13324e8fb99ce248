import Foundation
import TestSupport
import Testing
import Training

struct CrossValidationTests {
    private static func validation(leavingOut size: Int) throws(TrainingError) -> CrossValidation {
        try CrossValidation(
            motions: ToyMotions.make(clips: 9, seed: 5), recipe: ToyMotions.recipe, subjects: ["0", "1", "2"],
            leavingOut: size)
    }

    @Test("everybody is left out equally often, and nobody is trained and tested on at once", arguments: [1, 2])
    func folds(size: Int) throws {
        let folder = try TemporaryFolder()
        let validation = try Self.validation(leavingOut: size)
        var counts: [String: Int] = [:]
        for index in validation.folds.indices {
            let (training, test) = try validation.run(fold: index, output: folder.file("m").path)
            for person in validation.folds[index] { counts[person, default: 0] += 1 }
            #expect(Set(test.map(\.subject)) == Set(validation.folds[index].map(Optional.some)))
            #expect(training.clipCount + test.count == 27 && test.count == 9 * size)
        }
        #expect(counts == ["0": size, "1": size, "2": size])
    }

    @Test("leaving nobody or everybody out is refused", arguments: [0, -1, 3, 4])
    func refused(size: Int) {
        #expect(throws: TrainingError.self) { try Self.validation(leavingOut: size) }
        let error = #expect(throws: TrainingError.self) {
            try CrossValidation.check(size, of: 3, places: TrainingPlaces(recordings: "gym"))
        }
        #expect(error?.description == "gym: expected 1 to 2 of 3 people to leave out, found \(size)")
    }

    @Test("a clip of nobody is refused by name")
    func nobody() throws {
        var motions = ToyMotions.make(clips: 3, seed: 5)
        motions[4].subject = nil
        let error = #expect(throws: TrainingError.self) {
            try CrossValidation(
                motions: motions, recipe: ToyMotions.recipe, subjects: ["0", "1", "2"], leavingOut: 1)
        }
        #expect(error?.file == motions[4].name)
    }

    @Test("mean and spread are those counted by hand, and clips of all folds add up")
    func figures() {
        let parts = [
            Evaluation(classes: ["a", "b"], predictions: [(0, 0, 1), (1, 1, 1)]),
            Evaluation(classes: ["a", "b"], predictions: [(0, 1, 1), (1, 1, 1), (0, 0, 1), (1, 0, 1)]),
        ]
        let folds = parts.map { CrossValidation.Fold(subjects: ["x"], evaluation: $0) }
        #expect(abs(folds.mean - 0.75) < 1e-12)
        #expect(abs(folds.spread - 0.125.squareRoot()) < 1e-12)
        let all = Evaluation(of: parts)
        #expect(all.confusion == [[2, 1], [1, 2]] && all.clips == 6)
        #expect(abs(all.top1 - 4.0 / 6) < 1e-12 && abs(all.ece - 2.0 / 6) < 1e-12)
    }
}
