import MotionRules
import Puppet
import Skeleton
import Testing

struct FormFaultTests {
    private func exercise(_ faults: String) throws -> Exercise {
        let text = """
            exercise: half_squat
            phases:
              - name: up
                when: {measure: hip_drop, below: 0.1, release: 0.12}
              - name: down
                when: {measure: hip_drop, above: 0.18, release: 0.15}
            range: {measure: knee, falls: 20}
            faults:
            \(faults)
            """
        guard case .exercise(let exercise) = try MotionRule(yaml: text, file: "r.yaml") else {
            throw CancellationError()
        }
        return exercise
    }

    private func repetitions(_ exercise: Exercise, hiding joints: [String] = []) -> [Repetition] {
        var counter = RepetitionCounter(exercises: [exercise])
        return Performance.frames(.squat, repetitions: 3, seed: 3).flatMap { frame in
            var frame = frame
            for person in frame.people.indices {
                for joint in joints {
                    guard let index = frame.people[person].pose.topology.index(of: joint) else { continue }
                    if !frame.people[person].pose.keypoints.isEmpty {
                        frame.people[person].pose.keypoints[index] = nil
                    }
                    if !frame.people[person].pose.worldPoints.isEmpty {
                        frame.people[person].pose.worldPoints[index] = nil
                    }
                }
            }
            return counter.update(frame)
        }
    }

    @Test("a fault is told with the measure that shows it, its worst value and when")
    func seen() throws {
        let exercise = try exercise(
            "  - {name: deep, says: the knees bend far, joint: knee, in: down, when: {measure: knee, below: 140, release: 145}}"
        )
        let found = repetitions(exercise)
        #expect(found.count == 3)
        for repetition in found {
            let fault = try #require(repetition.faults.first)
            #expect(fault.name == "deep" && fault.joint == "knee" && fault.measure == "knee" && fault.unit == .degrees)
            #expect(fault.value < 140)
            #expect((repetition.start...repetition.end).contains(fault.time))
            #expect(repetition.unjudged.isEmpty)
        }
    }

    @Test("what does not happen is no fault")
    func absent() throws {
        let exercise = try exercise(
            "  - {name: lying, says: the person lies, when: {measure: torso, above: 80, release: 75}}")
        #expect(repetitions(exercise).allSatisfy { $0.faults.isEmpty && $0.unjudged.isEmpty })
    }

    @Test("a fault may be that something never holds, or that something moves")
    func lacking() throws {
        let exercise = try exercise(
            """
              - {name: shallow, says: not deep, unless: {measure: knee, below: 20, release: 25}}
              - {name: deep, says: deep, unless: {measure: knee, below: 150, release: 155}}
              - {name: bending, says: the knees bend, moves: {measure: knee, at_least: 30}}
              - {name: folding, says: the body folds, moves: {measure: knee, at_least: 170}}
            """)
        let found = repetitions(exercise)
        #expect(found.count == 3)
        for repetition in found {
            #expect(repetition.faults.map(\.name) == ["shallow", "bending"])
            #expect((repetition.faults.last?.value ?? 0) > 30)
        }
    }

    @Test("a fault whose joints are not seen cannot be judged")
    func unjudged() throws {
        let exercise = try exercise(
            "  - {name: arms, says: the arms hang, when: {measure: elbow, above: 10, release: 5}}")
        let found = repetitions(exercise, hiding: ["leftWrist", "rightWrist"])
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.faults.isEmpty && $0.unjudged == ["arms"] })
    }

    @Test(
        "a wrong fault is refused at its place",
        arguments: [
            (
                "  - {name: a, says: b, in: middle, when: {measure: knee, below: 90, release: 95}}",
                "expected a phase of this exercise"
            ),
            ("  - {name: a, when: {measure: knee, below: 90, release: 95}}", "says"),
            ("  - {name: a, says: b}", "expected one of 'when', 'unless' and 'moves', found none"),
            (
                "  - {name: a, says: b, moves: {measure: knee, at_least: 9}, unless: {measure: knee, below: 90, release: 95}}",
                "found 'unless' and 'moves'"
            ),
            ("  - {name: a, says: b, when: {measure: kne, below: 90, release: 95}}", "nearest: "),
            (
                "  - {name: a, says: b, when: {measure: knee, below: 90, release: 95}}\n"
                    + "  - {name: a, says: c, when: {measure: hip, below: 90, release: 95}}", "a name of its own"
            ),
        ])
    func refused(faults: String, message: String) {
        let error = #expect(throws: (any Error).self) { try exercise(faults) }
        #expect("\(String(describing: error))".contains(message))
    }
}
