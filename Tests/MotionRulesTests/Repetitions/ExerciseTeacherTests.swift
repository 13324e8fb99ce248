import MotionRules
import Puppet
import Skeleton
import Testing

struct ExerciseTeacherTests {
    private func lesson(_ frames: [SkeletonFrame]) throws -> ExerciseTeacher.Lesson {
        var teacher = ExerciseTeacher()
        for frame in frames { teacher.take(frame) }
        return try teacher.lesson(named: "taught")
    }

    @Test(
        "a rule made from four repetitions counts them and those of others",
        arguments: [PuppetKind.squat, .jumpingJack])
    func taught(kind: PuppetKind) throws {
        let lesson = try lesson(Performance.frames(kind, repetitions: 4, azimuth: 1.2, seed: 3))
        #expect(lesson.counted >= 3, "\(lesson.text)")
        var counter = RepetitionCounter(exercises: [lesson.exercise])
        let others = Performance.frames(kind, repetitions: 5, azimuth: 1.2, seed: 8).flatMap { counter.update($0) }
        #expect((4...6).contains(others.count), "\(others.count) by\n\(lesson.text)")
    }

    @Test("the rule's text is read as the same rule")
    func text() throws {
        let lesson = try lesson(Performance.frames(.squat, repetitions: 4, seed: 3))
        #expect(try MotionRule(yaml: lesson.text, file: "taught.yaml") == .exercise(lesson.exercise))
    }

    @Test("too few repetitions, or nobody, teach nothing")
    func failures() {
        #expect(throws: ExerciseTeacher.Failure.nobody) { try lesson([]) }
        #expect(throws: ExerciseTeacher.Failure.repetitions(0)) {
            try lesson(Performance.frames(.stand, repetitions: 4, seed: 3))
        }
    }
}
