import MotionRules
import Pipeline

extension PipelineParts {
    /// Looks for what a rule describes.
    mutating func add(_ rule: MotionRule) {
        switch rule {
        case .exercise(let exercise):
            exercises.append(exercise)
            counting?.exercisesAreGiven = true
        case .hold(let hold): holds.append(hold)
        case .gesture(let gesture): gestures.append(gesture)
        }
    }
}
