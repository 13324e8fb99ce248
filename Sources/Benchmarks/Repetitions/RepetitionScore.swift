import Foundation
import MotionRules
import Puppet
import Skeleton

/// How well counting agrees with the truth about puppets.
struct RepetitionScore {
    /// Right, false and missed ones of something.
    struct Tally {
        var hits = 0
        var found = 0
        var truths = 0

        var precision: Double { found > 0 ? Double(hits) / Double(found) : 1 }
        var recall: Double { truths > 0 ? Double(hits) / Double(truths) : 1 }
        var f1: Double { truths + found > 0 ? 2 * Double(hits) / Double(truths + found) : 1 }
    }

    /// Errors of what was told of repetitions in full: degrees and seconds.
    struct Errors {
        var range: [Double] = []
        var out: [Double] = []
        var back: [Double] = []
        var turn: [Double] = []
        /// From the true end, and from the true turning point, until it was told.
        var delay: [Double] = []
        var delayAfterTurn: [Double] = []
    }

    /// Of one exercise.
    struct Entry {
        var sets = 0
        /// Sets counted within one, with the exercise given and unknown; those named rightly.
        var within = 0
        var withinUnknown = 0
        var named = 0
        /// Sum of the counts' errors over the true numbers, exercise given.
        var error = 0.0
        var errors = Errors()
        var partials = Tally()
    }

    private(set) var entries: [PuppetExercise: Entry] = [:]
    private(set) var byView: [SetTape.View: Errors] = [:]
    private(set) var faults: [PuppetFault: Tally] = [:]
    /// The same, where it is seen well.
    private(set) var wellSeen: [PuppetFault: Tally] = [:]
    /// How many sets were counted within one at a rate, or with dropped frames; and what was counted there.
    private(set) var rates: [String: (within: Int, sets: Int)] = [:]

    /// Adds a set in good form.
    mutating func add(_ tape: SetTape, given: RepetitionTrial, unknown: RepetitionTrial) {
        let full = tape.truth.count { !$0.isPartial }
        var entry = entries[tape.set.exercise] ?? Entry()
        entry.sets += 1
        if abs(given.count - full) <= 1 { entry.within += 1 }
        if abs(unknown.count - full) <= 1 { entry.withinUnknown += 1 }
        if unknown.name == tape.set.exercise.rawValue { entry.named += 1 }
        entry.error += Double(abs(given.count - full)) / Double(full)
        Self.add(given, tape.truth, to: &entry.errors)
        Self.add(given, tape.truth, to: &byView[tape.view, default: Errors()])
        entry.partials.truths += tape.truth.count { $0.isPartial }
        for told in given.told where told.repetition.isPartial {
            entry.partials.found += 1
            if let truth = told.truth, tape.truth[truth].isPartial { entry.partials.hits += 1 }
        }
        entries[tape.set.exercise] = entry
        for fault in PuppetFault.allCases where fault.exercise == tape.set.exercise { add(fault, tape, given) }
    }

    /// Adds a set with a fault, or for what is falsely told of one without.
    mutating func add(_ fault: PuppetFault, _ tape: SetTape, _ trial: RepetitionTrial) {
        var tally = Tally()
        if tape.set.fault == fault { tally.truths = tape.truth.count { !$0.isPartial } }
        for told in trial.told where told.repetition.faults.contains(where: { $0.name == fault.name }) {
            if let truth = told.truth, tape.truth[truth].isPartial { continue }
            tally.found += 1
            if tape.set.fault == fault, told.truth != nil { tally.hits += 1 }
        }
        faults[fault, default: Tally()].add(tally)
        let isWellSeen = fault.isSideways ? tape.view != .side : tape.view != .front
        if isWellSeen { wellSeen[fault, default: Tally()].add(tally) }
    }

    /// Adds a count at a rate.
    mutating func add(_ name: String, count: Int, of tape: SetTape) {
        let full = tape.truth.count { !$0.isPartial }
        rates[name, default: (0, 0)].sets += 1
        if abs(count - full) <= 1 { rates[name]?.within += 1 }
    }

    /// Adds whether live, file and replay came to one count.
    mutating func addAgreement(_ isSame: Bool) {
        rates["live, file and replay alike", default: (0, 0)].sets += 1
        if isSame { rates["live, file and replay alike"]?.within += 1 }
    }

    private static func add(_ trial: RepetitionTrial, _ truths: [SetTape.Truth], to errors: inout Errors) {
        for told in trial.told where !told.repetition.isPartial {
            guard let index = told.truth, !truths[index].isPartial else { continue }
            let (truth, repetition) = (truths[index], told.repetition)
            let turn = repetition.turningPoint.inSeconds
            if let range = repetition.rangeOfMotion, repetition.basis == .rule {
                errors.range.append(Double(abs(range - truth.range)))
            }
            let (first, last) = (truth.turn.lowerBound, truth.turn.upperBound)
            errors.turn.append(max(0, first - turn, turn - last))
            let (out, back) = (repetition.outward.inSeconds, repetition.inward.inSeconds)
            errors.out.append(max(0, first - truth.start - out, out - (last - truth.start)))
            errors.back.append(max(0, truth.end - last - back, back - (truth.end - first)))
            // What is told together with the first ones waited for company.
            if repetition.frame > 0, told.time - repetition.end.inSeconds < 1 {
                errors.delay.append(told.time - truth.end)
                errors.delayAfterTurn.append(told.time - last)
            }
        }
    }
}

extension RepetitionScore.Tally {
    fileprivate mutating func add(_ other: Self) {
        hits += other.hits
        found += other.found
        truths += other.truths
    }
}
