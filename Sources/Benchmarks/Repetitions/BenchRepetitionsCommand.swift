import ArgumentParser
import Foundation
import LabanCommands
import LabanServer
import MotionRules
import Puppet
import Skeleton

/// `Benchmarks repetitions`: how well repetitions, their range, tempo and faults agree with the truth about puppets.
struct BenchRepetitionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repetitions",
        abstract: "Measure counting, range, tempo, partial repetitions and faults on puppets, whose truth is known.",
        discussion: """
            Puppets of all builds do sets of six to ten repetitions, seen from the front, diagonally and from the side, \
            from near and far, at all paces: in good form, some of the sets with two repetitions that go only 40 to 70 % \
            as far, and as often with one fault on purpose. They are seen with the errors of pose networks (picture) or \
            without any (exact), at 30 frames a second. The true range is that of the same measure on the exact \
            skeleton. Medians of the errors are printed, with the share within 5 degrees, 0.1 s, and 0.3 s. A \
            fault is well seen from the side and diagonally, or, where it is sideways, from the front and diagonally.

            Examples:
              swift run -c release Benchmarks repetitions                    twelve sets of each kind
              swift run -c release Benchmarks repetitions --source exact     without errors of pose networks
              swift run -c release Benchmarks repetitions --sets 30 --json   one JSON object
            """)

    @Option(help: "What the skeletons are: exact, picture, flat (the picture alone) or lifted.")
    var source = SetTape.Source.picture

    @Option(help: "Sets of each kind.")
    var sets = 12

    @Option(help: "The first set's seed; the others follow.")
    var seed: UInt64 = 5000

    @Option(parsing: .singleValue, help: "Only this exercise; may be given several times.")
    var exercise: [String] = []

    @Option(help: "Folder of rules instead of Laban's own.")
    var gestures: String?

    @Flag(help: "Also print each set that was miscounted and each fault that was missed or is false.")
    var notes = false

    @Flag(help: "Print one JSON object, and nothing else.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(sets) else { throw ValidationError("--sets: expected 1 to 10000, found \(sets)") }
        if let stranger = exercise.first(where: { PuppetExercise(rawValue: $0) == nil }) {
            let known = PuppetExercise.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--exercise: expected one of \(known), found '\(stranger)'")
        }
    }

    func run() throws {
        let rules = try GestureFolder(named: gestures).rules.exercises
        let kinds = PuppetExercise.allCases.filter { exercise.isEmpty || exercise.contains($0.rawValue) }
        var score = RepetitionScore()
        var bar = ProgressBar("repetitions", total: kinds.count, unit: "exercises")
        for (index, kind) in kinds.enumerated() {
            guard let rule = rules.first(where: { $0.name == kind.rawValue }) else {
                throw ValidationError("expected a rule '\(kind.rawValue)', found none")
            }
            try measure(kind, by: rule, among: rules, into: &score)
            bar.update(count: index + 1)
        }
        bar.finish()
        let report = RepetitionReport(score, source: source, seed: seed)
        try json ? StandardOutput.print(report.jsonLine()) : StandardOutput.print(report.text, terminator: "")
    }

    private func measure(
        _ kind: PuppetExercise, by rule: Exercise, among rules: [Exercise], into score: inout RepetitionScore
    ) throws {
        for number in 0..<sets {
            let view = SetTape.View.allCases[number % 3]
            func tape(_ fault: PuppetFault?, partials: Int, _ salt: UInt64) -> SetTape {
                SetTape(
                    kind, fault: fault, partials: partials, view: view, source: source, exercise: rule,
                    seed: (seed &+ UInt64(number)) &* 64 &+ salt)
            }
            for (salt, partials) in [0, 2].enumerated() {
                let good = tape(nil, partials: partials, UInt64(salt))
                let frames = good.frames(rate: 30)
                let given = RepetitionTrial(frames, rules: [rule], isGiven: true, truth: good.truth)
                let unknown = RepetitionTrial(frames, rules: rules, isGiven: false, truth: good.truth)
                score.add(good, given: given, unknown: unknown)
                try note(good, given)
                if partials == 0 { try watch(good, rule, into: &score) }
            }
            for (salt, fault) in PuppetFault.allCases.enumerated() where fault.exercise == kind {
                let bad = tape(fault, partials: 0, UInt64(8 + salt))
                let trial = RepetitionTrial(bad.frames(rate: 30), rules: [rule], isGiven: true, truth: bad.truth)
                score.add(fault, bad, trial)
                try note(bad, trial)
            }
        }
    }

    /// The same set at other rates and in other ways.
    private func watch(_ tape: SetTape, _ rule: Exercise, into score: inout RepetitionScore) throws {
        for rate in [10, 15, 20, 30, 60] {
            let trial = RepetitionTrial(tape.frames(rate: rate), rules: [rule], isGiven: true, truth: tape.truth)
            score.add("\(rate) frames/s", count: trial.count, of: tape)
        }
        let dropped = RepetitionTrial(
            tape.frames(rate: 30, dropping: 0.2), rules: [rule], isGiven: true, truth: tape.truth)
        score.add("30 frames/s, a fifth dropped", count: dropped.count, of: tape)
        let counts = try WaysOfCounting(rule: rule).counts(tape.frames(rate: 30))
        score.add("live", count: counts.live, of: tape)
        score.add("from a file", count: counts.file, of: tape)
        score.add("replayed", count: counts.replay, of: tape)
        score.addAgreement(counts.live == counts.file && counts.live == counts.replay)
    }

    private func note(_ tape: SetTape, _ trial: RepetitionTrial) throws {
        guard notes else { return }
        let told = trial.told.map { told in
            let repetition = told.repetition
            let truth = told.truth.map { tape.truth[$0] }
            return String(
                format: "%@%@ %.2f/%.2f/%.2f %@ range %.0f/%.0f %@", told.truth.map { "\($0)" } ?? "-",
                repetition.isPartial ? "p" : "", repetition.start.inSeconds - (truth?.start ?? 0),
                repetition.turningPoint.inSeconds - (truth?.turn.lowerBound ?? 0),
                repetition.end.inSeconds - (truth?.end ?? 0), repetition.basis.rawValue,
                repetition.rangeOfMotion ?? 0, truth?.range ?? 0,
                repetition.faults.map { "\($0.name)=\($0.value)" }.joined(separator: ","))
        }
        try StandardOutput.print(
            "\(tape.set.exercise.rawValue) \(tape.set.fault?.name ?? "-") \(tape.view.rawValue): \(tape.truth.count) of them partial "
                + tape.truth.indices.filter { tape.truth[$0].isPartial }.map { "\($0)" }.joined(separator: ",")
                + "\n  " + told.joined(separator: "\n  "))
    }
}

extension SetTape.Source: ExpressibleByArgument {}
