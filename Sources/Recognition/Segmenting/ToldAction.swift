import Skeleton

/// An action as a camera would tell it of a recording of one subject.
package struct ToldAction: Sendable, Equatable {
    /// What it was told as at first.
    package let first: String
    /// What it was told as in the end, where a later look corrected it.
    package private(set) var label: String
    /// In seconds.
    package let start: Double
    /// In seconds; of what goes on, the time of the last prediction.
    package private(set) var end: Double

    /// What a model tells of a recording.
    ///
    /// - Parameters:
    ///   - predictions: of one subject, growing in time.
    ///   - threshold: from which probability on an action is told, 0…1.
    ///   - firstSeen: when the recording begins, in seconds.
    static func list(
        _ predictions: [ActionClassifier.Prediction], of model: ActionModel, threshold: Float, firstSeen: Double
    ) -> [ToldAction] {
        var settings = ActionRecogniserSettings()
        settings.threshold = threshold
        func segmenter(_ firstSeen: Double) -> ActionSegmenter {
            ActionSegmenter(
                settings: settings, background: model.background, labelDelay: model.labelDelay, firstSeen: firstSeen)
        }
        var open = segmenter(firstSeen)
        var actions: [ToldAction] = []
        var (last, isOpen) = (firstSeen, false)
        for prediction in predictions {
            // Who was away for so long has started anew.
            let isNew = prediction.time - last > ActionRecogniserSettings.longestGap.inSeconds && last > firstSeen
            if isNew { (open, isOpen) = (segmenter(prediction.moment), false) }
            last = prediction.time
            for report in open.step(prediction.probabilities, at: prediction.time) {
                switch report {
                case .begin(let label, _, let start):
                    let name = model.classes[label]
                    actions.append(ToldAction(first: name, label: name, start: start, end: prediction.time))
                    isOpen = true
                case .update(let label, _, _): actions[actions.count - 1].label = model.classes[label]
                case .end(_, _, let end): (actions[actions.count - 1].end, isOpen) = (end, false)
                }
            }
            if isOpen { actions[actions.count - 1].end = prediction.time }
        }
        return actions
    }
}

extension ActionModel {
    /// What a camera would tell of each recording of one subject.
    ///
    /// - Parameters:
    ///   - recordings: each growing in time.
    ///   - threshold: from which probability on an action is told, 0…1.
    package func actions(in recordings: [[ActionSample]], threshold: Float) -> [[ToldAction]] {
        zip(recordings, ActionClassifier(model: self).predictions(of: recordings)).map { samples, predictions in
            ToldAction.list(predictions, of: self, threshold: threshold, firstSeen: samples.first?.time ?? 0)
        }
    }
}
