import Foundation
package import Recognition
package import Recordings
package import Skeleton

/// How well a model's events tell what is done in long recordings, by the very recogniser that watches cameras.
package struct StreamEvaluation: Sendable {
    package private(set) var score = StreamScore()
    /// Of motion in which none of the model's classes occurs.
    package private(set) var unrelated = StreamScore()
    /// Over the predictions that speak of labelled time.
    package private(set) var calibration = CalibrationError()
    /// What was found in each stream, in order.
    package private(set) var timelines: [Timeline] = []
    private let model: ActionModel
    private let settings: ActionRecogniserSettings

    /// One stream's true and found segments.
    package struct Timeline: Sendable {
        package let name: String
        package let truth: [StreamScore.Truth]
        package let found: [StreamScore.Found]
    }

    package init(model: ActionModel, settings: ActionRecogniserSettings) {
        self.model = model
        self.settings = settings
    }

    /// Takes in what another model was measured on, as with models that each left out other people.
    package mutating func add(_ other: StreamEvaluation) {
        score.add(other.score)
        unrelated.add(other.unrelated)
        calibration.add(other.calibration)
        timelines += other.timelines
    }

    /// Watches a stream. Segments labelled `nothing` say that nothing is done there.
    ///
    /// - Throws: when a label is no class of the model.
    package mutating func add(
        _ recording: Recording, segments: [RecordedSegment], name: String
    ) throws(TrainingError) {
        let strangers = Set(segments.map(\.label)).subtracting(model.classes + [ActionModel.nothing]).sorted()
        guard strangers.isEmpty else {
            throw TrainingError(
                file: name, "expected labels among the model's classes, found \(strangers.joined(separator: ", "))")
        }
        let (found, predictions) = Self.watch(recording, by: model, settings)
        for prediction in predictions {
            let moment = prediction.moment
            guard let segment = segments.first(where: { $0.start <= moment && moment <= $0.end }) else { continue }
            let row = prediction.probabilities
            let guess = row.indices.max { row[$0] < row[$1] } ?? 0
            calibration.add(confidence: row[guess], isCorrect: model.classes[guess] == segment.label)
        }
        let truth = segments.filter { $0.label != ActionModel.nothing }
            .map { StreamScore.Truth(label: $0.label, start: $0.start.inSeconds, end: $0.end.inSeconds) }
        score.add(found, truth: truth, seconds: recording.seconds)
        timelines.append(Timeline(name: name, truth: truth, found: found))
    }

    /// Watches somebody who does none of what the model knows: whatever is found is a false alarm.
    package mutating func add(unrelated recording: Recording) {
        unrelated.add(Self.watch(recording, by: model, settings).found, truth: [], seconds: recording.seconds)
    }

    /// What the recogniser that watches cameras makes of a recording.
    static func watch(
        _ recording: Recording, by model: ActionModel, _ settings: ActionRecogniserSettings
    ) -> (found: [StreamScore.Found], predictions: [ActionPrediction]) {
        watch(SampledRecording(recording, input: model.input), by: model, settings)
    }

    /// The same of a recording that was sampled for the model.
    static func watch(
        _ recording: SampledRecording, by model: ActionModel, _ settings: ActionRecogniserSettings
    ) -> (found: [StreamScore.Found], predictions: [ActionPrediction]) {
        var recogniser = ActionRecogniser(model: model, settings: settings)
        var predictions: [ActionPrediction] = []
        var changes: [SegmentChange] = []
        for frame in recording.frames {
            changes += recogniser.update(TrackID(1), frame.samples, frame: frame.index, at: frame.time)
            predictions += recogniser.predictions
        }
        if let last = recording.frames.last {
            changes += recogniser.finish(frame: last.index, at: last.time, reason: .sourceEnded)
        }
        return (segments(of: changes), predictions)
    }

    /// The segments that a recogniser's reports tell of, in the order in which they were reported: each with its last label,
    /// and when that label was told first and kept.
    package static func segments(of changes: [SegmentChange]) -> [StreamScore.Found] {
        var open: [Int: (label: String, since: Double)] = [:]
        var found: [StreamScore.Found] = []
        for change in changes {
            switch change.phase {
            case .begin, .update:
                if open[change.segment]?.label != change.label {
                    open[change.segment] = (change.label, change.presentationTime.inSeconds)
                }
            case .end:
                guard let reported = open.removeValue(forKey: change.segment)?.since else { continue }
                found.append(
                    StreamScore.Found(
                        label: change.label, start: change.start.inSeconds,
                        end: (change.end ?? change.presentationTime).inSeconds, reported: reported))
            }
        }
        return found.sorted { $0.reported < $1.reported }
    }

    /// One JSON object on one line, keys sorted; what cannot be told is null.
    package var json: String {
        var object: [String: Any] = [
            "onset_delay_s": score.onsetDelay.map { $0 as Any } ?? NSNull(),
            "false_alarms_per_hour": score.falseAlarmsPerHour, "ece": calibration.value.map { $0 as Any } ?? NSNull(),
            "prediction_accuracy": calibration.accuracy.map { $0 as Any } ?? NSNull(),
            "prediction_confidence": calibration.confidence.map { $0 as Any } ?? NSNull(),
            "streams": timelines.count, "hours": score.seconds / 3600, "segments": score.trueSegments,
            "found": score.foundSegments, "threshold": Double(String(settings.threshold)) ?? Double(settings.threshold),
        ]
        for (overlap, f1) in zip(StreamScore.overlaps, score.f1) {
            object["f1@" + String(format: "%.2f", overlap)] = f1
        }
        if unrelated.seconds > 0 {
            object["unrelated_false_alarms_per_hour"] = unrelated.falseAlarmsPerHour
            object["unrelated_hours"] = unrelated.seconds / 3600
        }
        let data = try? JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        guard let data else { preconditionFailure("figures are finite") }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Recording {
    /// From the first to the last pose.
    fileprivate var seconds: Double {
        guard let first = times.first, let last = times.last else { return 0 }
        return (last - first).inSeconds
    }
}
