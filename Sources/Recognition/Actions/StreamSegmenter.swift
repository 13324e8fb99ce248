import Foundation
import Skeleton

/// Turns one person's frame-wise probabilities into segments: at each frame the likeliest course of events so far, in
/// which every change from one class to another has its price (Viterbi 1967), and what is surely going on now.
///
/// A segment begins as soon as its class is the likeliest course's last and is sure enough. From then on the course may
/// change its mind about what lies behind: another label for the whole segment is an update, an end may lie before the
/// frame that told.
struct StreamSegmenter: Segmenting {
    private struct Open {
        var label: Int
        var confidence: Float
        let start: Double
        var lastReport: Double
    }

    private let settings: ActionRecogniserSettings
    /// The class that is never reported.
    private let silent: Int?
    private let lookBack: Double
    /// For each class the logarithm of how likely the best course is that ends with it, compared with the best of all.
    private var courses: [Float] = []
    /// For each class since when that course has stayed with it.
    private var since: [Double] = []
    private var smoothed: [Float] = []
    private var lastTime = 0.0
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
    }

    var openConfidence: Float? { open?.confidence }

    mutating func step(_ probabilities: [Float], at time: Double) -> [ActionSegmenter.Report] {
        let moment = time - lookBack
        let span = courses.isEmpty ? 0 : time - lastTime
        lastTime = time
        smooth(probabilities, span: span)
        follow(probabilities, span: span, moment: moment)
        var leader = 0
        for label in courses.indices where courses[label] > courses[leader] { leader = label }
        var reports: [ActionSegmenter.Report] = []
        if var segment = open {
            if leader != segment.label {
                let isCorrection = leader != silent && since[leader] <= segment.start + Self.sameStart
                if isCorrection {
                    segment.label = leader
                    segment.confidence = smoothed[leader]
                    segment.lastReport = time
                    open = segment
                    reports.append(.update(label: leader, confidence: segment.confidence))
                } else {
                    let end = max(segment.start, since[leader])
                    reports.append(.end(confidence: smoothed[segment.label], end: end))
                    open = nil
                    earliest = max(earliest, end)
                }
            } else {
                segment.confidence = smoothed[leader]
                if time - segment.lastReport >= settings.updateInterval.inSeconds - 1e-6 {
                    reports.append(.update(label: leader, confidence: segment.confidence))
                    segment.lastReport = time
                }
                open = segment
            }
        }
        if open == nil, leader != silent, smoothed[leader] >= settings.enter {
            let start = max(earliest, since[leader])
            open = Open(label: leader, confidence: smoothed[leader], start: start, lastReport: time)
            reports.append(.begin(label: leader, confidence: smoothed[leader], start: start))
        }
        return reports
    }

    /// Courses that began so little after a segment are about the same one.
    private static let sameStart = 0.3

    private mutating func follow(_ probabilities: [Float], span: Double, moment: Double) {
        if courses.isEmpty {
            courses = [Float](repeating: 0, count: probabilities.count)
            since = [Double](repeating: max(earliest, moment), count: probabilities.count)
        }
        // What a frame says counts for the time it stands for: the network's frames overlap far, so they are no witnesses
        // independent of each other.
        let weight = Float(max(span, 1e-3)) * settings.evidence
        var top = -Float.infinity
        for label in courses.indices {
            if courses[label] < -settings.change {
                courses[label] = -settings.change
                since[label] = moment - span / 2
            }
            courses[label] += weight * max(Self.leastLog, Foundation.log(max(probabilities[label], 1e-9)))
            top = max(top, courses[label])
        }
        for label in courses.indices { courses[label] -= top }
    }

    private mutating func smooth(_ probabilities: [Float], span: Double) {
        guard !smoothed.isEmpty else {
            smoothed = probabilities
            return
        }
        let constant = settings.smoothing.inSeconds
        let share = constant > 0 ? Float(span / (constant + span)) : 1
        for i in smoothed.indices { smoothed[i] += share * (probabilities[i] - smoothed[i]) }
    }
}
