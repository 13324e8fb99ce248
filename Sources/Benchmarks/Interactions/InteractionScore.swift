import Foundation
import Interaction
import Puppet
import Skeleton

/// How well what was found between people agrees with the truth, by label.
///
/// Found and true count as the same from an overlap of 0.25 (intersection over union of their times) on, between the
/// same two people, whichever way round.
struct InteractionScore {
    struct Entry {
        var truths = 0
        var found = 0
        var hits = 0
        /// Hits of one-sided interactions, and those that say rightly who does it.
        var oneSided = 0
        var rightWay = 0
        /// From the true beginning to the report, in seconds.
        var delays: [Double] = []
        /// Of everything found: what it was said to be worth, and whether it was right.
        var verdicts: [(confidence: Float, isRight: Bool)] = []

        var precision: Double { found > 0 ? Double(hits) / Double(found) : 1 }
        var recall: Double { truths > 0 ? Double(hits) / Double(truths) : 1 }
        var f1: Double { truths + found > 0 ? 2 * Double(hits) / Double(truths + found) : 1 }
        var medianDelay: Double? {
            delays.isEmpty ? nil : delays.sorted()[delays.count / 2]
        }
    }

    private(set) var entries: [String: Entry] = [:]
    private(set) var seconds = 0.0
    /// What was found that is not so, and what is so that was not found.
    private(set) var notes: [String] = []

    static let overlap = 0.25

    mutating func add(_ trial: InteractionTrial, named name: String) {
        seconds += trial.seconds
        var free = Set(trial.truth.indices)
        for row in trial.truth { entries[row.label, default: Entry()].truths += 1 }
        for found in trial.found.sorted(by: { $0.start < $1.start }) {
            let match =
                free.filter { index in
                    let row = trial.truth[index]
                    return row.label == found.label
                        && Set([row.track.value, row.other.value]) == Set([found.who, found.whom])
                }
                .map { ($0, Self.intersectionOverUnion(found, trial.truth[$0])) }
                .max { ($0.1, $1.0) < ($1.1, $0.0) }
            var entry = entries[found.label] ?? Entry()
            entry.found += 1
            if let (index, overlap) = match, overlap >= Self.overlap {
                let row = trial.truth[index]
                free.remove(index)
                entry.hits += 1
                entry.delays.append(found.reported - row.start.inSeconds)
                entry.verdicts.append((found.confidence, true))
                if !row.isMutual {
                    entry.oneSided += 1
                    if row.track.value == found.who { entry.rightWay += 1 }
                }
            } else {
                entry.verdicts.append((found.confidence, false))
                notes.append(
                    String(
                        format: "%@ false %@ %d-%d %.2f-%.2f conf %.2f", name, found.label, found.who, found.whom,
                        found.start, found.end, found.confidence))
            }
            entries[found.label] = entry
        }
        for index in free.sorted() {
            let row = trial.truth[index]
            notes.append(
                String(
                    format: "%@ missed %@ %@-%@ %.2f-%.2f", name, row.label, "\(row.track)", "\(row.other)",
                    row.start.inSeconds, row.end.inSeconds))
        }
    }

    /// Mean distance between confidence and the share that is right, in five bins (expected calibration error).
    static func calibrationError(_ verdicts: [(confidence: Float, isRight: Bool)]) -> Double {
        guard !verdicts.isEmpty else { return 0 }
        var error = 0.0
        for bin in 0..<5 {
            let members = verdicts.filter { min(4, Int($0.confidence * 5)) == bin }
            let confidence = members.reduce(0.0) { $0 + Double($1.confidence) }
            error += abs(confidence - Double(members.count { $0.isRight })) / Double(verdicts.count)
        }
        return error
    }

    private static func intersectionOverUnion(_ a: InteractionTrial.Found, _ b: PuppetInteraction) -> Double {
        let shared = max(0, min(a.end, b.end.inSeconds) - max(a.start, b.start.inSeconds))
        let union = (a.end - a.start) + (b.end - b.start).inSeconds - shared
        return union > 0 ? shared / union : 0
    }
}
