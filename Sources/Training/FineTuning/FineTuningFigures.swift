import Recognition
import Skeleton

/// How a model fares on clips of the user's own camera, and on puppets that show whether it forgot anything.
package struct FineTuningFigures: Sendable, Equatable, Codable {
    /// Clips that were held back, and how many of them the model calls what they are.
    package let clips: Int
    package let right: Int
    /// Of those clips, how many had been told as something else than they were.
    package let wrong: Int
    /// In how many of those it still tells something that is not done, at the lowest threshold at which
    /// one of them was told; at the model's usual one where that was not noted.
    package let falseActions: Int
    /// Share of puppets called what they do, 0…1; nil where they play none of the classes.
    package let puppets: Double?
    /// Of the held back clips, class by class, 0…1.
    package let meanClass: Double

    private enum CodingKeys: String, CodingKey {
        case clips, right, wrong, puppets
        case falseActions = "false_actions"
        case meanClass = "mean_class"
    }

    /// - Parameters:
    ///   - clips: their labels are classes of the model.
    ///   - rehearsed: puppets of its classes.
    ///   - progress: called with the number of clips done.
    init(
        of model: ActionModel, on clips: [CorrectedClip], rehearsed: [LabelledMotion], progress: (Int) -> Void
    ) throws(TrainingError) {
        let own = try Evaluation(
            model: model, recordings: clips.map { LabelledRecording($0.motion) }, progress: progress)
        let others = try Evaluation(model: model, recordings: rehearsed.map(LabelledRecording.init)) {
            progress(clips.count + $0)
        }
        let wrong = clips.filter(\.isWrong)
        // Who watches at a lower threshold than the usual one is told more.
        let threshold = wrong.compactMap(\.threshold).min() ?? ActionRecogniserSettings(for: model).threshold
        let told = model.actions(in: wrong.map { $0.surroundings.map(ActionSample.motion) }, threshold: threshold)
        self.clips = clips.count
        right = own.classes.indices.reduce(0) { $0 + own.confusion[$1][$1] }
        self.wrong = wrong.count
        falseActions = zip(wrong, told).count { clip, actions in
            actions.contains { Self.isFalse($0, in: clip.motion) }
        }
        puppets = rehearsed.isEmpty ? nil : others.top1
        meanClass = own.meanClass
    }

    /// Whether most of an action, or most of a clip, is where the other is, and another is told than was done. To stand, sit
    /// or lie is not false of whoever does nothing.
    private static func isFalse(_ action: ToldAction, in motion: LabelledMotion) -> Bool {
        guard action.label != motion.label, !ActionModel.postures.contains(action.label),
            let first = motion.samples.first?.time, let last = motion.samples.last?.time
        else { return false }
        let common = min(action.end, last) - max(action.start, first)
        return common > 0.5 * min(action.end - action.start, last - first)
    }

    /// Puppets may be called right this much less often before something counts as forgotten.
    private static let mostForgotten = 0.03

    /// Whether fewer clips are right, more false actions are told, or something was forgotten.
    package func isWorse(than other: FineTuningFigures) -> Bool {
        right < other.right || falseActions > other.falseActions
            || (puppets ?? 0) < (other.puppets ?? 0) - Self.mostForgotten
    }
}
