import Foundation
import Skeleton

/// Turns one person's frame-wise probabilities into segments, by tests that sum up evidence (Page 1954).
///
/// A segment begins as soon as an action is likelier than none and its class is sure enough; its start is when actions
/// became likelier. From then on its label is the class with the largest mean log-probability over the segment so far: a
/// late correction is an update. It ends when the evidence that nothing is done any more, or something else, outweighs
/// what that costs, at the moment from which on that evidence grew.
struct StreamSegmenter: Segmenting {
    private struct Open {
        var label: Int
        let start: Double
        var lastReport: Double
        /// That nothing is done since a moment, in nats.
        var ending = Evidence()
        /// For each class, that it and not the label is done since a moment, in nats.
        var changes: [Evidence]
    }

    /// Nats for something against what is believed, summed up since it last was worth nothing.
    private struct Evidence {
        var nats: Float = 0
        var since = 0.0

        mutating func add(_ more: Float, from moment: Double) {
            if nats <= 0 { since = moment }
            nats = max(0, nats + more)
        }
    }

    private let settings: ActionRecogniserSettings
    /// The class that is never reported.
    private let silent: Int?
    private let lookBack: Double
    /// What a frame says of each class, in nats.
    private var logs: [Float] = []
    private var newest: [Float] = []
    /// Sums of `logs` since the segment's start, or since actions are likelier than none.
    private var sums: [Float] = []
    /// Since when actions are likelier than none.
    private var active = 0.0
    private var last: Double?
    private var open: Open?
    /// No segment starts before this time.
    private var earliest: Double

    /// No single frame counts for more than this.
    private static let leastLog: Float = -4

    init(settings: ActionRecogniserSettings, silent: Int?, lookBack: Double, firstSeen: Double) {
        self.settings = settings
        self.silent = silent
        self.lookBack = lookBack
        earliest = firstSeen
        active = firstSeen
    }

    var openConfidence: Float? { open.map { newest[$0.label] } }

    mutating func step(_ probabilities: [Float], at time: Double) -> [ActionSegmenter.Report] {
        let moment = time - lookBack
        let span = last.map { moment - $0 } ?? 0
        last = moment
        take(probabilities, span: span)
        let action = silent.map { 1 - probabilities[$0] } ?? 1
        // A frame speaks for the time about it.
        let edge = moment - span / 2
        if open == nil, action < 0.5 {
            active = moment + span / 2
            for label in sums.indices { sums[label] = 0 }
        }
        for label in sums.indices { sums[label] += logs[label] }
        if open != nil { return goOn(action: action, edge: edge, span: span, at: time) }
        let leader = leader
        guard action >= 0.5, newest[leader] >= settings.enter else { return [] }
        return [begin(leader, start: max(earliest, active), edge: edge, at: time)]
    }

    /// Weighs the probabilities' logarithms: the network's frames overlap far, so they are no witnesses independent of each
    /// other.
    private mutating func take(_ probabilities: [Float], span: Double) {
        if logs.isEmpty {
            logs = [Float](repeating: 0, count: probabilities.count)
            sums = logs
        }
        newest = probabilities
        let weight = Float(max(span, 1e-3)) * settings.stream.evidence
        for label in probabilities.indices {
            logs[label] = weight * max(Self.leastLog, Foundation.log(max(probabilities[label], 1e-9)))
        }
    }

    /// The action with the largest sum.
    private var leader: Int {
        var leader = silent == 0 ? 1 : 0
        for label in sums.indices where label != silent && sums[label] > sums[leader] { leader = label }
        return leader
    }

    private mutating func goOn(action: Float, edge: Double, span: Double, at time: Double) -> [ActionSegmenter.Report] {
        guard var segment = open else { return [] }
        if let silent {
            let weight = Float(max(span, 1e-3)) * settings.stream.evidence
            let doing = weight * max(Self.leastLog, Foundation.log(max(action, 1e-9)))
            segment.ending.add(logs[silent] - doing, from: edge)
        }
        for label in logs.indices where label != silent && label != segment.label {
            segment.changes[label].add(logs[label] - logs[segment.label], from: edge)
        }
        open = segment
        if segment.ending.nats >= settings.stream.ending {
            let end = close(at: segment.ending.since)
            for label in sums.indices { sums[label] = 0 }
            active = edge + span
            return [end]
        }
        return relabel(segment, edge: edge, at: time)
    }

    /// Corrects the label, or lets another segment follow, where another class has the evidence for it.
    private mutating func relabel(_ segment: Open, edge: Double, at time: Double) -> [ActionSegmenter.Report] {
        var rival = segment.label
        for label in segment.changes.indices where segment.changes[label].nats > segment.changes[rival].nats {
            rival = label
        }
        let leader = leader
        if segment.changes[rival].nats >= settings.stream.change, rival != leader,
            segment.changes[rival].since - segment.start > Self.sameStart
        {
            let start = segment.changes[rival].since
            let end = close(at: start)
            for label in sums.indices { sums[label] = 0 }
            return [end, begin(rival, start: max(earliest, start), edge: edge, at: time)]
        }
        let isLate = time - segment.lastReport >= settings.updateInterval.inSeconds - 1e-6
        let isCorrected = leader != segment.label && sums[leader] - sums[segment.label] > settings.stream.correction
        guard isLate || isCorrected else { return [] }
        open?.lastReport = time
        if isCorrected {
            open?.label = leader
            open?.changes = [Evidence](repeating: Evidence(), count: segment.changes.count)
        }
        let label = open?.label ?? leader
        return [.update(label: label, confidence: newest[label])]
    }

    /// Changes that began so little after a segment are about the whole of it.
    private static let sameStart = 0.3

    private mutating func begin(_ label: Int, start: Double, edge: Double, at time: Double) -> ActionSegmenter.Report {
        open = Open(
            label: label, start: start, lastReport: time, ending: Evidence(nats: 0, since: edge),
            changes: [Evidence](repeating: Evidence(nats: 0, since: edge), count: logs.count))
        return .begin(label: label, confidence: newest[label], start: start)
    }

    private mutating func close(at moment: Double) -> ActionSegmenter.Report {
        let end = max(open?.start ?? moment, moment)
        let confidence = openConfidence ?? 0
        open = nil
        earliest = max(earliest, end)
        return .end(confidence: confidence, end: end)
    }
}
