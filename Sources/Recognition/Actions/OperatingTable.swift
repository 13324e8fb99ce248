import Skeleton

/// How many false alarms an hour a model gives at which threshold, measured on motion in which none of its classes
/// occurs.
package struct OperatingTable: Sendable, Codable, Equatable {
    /// What was measured at one threshold.
    package struct Point: Sendable, Codable, Equatable {
        /// `ActionRecogniserSettings.enter`, 0…1.
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
    package static let thresholds: [Float] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99]

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
    /// Counts the segments that a model begins at each threshold in motions in which none of its classes occurs.
    ///
    /// Segments of `ActionModel.still` are not counted: whoever does nothing with a name on both feet stands.
    ///
    /// - Parameters:
    ///   - model: its own table, if it has one, does not matter.
    ///   - motions: one person each, growing in time; together at least a second.
    ///   - data: what they are, for whoever reads the table.
    ///   - progress: called with the number of motions watched.
    package init(
        measuring model: ActionModel, on motions: [[MotionSample]], data: [String],
        thresholds: [Float] = OperatingTable.thresholds, progress: (Int) -> Void = { _ in }
    ) {
        let usual = ActionRecogniserSettings()
        let still = model.classes.firstIndex(of: ActionModel.still)
        var alarms = [Int](repeating: 0, count: thresholds.count)
        var seconds = 0.0
        for (samples, predictions) in zip(motions, model.predictions(of: motions, settings: usual, progress: progress))
        {
            guard let first = samples.first, let last = samples.last else { continue }
            seconds += last.time - first.time
            for (index, threshold) in thresholds.enumerated() {
                var settings = usual
                settings.setThreshold(threshold)
                var segmenter = model.segmenter(settings: settings, firstSeen: first.time)
                for (time, row) in predictions {
                    alarms[index] += segmenter.step(row, at: time).count {
                        if case .begin(let label, _, _) = $0 { label != still } else { false }
                    }
                }
            }
        }
        let hours = max(seconds, 1) / 3600
        self.init(
            data: data, hours: hours,
            points: zip(thresholds, alarms).map { Point(threshold: $0, falseAlarmsPerHour: Double($1) / hours) })
    }
}

extension ActionModel {
    /// What the model makes of each motion, from its first pose to its last, at the times at which a recogniser predicts.
    package func predictions(
        of motions: [[MotionSample]], settings: ActionRecogniserSettings, progress: (Int) -> Void = { _ in }
    ) -> [[(time: Double, probabilities: [Float])]] {
        if description.sampling.span == .stream {
            return StreamClassifier(model: self).predictions(of: motions, progress: progress).map { rows in
                rows.map { ($0.time, $0.probabilities) }
            }
        }
        let classifier = ActionClassifier(model: self, clips: 32)
        return motions.enumerated().map { index, samples in
            progress(index)
            guard let first = samples.first, let last = samples.last else { return [] }
            let times = Array(
                stride(
                    from: first.time + settings.warmUp.inSeconds, through: last.time, by: settings.hop.inSeconds))
            let rows = classifier.probabilities(
                of: times.map { description.sampling.clip(of: samples, endingAt: $0) })
            return zip(times, rows).map { ($0, $1) }
        }
    }
}
