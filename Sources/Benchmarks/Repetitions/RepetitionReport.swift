import Foundation
import LabanCommands
import Puppet

/// What `Benchmarks repetitions` measured.
struct RepetitionReport: Encodable {
    /// A median, and the share of all that is within an aim.
    struct Spread: Encodable {
        let median: Double
        let within: Double

        init(_ values: [Double], aim: Double) {
            median = values.isEmpty ? 0 : values.sorted()[values.count / 2]
            within = values.isEmpty ? 0 : Double(values.count { $0 <= aim }) / Double(values.count)
        }

        func text(_ scale: Double, _ digits: Int) -> String {
            String(format: "%.\(digits)f (%.2f)", median * scale, within)
        }
    }

    /// Errors of range in degrees and of times in seconds, with the shares within 5°, 0.1 s and 0.3 s.
    struct Errors: Encodable {
        let range: Spread
        let out: Spread
        let back: Spread
        let turn: Spread
        let delay: Spread
        let delayAfterTurn: Spread

        init(_ errors: RepetitionScore.Errors) {
            range = Spread(errors.range, aim: 5)
            out = Spread(errors.out, aim: 0.1)
            back = Spread(errors.back, aim: 0.1)
            turn = Spread(errors.turn, aim: 0.1)
            delay = Spread(errors.delay, aim: 0.3)
            delayAfterTurn = Spread(errors.delayAfterTurn, aim: 0.3)
        }

        static let headings = ["RANGE deg (<5)", "OUT ms (<100)", "BACK ms", "TURN ms", "TOLD AFTER END s (<0.3)"]

        var texts: [String] {
            [range.text(1, 1), out.text(1000, 0), back.text(1000, 0), turn.text(1000, 0), delay.text(1, 2)]
        }
    }

    struct Row: Encodable {
        let exercise: String
        let sets: Int
        let obo: Double
        let mae: Double
        let unknownOBO: Double
        let named: Double
        let errors: Errors
    }

    struct Score: Encodable {
        let name: String
        let truths: Int
        let found: Int
        let precision: Double
        let recall: Double
        let f1: Double
        /// Where it is seen well; nil of partial ones.
        let wellSeenF1: Double?

        init(_ name: String, _ tally: RepetitionScore.Tally, wellSeen: RepetitionScore.Tally? = nil) {
            self.name = name
            truths = tally.truths
            found = tally.found
            precision = tally.precision
            recall = tally.recall
            f1 = tally.f1
            wellSeenF1 = wellSeen?.f1
        }
    }

    let source: String
    let seed: UInt64
    let exercises: [Row]
    let views: [String: Errors]
    let partials: [Score]
    let faults: [Score]
    /// Share of sets counted within one.
    let rates: [String: Double]

    init(_ score: RepetitionScore, source: SetTape.Source, seed: UInt64) {
        self.source = source.rawValue
        self.seed = seed
        let entries = PuppetExercise.allCases.compactMap { kind in score.entries[kind].map { (kind, $0) } }
        exercises = entries.map { kind, entry in
            let sets = Double(entry.sets)
            return Row(
                exercise: kind.rawValue, sets: entry.sets, obo: Double(entry.within) / sets, mae: entry.error / sets,
                unknownOBO: Double(entry.withinUnknown) / sets, named: Double(entry.named) / sets,
                errors: Errors(entry.errors))
        }
        views = Dictionary(uniqueKeysWithValues: score.byView.map { ($0.rawValue, Errors($1)) })
        let all = entries.reduce(into: RepetitionScore.Tally()) { sum, entry in
            sum.hits += entry.1.partials.hits
            sum.found += entry.1.partials.found
            sum.truths += entry.1.partials.truths
        }
        partials = entries.map { Score($0.rawValue, $1.partials) } + [Score("all", all)]
        faults = PuppetFault.allCases.compactMap { fault in
            score.faults[fault].map { Score(fault.rawValue, $0, wellSeen: score.wellSeen[fault]) }
        }
        rates = score.rates.mapValues { Double($0.within) / Double($0.sets) }
    }

    func jsonLine() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var text: String {
        var table = TextTable(
            [
                ("EXERCISE", .left), ("SETS", .right), ("OBO", .right), ("MAE", .right), ("UNKNOWN", .right),
                ("NAMED", .right),
            ] + Errors.headings.map { ($0, .right) })
        for row in exercises {
            table.append(
                [row.exercise, "\(row.sets)", row.obo.text, row.mae.text, row.unknownOBO.text, row.named.text]
                    + row.errors.texts)
        }
        for (view, errors) in views.sorted(by: { $0.key < $1.key }) {
            table.append(["from the \(view)", "", "", "", "", ""] + errors.texts)
        }
        var scores = TextTable([
            ("PARTIAL, FAULT", .left), ("TRUE", .right), ("FOUND", .right), ("PRECISION", .right), ("RECALL", .right),
            ("F1", .right), ("WELL SEEN", .right),
        ])
        for score in partials + faults {
            scores.append([
                score.name, "\(score.truths)", "\(score.found)", score.precision.text, score.recall.text,
                score.f1.text, score.wellSeenF1?.text ?? "",
            ])
        }
        var counts = TextTable([("WATCHED", .left), ("OBO", .right)])
        for (name, share) in rates.sorted(by: { $0.key < $1.key }) { counts.append([name, share.text]) }
        return [table.text, scores.text, counts.text].joined(separator: "\n")
    }
}

extension Double {
    /// As a share.
    fileprivate var text: String { String(format: "%.3f", self) }
}
