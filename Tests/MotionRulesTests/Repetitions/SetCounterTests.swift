import Foundation
import MotionRules
import Puppet
import Skeleton
import Testing

struct SetCounterTests {
    private func counter(_ settings: CountingSettings = .init(), explains: Bool = false) throws -> SetCounter {
        let rules = try MotionRuleSet(folder: Performance.folder)
        return SetCounter(exercises: rules.exercises, holds: rules.holds, settings: settings, explains: explains)
    }

    private func repetitions(_ findings: [SetFinding]) -> [Repetition] {
        findings.compactMap { if case .repetition(let found) = $0 { found } else { nil } }
    }

    private func sets(_ findings: [SetFinding]) -> [ExerciseSet] {
        findings.compactMap { if case .set(let found) = $0 { found } else { nil } }
    }

    @Test(
        "rule and motion together tell each repetition once, in one set",
        arguments: [PuppetKind.squat, .pushUp, .jumpingJack])
    func together(kind: PuppetKind) throws {
        var counter = try counter()
        let frames = Performance.frames(kind, repetitions: 6, seed: 3)
        let findings = frames.flatMap { counter.update($0) } + counter.finish()
        let told = repetitions(findings).filter { !$0.isPartial }
        #expect(told.map(\.exercise) == Array(repeating: kind.rawValue, count: 6))
        #expect(told.map(\.index) == Array(1...6))
        let sets = sets(findings)
        #expect(sets.map(\.count) == [6] && sets.first?.exercise == kind.rawValue)
        #expect(sets.first?.start == told.first?.start && sets.first?.end == told.last?.end)
        #expect(sets.first?.isDisputed == false)
    }

    @Test("a single visit of a rule's phases waits for company, unless the exercise is given or recognised")
    func company() throws {
        let frames = Performance.frames(.squat, repetitions: 1, seed: 3)
        var quiet = try counter()
        #expect(repetitions(frames.flatMap { quiet.update($0) } + quiet.finish()).isEmpty)
        var given = CountingSettings()
        given.exercisesAreGiven = true
        var asked = try counter(given)
        #expect(repetitions(frames.flatMap { asked.update($0) } + asked.finish()).map(\.exercise) == ["squat"])
        var recognised = try counter()
        let told = frames.flatMap { recognised.update($0) { _ in ["squat"] } } + recognised.finish()
        #expect(repetitions(told).filter { $0.basis == .rule }.map(\.exercise) == ["squat"])
    }

    @Test("two repetitions alike are a set in every place")
    func place() throws {
        let frames = Performance.frames(.squat, repetitions: 2, seed: 3)
        for place in CountingPlace.allCases {
            var counter = try counter(place.settings)
            #expect(sets(frames.flatMap { counter.update($0) } + counter.finish()).map(\.count) == [2])
        }
    }

    @Test("where several exercises are given, or one that is held, no other is told, whatever the recogniser says")
    func onlyThese() throws {
        let frames = Performance.frames(.jumpingJack, repetitions: 6, seed: 3)
        let rules = try MotionRuleSet(folder: Performance.folder)
        for (names, holds) in [(["push_up", "lunge"], []), ([], ["plank"]), (["squat"], ["plank"])] {
            var counter = SetCounter(
                exercises: rules.exercises.filter { names.contains($0.name) }, holds: rules.holds,
                settings: .given(names, holds: holds))
            let told = frames.flatMap { counter.update($0) { _ in ["jumping_jack"] } } + counter.finish()
            #expect(told.isEmpty, "\(names) \(holds)")
        }
    }

    @Test("two repetitions of very different pace are no set where anything may be done")
    func unlike() throws {
        var frames = Performance.frames(.squat, repetitions: 2, seed: 3)
        let middle = frames[frames.count / 2].presentationTime
        for index in frames.indices where frames[index].presentationTime > middle {
            frames[index].presentationTime = middle + (frames[index].presentationTime - middle) * 4
        }
        var counter = try counter()
        #expect(repetitions(frames.flatMap { counter.update($0) } + counter.finish()).isEmpty)
    }

    @Test("where rule and recogniser give an exercise different names, no set of either begins")
    func disagreement() throws {
        let frames = Performance.frames(.squat, repetitions: 4, seed: 3)
        var counter = try counter()
        let told = frames.flatMap { counter.update($0) { _ in ["jumping_jack"] } } + counter.finish()
        #expect(repetitions(told).isEmpty)
    }

    @Test("motion that moves no joint is nothing that the recogniser says")
    func swaying() throws {
        let still = Performance.frames(.squat, repetitions: 1, seed: 3)[0]
        let frames = (0..<300).map { index in
            var frame = still
            frame.index = index
            frame.presentationTime = .seconds(Double(index) / 30)
            let shift = 0.02 * Float(sin(Double(index) / 6))
            frame.people[0].pose.keypoints = frame.people[0].pose.keypoints.map { keypoint in
                var keypoint = keypoint
                let height = 1 - (keypoint?.y ?? 1)
                keypoint?.x += shift * height
                return keypoint
            }
            return frame
        }
        var counter = try counter()
        let told = frames.flatMap { counter.update($0) { _ in ["leg_raise"] } } + counter.finish()
        #expect(repetitions(told).isEmpty)
    }

    @Test(
        "the course of what was repeated is farthest out at every turning point, and is known within sets alone",
        arguments: [PuppetKind.squat, .jumpingJack])
    func course(kind: PuppetKind) throws {
        var counter = try counter(.workout, explains: true)
        let frames = Performance.frames(kind, repetitions: 6, seed: 3)
        let findings = frames.flatMap { counter.update($0) } + counter.finish()
        let course = try #require(counter.courses.first)
        #expect(counter.courses.count == 1 && course.track == TrackID(1))
        #expect(course.repetitions == repetitions(findings) && course.sets == sets(findings))
        #expect(zip(course.times, course.times.dropFirst()).allSatisfy { $0 < $1 })
        func value(at time: Duration) -> Float {
            let index = course.times.partitioningIndex { $0 >= time }
            return course.values[min(index, course.values.count - 1)]
        }
        let ways = course.repetitions.map { value(at: $0.turningPoint) - max(value(at: $0.start), value(at: $0.end)) }
        #expect(ways.count >= 5 && ways.allSatisfy { $0 > 0.3 }, "\(ways)")
        let outside = zip(course.times, course.values).filter { time, _ in
            course.sets.allSatisfy { time < $0.start - .seconds(2) || time > $0.end + .seconds(2) }
        }
        #expect(outside.allSatisfy { $0.1.isNaN })
    }

    @Test("nothing is noted down where nobody asks")
    func noCourse() throws {
        var counter = try counter()
        let frames = Performance.frames(.squat, repetitions: 4, seed: 3)
        #expect(!(frames.flatMap { counter.update($0) } + counter.finish()).isEmpty)
        #expect(counter.courses.isEmpty)
    }

    @Test("no exercise begins while somebody walks, as the recogniser says")
    func veto() throws {
        let frames = Performance.frames(.squat, repetitions: 4, seed: 3)
        var counter = try counter()
        #expect(repetitions(frames.flatMap { counter.update($0) { _ in ["walk"] } } + counter.finish()).isEmpty)
    }

    @Test("an exercise without a rule is counted by the recogniser's name")
    func recognised() {
        var counter = SetCounter(exercises: [])
        let frames = Performance.frames(.sitUp, repetitions: 6, seed: 3)
        let findings = frames.flatMap { counter.update($0) { _ in ["sit_up"] } } + counter.finish()
        #expect(Set(repetitions(findings).map(\.exercise)) == ["sit_up"])
        #expect((5...7).contains(repetitions(findings).count))
    }

    @Test("quiet settings count nothing that has no name")
    func quiet() {
        var counter = SetCounter(exercises: [])
        let frames = Performance.frames(.sitUp, repetitions: 6, seed: 3)
        #expect(frames.flatMap { counter.update($0) }.isEmpty && counter.finish().isEmpty)
    }

    @Test("where one exercise is given, whatever repeats itself is taken for it")
    func given() {
        var settings = CountingSettings()
        (settings.exercisesAreGiven, settings.onlyExercise) = (true, "knee_lift")
        var counter = SetCounter(exercises: [], settings: settings)
        let frames = Performance.frames(.sitUp, repetitions: 6, seed: 3)
        let findings = frames.flatMap { counter.update($0) } + counter.finish()
        #expect(Set(repetitions(findings).map(\.exercise)) == ["knee_lift"])
    }

    @Test("a pause ends a set, and the next one says how long the rest was")
    func rest() throws {
        let first = Performance.frames(.squat, repetitions: 4, seed: 3)
        let pause = 300
        let still = first[first.count - 1]
        let frames = (first + Array(repeating: still, count: pause) + first).enumerated().map { index, frame in
            var frame = frame
            frame.index = index
            frame.presentationTime = .seconds(Double(index) / 30)
            return frame
        }
        var counter = try counter()
        let sets = sets(frames.flatMap { counter.update($0) } + counter.finish())
        #expect(sets.map(\.count) == [4, 4] && sets.map(\.number) == [1, 2])
        #expect(sets.first?.rest == nil)
        #expect((sets.last?.rest ?? .zero) > .seconds(10))
    }

    @Test("who may be another person from now on begins a set of their own")
    func doubt() throws {
        var counter = try counter()
        let frames = Performance.frames(.jumpingJack, repetitions: 8, seed: 3)
        var findings: [SetFinding] = []
        for frame in frames {
            findings += counter.update(frame)
            if frame.index == frames.count / 2 { findings += counter.doubt(TrackID(1)) }
        }
        findings += counter.finish()
        #expect(sets(findings).count == 2)
        #expect(repetitions(findings).count >= 6)
    }

    @Test(
        "a set lasts from its first repetition to its last, in whatever order they were told", arguments: UInt64(1)...4)
    func extent(seed: UInt64) throws {
        for kind in [PuppetKind.armRaise, .bend, .lunge, .sitUp] {
            var counter = try counter(.workout)
            let frames = Performance.frames(kind, repetitions: 6, azimuth: Float(seed), rate: 10, seed: seed)
            let findings = frames.flatMap { counter.update($0) } + counter.finish()
            for set in sets(findings) {
                let own = repetitions(findings).filter { $0.set == set.number }
                #expect(set.start == own.map(\.start).min() && set.end == own.map(\.end).max())
                #expect(set.start < set.end)
            }
            let told = sets(findings)
            #expect(zip(told, told.dropFirst()).allSatisfy { $0.end <= $1.start && $1.rest == $1.start - $0.end })
        }
    }

    @Test("a plank is told by the seconds it is held")
    func plank() throws {
        let pushUp = Performance.frames(.pushUp, repetitions: 1, seed: 3)[0]
        let frames = (0..<300).map { index in
            var frame = pushUp
            frame.index = index
            frame.presentationTime = .seconds(Double(index) / 30)
            return frame
        }
        var counter = try counter()
        let sets = sets(frames.flatMap { counter.update($0) } + counter.finish())
        #expect(sets.map(\.exercise) == ["plank"])
        #expect((sets.first?.held ?? .zero) > .seconds(9))
    }
}
