/// Trains once for every group of people left out, and measures each model on those it has not seen.
package struct CrossValidation {
    /// One training.
    package struct Fold: Sendable {
        /// Who was left out.
        package let subjects: [String]
        package let evaluation: Evaluation

        package init(subjects: [String], evaluation: Evaluation) {
            self.subjects = subjects
            self.evaluation = evaluation
        }
    }

    package let folds: [[String]]
    private let motions: [LabelledMotion]
    private let recipe: Recipe
    private let places: TrainingPlaces

    /// - Parameters:
    ///   - motions: each with a subject.
    ///   - size: how many people a fold leaves out: neighbours in the list of all, which goes round, so that everybody
    ///     is left out equally often.
    ///   - places: what errors call where all this comes from.
    package init(
        motions: [LabelledMotion], recipe: Recipe, subjects: [String], leavingOut size: Int,
        places: TrainingPlaces = TrainingPlaces()
    ) throws(TrainingError) {
        if let clip = motions.first(where: { $0.subject == nil }) {
            throw TrainingError(file: clip.name, "expected a subject for every clip, found none")
        }
        let subjects = subjects.filter { subject in motions.contains { $0.subject == subject } }
        try Self.check(size, of: subjects.count, places: places)
        folds = subjects.indices.map { first in (0..<size).map { subjects[(first + $0) % subjects.count] } }
        self.motions = motions
        self.recipe = recipe
        self.places = places
    }

    /// Errs where so many people cannot be left out and others be left.
    package static func check(_ size: Int, of people: Int, places: TrainingPlaces) throws(TrainingError) {
        let file = places.recordings ?? places.recipe
        guard people > 1 else {
            throw TrainingError(file: file, "expected at least 2 people, to leave some out, found \(people)")
        }
        guard 1..<people ~= size else {
            throw TrainingError(
                file: file, "expected 1 to \(people - 1) of \(people) people to leave out, found \(size)")
        }
    }

    /// The training of one fold, and what to measure its model on.
    package func run(
        fold: Int, output: String
    ) throws(TrainingError) -> (training: TrainingRun, test: [LabelledMotion]) {
        let people = folds[fold]
        let isTest = { (motion: LabelledMotion) in people.contains(motion.subject ?? "") }
        let test = motions.filter(isTest)
        let training = try TrainingRun(
            motions: motions.filter { !isTest($0) }, recipe: recipe, output: output, places: places)
        return (training, test)
    }
}

extension [CrossValidation.Fold] {
    /// Mean of the folds' shares of clips classified correctly.
    package var mean: Double { reduce(0) { $0 + $1.evaluation.top1 } / Double(Swift.max(1, count)) }

    /// Their standard deviation over the folds; 0 for a single one.
    package var spread: Double {
        guard count > 1 else { return 0 }
        let mean = mean
        let squares = reduce(0) { $0 + ($1.evaluation.top1 - mean) * ($1.evaluation.top1 - mean) }
        return (squares / Double(count - 1)).squareRoot()
    }
}
