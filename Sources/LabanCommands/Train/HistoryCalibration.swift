import Events
import Foundation
import History
import Recognition
import Skeleton

/// What a history tells of a model's false alarms at the user's own cameras.
struct HistoryCalibration {
    /// The table that held until now.
    let before: OperatingTable?
    /// What holds from now on.
    let table: OperatingTable
    /// The highest threshold that was in force: of lower ones the history knows nothing.
    let floor: Float
    /// For each action that was wrong, and each that was right, the highest threshold at which it would have been told.
    let wrong: [Float]
    let right: [Float]
    let cameras: [String]

    /// Less tells too little about rates an hour.
    static let leastHours = 1.0

    /// - Parameters:
    ///   - model: what events call it.
    ///   - own: the table that the model itself has.
    ///   - before: what its copy learned until now.
    ///   - isQuiet: whether nothing was done in that time but what was said to be right.
    ///   - span: the time asked about, in words.
    init(
        of model: String, own: OperatingTable?, before: OperatingTable?, in reader: HistoryReader,
        _ filter: HistoryFilter, isQuiet: Bool, span: String
    ) throws {
        func lacking(_ message: String) -> HistoryError { HistoryError(.lacking, path: reader.path, message: message) }
        // Hours are counted from --since on, and so is what began then.
        var begun = filter
        begun.isOfBeginnings = true
        let all = try reader.segments(.action, begun)
        let told = all.filter { $0.model == model }
        guard !told.isEmpty else {
            let others = Set(all.compactMap(\.model)).sorted().joined(separator: ", ")
            throw lacking(
                "expected actions that \(model) told in that time, found "
                    + (others.isEmpty ? "none: there is nothing to learn from" : "those of \(others)"))
        }
        let noted = Set(told.filter { $0.threshold != nil }.map(\.run))
        if let old = told.first(where: { !noted.contains($0.run) }) {
            throw lacking(
                "expected actions of which it is noted at which threshold they were told, found older ones, of "
                    + "\(old.start): begin with --since after what an older Laban recorded")
        }
        self.before = before
        floor = Float(told.compactMap(\.threshold).max() ?? 0)
        (wrong, right) = Self.peaks(of: told, isQuiet: isQuiet)
        guard isQuiet || !wrong.isEmpty else {
            throw lacking(
                "expected actions that were said to be wrong, found none among \(told.count): say it with 'laban "
                    + "history relabel', or with --quiet that nothing was done in that time")
        }
        cameras = Set(told.map(\.camera)).sorted()
        // Runs in which nothing at all was told count too, where it told something in another.
        let watched = Set(cameras)
        let others = Set(all.map { [$0.run, $0.camera] }).subtracting(told.map { [$0.run, $0.camera] })
        let time = try reader.personTime(filter) { watched.contains($1) && !others.contains([$0, $1]) }
        let hours = time.inSeconds / 3600
        guard hours >= Self.leastHours else {
            let missing = Int(((Self.leastHours - hours) * 60).rounded(.up))
            throw lacking(
                String(format: "expected at least %.0f hour with somebody in sight, found %.2f", Self.leastHours, hours)
                    + ": \(missing) minutes more are needed")
        }
        let source = "\(Self.mark) \(cameras.joined(separator: ", ")), \(span)"
        let known = before?.data.filter { !$0.hasPrefix(Self.mark) } ?? []
        table = OperatingTable(
            alarms: wrong, hours: hours, from: floor, data: [source] + known, below: before, noRarerThan: own)
    }

    /// What the data of own cameras begins with.
    private static let mark = "own camera:"

    private static func peaks(of told: [SegmentRecord], isQuiet: Bool) -> (wrong: [Float], right: [Float]) {
        var (wrong, right): ([Float], [Float]) = ([], [])
        for action in told where !action.isOpen {
            // Whatever was told passed the threshold that was in force.
            let peak = Float(max(action.peak ?? action.confidence ?? 1, action.threshold ?? 0))
            if let correction = action.correction {
                if correction.told == action.label { right.append(peak) } else { wrong.append(peak) }
            } else if !ActionModel.postures.contains(action.label) {
                if isQuiet { wrong.append(peak) } else { right.append(peak) }
            }
        }
        return (wrong, right)
    }
}

/// What `laban calibrate --history` prints.
struct HistoryCalibrationReport: Encodable {
    struct Point: Encodable {
        let threshold: Float
        /// False alarms an hour, by the table of before and here; nil where nobody knows.
        let before: Double?
        let here: Double?
        /// How many of the right actions would still be told.
        let right_kept: Int?
    }

    let model: String
    let output: String
    let cameras: [String]
    let hours: Double
    let wrong: Int
    let right: Int
    /// In force at the usual limit of false alarms, until now and from now on.
    let threshold_before: Float
    let threshold: Float
    let points: [Point]

    init(_ calibration: HistoryCalibration, model: ActionModel, output: String) {
        let (table, before) = (calibration.table, calibration.before)
        self.model = model.identifier
        self.output = output
        cameras = calibration.cameras
        hours = table.hours
        wrong = calibration.wrong.count
        right = calibration.right.count
        let usual = ActionRecogniserSettings.usualFalseAlarmsPerHour
        threshold_before = before?.threshold(falseAlarmsPerHour: usual) ?? ActionRecogniserSettings().threshold
        threshold = table.threshold(falseAlarmsPerHour: usual)
        points = table.points.map { point in
            let isKnown = point.threshold >= calibration.floor
            let kept = calibration.right.count { $0 >= point.threshold }
            return Point(
                threshold: point.threshold,
                before: before?.points.first { $0.threshold == point.threshold }?.falseAlarmsPerHour,
                here: isKnown ? point.falseAlarmsPerHour : nil, right_kept: isKnown ? kept : nil)
        }
    }

    var text: String {
        var rows = TextTable([
            ("THRESHOLD", .right), ("FALSE ALARMS AN HOUR, BEFORE", .right), ("HERE", .right),
            ("OTHERS KEPT", .right),
        ])
        func number(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "unknown" }
        for point in points {
            rows.append([
                String(format: "%.2f", point.threshold), number(point.before), number(point.here),
                point.right_kept.map { "\($0) of \(right)" } ?? "unknown",
            ])
        }
        let usual = ActionRecogniserSettings.usualFalseAlarmsPerHour
        let chosen = points.first { $0.threshold == threshold }?.here
        let verdict = chosen.map { $0 > usual ? String(format: ", which does not keep to it: %.1f", $0) : "" } ?? ""
        return rows.text
            + String(format: "%.2f hours with somebody in sight of ", hours) + cameras.joined(separator: ", ")
            + ": \(wrong) false alarms, \(right) others held to be right\n"
            + String(
                format: "threshold for %.0f false alarms an hour: %.2f until now, %.2f with the new table", usual,
                threshold_before, threshold) + verdict + "\n"
    }
}
