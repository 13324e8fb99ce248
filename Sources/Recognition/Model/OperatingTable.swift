import Skeleton

/// How many false alarms an hour a model gives at which threshold, measured on motion in which none of its classes
/// occurs.
package struct OperatingTable: Sendable, Codable, Equatable {
    /// What was measured at one threshold.
    package struct Point: Sendable, Codable, Equatable {
        /// `ActionRecogniserSettings.threshold`, 0…1.
        package let threshold: Float
        package let falseAlarmsPerHour: Double

        package init(threshold: Float, falseAlarmsPerHour: Double) {
            self.threshold = threshold
            self.falseAlarmsPerHour = falseAlarmsPerHour
        }

        private enum CodingKeys: String, CodingKey {
            case threshold
            case falseAlarmsPerHour = "false_alarms_per_hour"
        }
    }

    /// What it was measured on.
    package let data: [String]
    /// Hours of motion: rates far below one over this cannot be told from none.
    package let hours: Double
    /// Growing in threshold; at least one.
    package let points: [Point]

    package init(data: [String], hours: Double, points: [Point]) {
        self.data = data
        self.hours = hours
        self.points = points
    }

    /// The thresholds that are measured.
    package static let thresholds: [Float] = [
        0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995,
    ]

    /// The lowest threshold from which on there are at most so many false alarms an hour; the highest one measured when
    /// there is none.
    package func threshold(falseAlarmsPerHour limit: Double) -> Float {
        var chosen = points[points.count - 1].threshold
        for point in points.reversed() {
            guard point.falseAlarmsPerHour <= limit else { break }
            chosen = point.threshold
        }
        return chosen
    }

    /// What makes no sense in it; nil when all is well.
    var fault: String? {
        if !(hours > 0) { return "expected hours above 0, found \(hours)" }
        if points.isEmpty { return "expected at least one point, found none" }
        if let point = points.first(where: { !(0...1 ~= $0.threshold) || !($0.falseAlarmsPerHour >= 0) }) {
            return "expected thresholds of 0 to 1 and rates from 0, found \(point.falseAlarmsPerHour) an hour "
                + "at \(point.threshold)"
        }
        if zip(points, points.dropFirst()).contains(where: { $0.threshold >= $1.threshold }) {
            return "expected growing thresholds, found \(points.map(\.threshold))"
        }
        return nil
    }
}

extension OperatingTable {
    /// Counts the segments that a model begins at each threshold in recordings in which none of its classes occurs.
    ///
    /// Segments of `ActionModel.postures` are not counted: whoever does nothing with a name stands, sits or lies.
    ///
    /// - Parameters:
    ///   - model: its own table, if it has one, does not matter.
    ///   - recordings: one subject each, growing in time; together at least a second.
    ///   - data: what they are, for whoever reads the table.
    ///   - progress: called with the number of recordings watched.
    package init(
        measuring model: ActionModel, on recordings: [[ActionSample]], data: [String],
        thresholds: [Float] = OperatingTable.thresholds, progress: (Int) -> Void = { _ in }
    ) {
        var alarms = [Int](repeating: 0, count: thresholds.count)
        var seconds = 0.0
        let predictions = ActionClassifier(model: model).predictions(of: recordings, progress: progress)
        for (samples, predictions) in zip(recordings, predictions) {
            guard let first = samples.first, let last = samples.last else { continue }
            seconds += last.time - first.time
            for (index, threshold) in thresholds.enumerated() {
                alarms[index] +=
                    ToldAction.list(predictions, of: model, threshold: threshold, firstSeen: first.time)
                    .count { !ActionModel.postures.contains($0.first) }
            }
        }
        let hours = max(seconds, 1) / 3600
        self.init(
            data: data, hours: hours,
            points: zip(thresholds, alarms).map { Point(threshold: $0, falseAlarmsPerHour: Double($1) / hours) })
    }

    /// What false alarms at a camera tell.
    ///
    /// - Parameters:
    ///   - alarms: for each the highest threshold at which it would have been told, 0…1.
    ///   - hours: how long people were in sight; above 0.
    ///   - floor: the threshold in force meanwhile, of which all alarms are known.
    ///   - other: what was held of lower ones until now. Nobody knows what they would have told: alarms at them are held
    ///     to have become rarer or more frequent as those at the floor have.
    ///   - own: what no lower one becomes rarer than, and none than the floor.
    package init(
        alarms: [Float], hours: Double, from floor: Float, data: [String], below other: OperatingTable?,
        noRarerThan own: OperatingTable?
    ) {
        let others = other?.points ?? []
        let measured = Set(Self.thresholds + others.map(\.threshold) + [floor]).filter { $0 >= floor }.sorted()
        let known = measured.map { threshold in
            Point(threshold: threshold, falseAlarmsPerHour: Double(alarms.count { $0 >= threshold }) / hours)
        }
        let change = other.map { Self.cautious(known[0].falseAlarmsPerHour, hours) / $0.cautiousRate(at: floor) } ?? 1
        let lower = others.filter { $0.threshold < floor }.map { point in
            Point(
                threshold: point.threshold,
                falseAlarmsPerHour: max(
                    known[0].falseAlarmsPerHour, own?.rate(at: point.threshold) ?? 0,
                    point.falseAlarmsPerHour * change))
        }
        self.init(data: data, hours: hours, points: lower + known)
    }

    /// False alarms an hour at any threshold, held to fall evenly from one point to the next.
    func rate(at threshold: Float) -> Double {
        guard let next = points.firstIndex(where: { $0.threshold >= threshold }) else {
            return points[points.count - 1].falseAlarmsPerHour
        }
        let (upper, lower) = (points[next], points[max(next - 1, 0)])
        guard upper.threshold > threshold, lower.threshold < upper.threshold else { return upper.falseAlarmsPerHour }
        let way = Double((threshold - lower.threshold) / (upper.threshold - lower.threshold))
        return lower.falseAlarmsPerHour + (upper.falseAlarmsPerHour - lower.falseAlarmsPerHour) * way
    }

    private func cautiousRate(at threshold: Float) -> Double { Self.cautious(rate(at: threshold), hours) }

    /// A rate as if there had been one alarm more, so that none at all in a short time does not mean that there never is
    /// one.
    private static func cautious(_ rate: Double, _ hours: Double) -> Double { ((rate * hours).rounded() + 1) / hours }
}
