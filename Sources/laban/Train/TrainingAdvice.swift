import Recognition
import Training

/// What somebody should know of their recordings before they train on them.
enum TrainingAdvice {
    /// Errs at folders whose names can be none of classes, before hours are spent on them.
    static func checkNames(_ labels: [String], in folder: String) throws(TrainingError) {
        if let fault = ActionModel.nameFault(labels) { throw TrainingError(file: folder, place: "classes", fault) }
    }

    /// Fewer clips than these seldom show how differently people do the same.
    private static let fewClips = 10

    /// A sentence each; none when there is nothing to say.
    static func notes(on motions: [LabelledMotion]) -> [String] {
        var counts: [String: Int] = [:]
        for motion in motions { counts[motion.label, default: 0] += 1 }
        var notes: [String] = []
        let few = counts.filter { $0.value < fewClips }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        if !few.isEmpty {
            notes.append(
                "few clips of " + few.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
                    + "; 20 a class by several people are a good start")
        }
        if counts[ActionModel.nothing] == nil {
            notes.append(
                "no class '\(ActionModel.nothing)': whatever people do will be taken for one of the others; a folder of "
                    + "that name with what else happens before the camera keeps the model silent")
        }
        return notes
    }
}
