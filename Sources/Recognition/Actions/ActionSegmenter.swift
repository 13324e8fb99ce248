import Skeleton

/// Turns one person's probabilities over time into segments: smoothed, with hysteresis, so that a walk is one segment.
struct ActionSegmenter: Segmenting {
    /// What a step of the segmenter asks to be reported.
    enum Report: Equatable {
        case begin(label: Int, confidence: Float, start: Double)
        /// The label is another one than before where a late look corrects it.
        case update(label: Int, confidence: Float)
        case end(confidence: Float, end: Double)
    }

    private struct Open {
        var label: Int
        var confidence: Float
        let start: Double
        /// When its begin was reported.
        let reported: Double
        var lastReport: Double
    }

    private struct Candidate {
        let label: Int
        let since: Double
    }

    private let settings: ActionRecogniserSettings
    /// The class that is never reported.
    private let silent: Int?
    /// The class of standing idle: whoever does something else soon after did both.
    private let still: Int?
    /// How far what is smoothed lags behind what is done, in seconds: by the moment predictions speak of, and by the time
    /// constant of the smoothing.
    private let lag: Double
    private var smoothed: [Float] = []
    private var lastTime = 0.0
    private var open: Open?
    private var candidate: Candidate?
    /// No segment starts before this time.
    private var earliest: Double

    /// - Parameter lookBack: how long before a prediction the motion it speaks of lies, in seconds.
    init(
        settings: ActionRecogniserSettings, silent: Int?, still: Int? = nil, lookBack: Double, firstSeen: Double
    ) {
        self.settings = settings
        self.silent = silent
        self.still = still
        lag = lookBack + settings.smoothing.inSeconds
        earliest = firstSeen
    }

    /// The smoothed probability of the open segment's class, or nil when none is open.
    var openConfidence: Float? { open?.confidence }

    /// Takes in the probabilities predicted at `time`.
    mutating func step(_ probabilities: [Float], at time: Double) -> [Report] {
        smooth(probabilities, at: time)
        var reports: [Report] = []
        var leader = 0
        for label in smoothed.indices where smoothed[label] > smoothed[leader] { leader = label }
        if var segment = open {
            segment.confidence = smoothed[segment.label]
            let isOvertaken = isOvertaken(segment, by: leader, at: time)
            let isOver = isOvertaken || segment.confidence < settings.leave
            if isOver, isCorrection(of: segment, by: leader, at: time) {
                segment.label = leader
                segment.confidence = smoothed[leader]
                segment.lastReport = time
                candidate = nil
                open = segment
                reports.append(.update(label: leader, confidence: segment.confidence))
            } else if isOver {
                let since = isOvertaken ? candidate?.since ?? time : time
                let end = max(segment.start, since - lag)
                reports.append(.end(confidence: segment.confidence, end: end))
                open = nil
                earliest = max(earliest, end)
            } else {
                if time - segment.lastReport >= settings.updateInterval.inSeconds - 1e-6 {
                    reports.append(.update(label: segment.label, confidence: segment.confidence))
                    segment.lastReport = time
                }
                open = segment
            }
        }
        if open == nil { consider(leader, at: time, &reports) }
        return reports
    }

    /// Whether a segment that is over was another class from its beginning: so it is when that one is sure so soon.
    private func isCorrection(of segment: Open, by leader: Int, at time: Double) -> Bool {
        leader != silent && leader != segment.label && segment.label != still && smoothed[leader] >= settings.enter
            && time - segment.reported <= settings.correction.inSeconds + 1e-6
    }

    /// Whether another class has taken the place of the open segment's: at once when it is that of nothing, else once it
    /// has led for a while, so that a moment's doubt does not tear a segment in two.
    private mutating func isOvertaken(_ segment: Open, by leader: Int, at time: Double) -> Bool {
        guard leader != segment.label else {
            candidate = nil
            return false
        }
        return hasLed(leader, for: leader == silent ? .zero : settings.takeover, at: time)
    }

    /// Whether a class has been surer than needed, and the surest, for so long.
    private mutating func hasLed(_ leader: Int, for duration: Duration, at time: Double) -> Bool {
        guard smoothed[leader] >= settings.enter else {
            candidate = nil
            return false
        }
        if candidate?.label != leader { candidate = Candidate(label: leader, since: time) }
        guard let since = candidate?.since else { return false }
        return time - since >= duration.inSeconds - 1e-6
    }

    private mutating func consider(_ leader: Int, at time: Double, _ reports: inout [Report]) {
        guard leader != silent else {
            candidate = nil
            return
        }
        guard hasLed(leader, for: settings.minimumDuration, at: time), let since = candidate?.since else { return }
        let start = max(earliest, since - lag)
        open = Open(label: leader, confidence: smoothed[leader], start: start, reported: time, lastReport: time)
        candidate = nil
        reports.append(.begin(label: leader, confidence: smoothed[leader], start: start))
    }

    private mutating func smooth(_ probabilities: [Float], at time: Double) {
        if smoothed.isEmpty {
            smoothed = probabilities
        } else {
            let constant = settings.smoothing.inSeconds
            let share = constant > 0 ? Float((time - lastTime) / (constant + time - lastTime)) : 1
            for i in smoothed.indices { smoothed[i] += share * (probabilities[i] - smoothed[i]) }
        }
        lastTime = time
    }
}
