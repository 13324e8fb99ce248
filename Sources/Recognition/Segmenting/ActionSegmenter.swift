import Foundation
import Skeleton

/// Turns one subject's probabilities, frame by frame, into segments by CUSUM tests: sums of log-likelihood ratios that
/// start anew whenever they fall to 0 (Page 1954).
///
/// A segment begins as soon as an action is likelier than the background and its class is sure enough; its start is when
/// actions became likelier. From then on its label is the class with the largest mean log-probability over the segment so
/// far: a late correction is an update. It ends when the log-likelihood ratio of the background, or of another class,
/// reaches its threshold, at the moment from which on that ratio grew.
struct ActionSegmenter {
    /// What a step asks to be reported.
    enum Report: Equatable {
        case begin(label: Int, confidence: Float, start: Double)
        /// The label is another one than before where a late look corrects it.
        case update(label: Int, confidence: Float, peak: Float)
        case end(confidence: Float, peak: Float, end: Double)
    }

    private struct Open {
        var label: Int
        let start: Double
        var lastReport: Double
        /// The greatest probability of whatever led.
        var peak: Float
        /// Of the background against any action.
        var ending: CumulativeSum
        /// Of each class against the label.
        var changes: [CumulativeSum]
    }

    /// A sum of log-likelihood ratios that starts anew whenever it falls to 0.
    private struct CumulativeSum {
        var ratio: Float = 0
        /// From when on it grew.
        var since: Double

        mutating func add(_ more: Float, from moment: Double) {
            if ratio <= 0 { since = moment }
            ratio = max(0, ratio + more)
        }
    }

    private let settings: ActionRecogniserSettings
    /// The class that is never reported.
    private let background: Int?
    private let labelDelay: Double
    /// The log-likelihood of each class in the newest frame.
    private var logs: [Float] = []
    private var newest: [Float] = []
    /// Sums of `logs` since the segment's start, or since actions are likelier than the background.
    private var sums: [Float] = []
    /// Since when actions are likelier than the background.
    private var active: Double
    private var last: Double?
    private var open: Open?
    /// No segment starts before this time.
    private var earliest: Double

    /// No single frame counts for more than this.
    private static let leastLog: Float = -4
    /// Changes that began so little after a segment are about the whole of it.
    private static let sameStart = 0.3

    /// - Parameters:
    ///   - background: the class that is never reported.
    ///   - labelDelay: how long before a prediction the moment lies that it speaks of, in seconds.
    init(settings: ActionRecogniserSettings, background: Int?, labelDelay: Double, firstSeen: Double) {
        self.settings = settings
        self.background = background
        self.labelDelay = labelDelay
        earliest = firstSeen
        active = firstSeen
    }

    /// How sure the open segment is, 0…1; nil when none is open.
    var openConfidence: Float? { open.map { newest[$0.label] } }

    /// The highest threshold at which the open segment would have begun by now, 0…1; nil when none is open.
    var openPeak: Float? { open?.peak }

    /// Takes in the probabilities predicted at `time`, in seconds.
    mutating func step(_ probabilities: [Float], at time: Double) -> [Report] {
        let moment = time - labelDelay
        let span = last.map { moment - $0 } ?? 0
        last = moment
        take(probabilities, span: span)
        let action = background.map { 1 - probabilities[$0] } ?? 1
        // A frame speaks for the time about it.
        let edge = moment - span / 2
        if open == nil, action < 0.5 {
            active = moment + span / 2
            for label in sums.indices { sums[label] = 0 }
        }
        for label in sums.indices { sums[label] += logs[label] }
        if open != nil { return goOn(action: action, edge: edge, span: span, at: time) }
        let leader = leader
        guard action >= 0.5, newest[leader] >= settings.threshold else { return [] }
        return [begin(leader, start: max(earliest, active), edge: edge, at: time)]
    }

    /// Frames whose receptive fields overlap are not independent: a frame's log-likelihood counts for its part of a second.
    private mutating func take(_ probabilities: [Float], span: Double) {
        if logs.isEmpty {
            logs = [Float](repeating: 0, count: probabilities.count)
            sums = logs
        }
        newest = probabilities
        for label in probabilities.indices { logs[label] = logLikelihood(probabilities[label], span: span) }
    }

    private func logLikelihood(_ probability: Float, span: Double) -> Float {
        Float(max(span, 1e-3)) * settings.independentRate
            * max(Self.leastLog, Foundation.log(max(probability, 1e-9)))
    }

    /// The action with the largest sum.
    private var leader: Int {
        var leader = background == 0 ? 1 : 0
        for label in sums.indices where label != background && sums[label] > sums[leader] { leader = label }
        return leader
    }

    private mutating func goOn(action: Float, edge: Double, span: Double, at time: Double) -> [Report] {
        guard var segment = open else { return [] }
        if action >= 0.5 { segment.peak = max(segment.peak, newest[leader]) }
        if let background {
            segment.ending.add(logs[background] - logLikelihood(action, span: span), from: edge)
        }
        for label in logs.indices where label != background && label != segment.label {
            segment.changes[label].add(logs[label] - logs[segment.label], from: edge)
        }
        open = segment
        if segment.ending.ratio >= settings.endThreshold {
            let end = close(at: segment.ending.since)
            for label in sums.indices { sums[label] = 0 }
            active = edge + span
            return [end]
        }
        return relabel(segment, edge: edge, at: time)
    }

    /// Corrects the label, or lets another segment follow, where the ratio of another class is large enough.
    private mutating func relabel(_ segment: Open, edge: Double, at time: Double) -> [Report] {
        var rival = segment.label
        for label in segment.changes.indices where segment.changes[label].ratio > segment.changes[rival].ratio {
            rival = label
        }
        let leader = leader
        if segment.changes[rival].ratio >= settings.changeThreshold, rival != leader,
            segment.changes[rival].since - segment.start > Self.sameStart
        {
            let start = segment.changes[rival].since
            let end = close(at: start)
            for label in sums.indices { sums[label] = 0 }
            // It would have followed at any threshold at which the one before had begun.
            return [end, begin(rival, start: max(earliest, start), peak: segment.peak, edge: edge, at: time)]
        }
        let isLate = time - segment.lastReport >= SegmentChange.updateInterval.inSeconds - 1e-6
        let isCorrected =
            leader != segment.label && sums[leader] - sums[segment.label] > settings.correctionThreshold
        guard isLate || isCorrected else { return [] }
        open?.lastReport = time
        if isCorrected {
            open?.label = leader
            open?.changes = [CumulativeSum](repeating: CumulativeSum(since: 0), count: segment.changes.count)
        }
        let label = open?.label ?? leader
        return [.update(label: label, confidence: newest[label], peak: segment.peak)]
    }

    /// - Parameter peak: that of what it follows without a pause.
    private mutating func begin(
        _ label: Int, start: Double, peak: Float = 0, edge: Double, at time: Double
    ) -> Report {
        open = Open(
            label: label, start: start, lastReport: time, peak: max(peak, newest[label]),
            ending: CumulativeSum(since: edge),
            changes: [CumulativeSum](repeating: CumulativeSum(since: edge), count: logs.count))
        return .begin(label: label, confidence: newest[label], start: start)
    }

    private mutating func close(at moment: Double) -> Report {
        let end = max(open?.start ?? moment, moment)
        let (confidence, peak) = (openConfidence ?? 0, openPeak ?? 0)
        open = nil
        earliest = max(earliest, end)
        return .end(confidence: confidence, peak: peak, end: end)
    }
}
