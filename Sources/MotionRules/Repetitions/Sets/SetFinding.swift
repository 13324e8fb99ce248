/// What counting gives: repetitions as they are known, and sets as they are over.
package enum SetFinding: Sendable, Hashable {
    case repetition(Repetition)
    case set(ExerciseSet)
}
