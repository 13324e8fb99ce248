import MotionRules
import Puppet
import Skeleton
import Testing

/// Sets of puppets, whose range, tempo and faults are known.
struct PuppetSetCountingTests {
    private static let level = PuppetCamera(azimuth: 0.4, distance: 4, height: 1, aim: 1)

    private func rule(_ exercise: PuppetExercise) throws -> Exercise {
        try #require(
            MotionRuleSet(folder: Performance.folder).exercises.first { $0.name == exercise.rawValue })
    }

    private func value(_ measure: Measure, of skeleton: PuppetSkeleton) -> Float {
        var measurer = Measurer(measures: [measure])
        measurer.update(Self.level.pose(of: skeleton), aspectRatio: Self.level.aspectRatio, at: .zero)
        return measurer.values[0]?.value ?? 0
    }

    private func set(
        _ exercise: PuppetExercise, fault: PuppetFault? = nil, shares: [Int: Float] = [:], seed: UInt64
    ) throws -> PuppetSet {
        let measure = try rule(exercise).range.measure
        return PuppetSet(exercise, fault: fault, count: 6, shares: shares, seed: seed) { value(measure, of: $0) }
    }

    private func told(_ set: PuppetSet, azimuth: Float) throws -> [Repetition] {
        var settings = CountingSettings()
        (settings.exercisesAreGiven, settings.onlyExercise) = (true, set.exercise.rawValue)
        var counter = SetCounter(exercises: [try rule(set.exercise)], settings: settings)
        // Level, so that what is upright in the picture is.
        let height = set.skeleton(at: 0).pelvis.y + 0.05
        let camera = PuppetView(azimuth: azimuth, height: height).camera(aim: height)
        var findings: [SetFinding] = []
        for index in 0..<Int(set.duration * 30) {
            let time = Double(index) / 30
            let pose = camera.pose(of: set.skeleton(at: time))
            findings += counter.update(
                SkeletonFrame(
                    camera: "stage", index: index, presentationTime: .seconds(time), aspectRatio: camera.aspectRatio,
                    people: [TrackedPose(track: TrackID(1), pose: pose)]))
        }
        findings += counter.finish()
        return findings.compactMap { if case .repetition(let found) = $0 { found } else { nil } }
    }

    private func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    @Test(
        "range and tempo are those of the puppet",
        arguments: [PuppetExercise.squat, .pushUp, .jumpingJack, .legRaise, .bicepCurl, .lateralRaise])
    func truth(exercise: PuppetExercise) throws {
        let set = try set(exercise, seed: 21)
        let measure = try rule(exercise).range.measure
        let found = try told(set, azimuth: exercise.isSideways ? 0.3 : 1.2).filter { $0.basis == .rule }
        #expect(found.count >= 5)
        var (ranges, outs, backs): ([Double], [Double], [Double]) = ([], [], [])
        for repetition in found {
            let turn = repetition.turningPoint.inSeconds
            let real = try #require(
                set.repetitions.min { abs($0.turnStart - turn) < abs($1.turnStart - turn) })
            #expect((real.turnStart - 0.15...real.turnEnd + 0.15).contains(turn))
            let width = abs(
                value(measure, of: set.skeleton(at: real.turnStart)) - value(measure, of: set.skeleton(at: real.start)))
            ranges.append(abs(Double((repetition.rangeOfMotion ?? 0) - width)))
            // Shapes of movements differ: a tenth of the time, and some frames.
            outs.append(
                abs(turn - real.start - repetition.outward.inSeconds) - 0.12 * (real.turnStart - real.start))
            backs.append(abs(real.end - turn - repetition.inward.inSeconds) - 0.12 * (real.end - real.turnEnd))
        }
        #expect(middle(ranges) < 5, "\(ranges)")
        #expect(middle(outs) < 0.1 && middle(backs) < 0.1, "\(outs) \(backs)")
    }

    @Test("what goes half as far in a set is told as partial, and not counted", arguments: UInt64(1)...3)
    func partial(seed: UInt64) throws {
        for exercise in [PuppetExercise.pushUp, .jumpingJack, .deadlift] {
            let set = try set(exercise, shares: [3: 0.55], seed: seed)
            let found = try told(set, azimuth: exercise.isSideways ? 0.3 : 1.2)
            let partial = found.filter(\.isPartial)
            #expect(partial.count == 1 && found.count { !$0.isPartial } == 5, "\(exercise)")
            let turn = partial.first?.turningPoint.inSeconds ?? 0
            #expect((set.repetitions[3].start...set.repetitions[3].end).contains(turn), "\(exercise)")
        }
    }

    @Test(
        "a fault that the puppet shows is told, and no good form has it",
        arguments: [
            PuppetFault.squatKneesIn, .squatLeaning, .lungeLeaning, .pushUpHips, .legRaiseKnees, .jackArms,
            .squatTooShallow, .lungeKneeOverToe,
        ])
    func faults(fault: PuppetFault) throws {
        let azimuth: Float = fault.isSideways ? 0.3 : 1.2
        let bad = try told(set(fault.exercise, fault: fault, seed: 5), azimuth: azimuth).filter { $0.basis == .rule }
        #expect(bad.count >= 4)
        #expect(bad.allSatisfy { $0.faults.contains { $0.name == fault.name } })
        let good = try told(set(fault.exercise, seed: 5), azimuth: azimuth)
        #expect(good.allSatisfy { !$0.faults.contains { $0.name == fault.name } })
    }
}
