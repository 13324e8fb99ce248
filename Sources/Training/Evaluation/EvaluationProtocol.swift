/// Says in words what a model was measured on and what it was trained on.
package struct EvaluationProtocol: Sendable {
    private let layout: String
    private let selection: ClipSelection
    private let clips: String
    private let trainingData: [String]

    /// - Parameters:
    ///   - layout: the data set's name.
    ///   - selection: which of its clips are meant.
    ///   - recordings: what is measured on.
    ///   - trainingData: as the model's description has it.
    package init(layout: String, selection: ClipSelection, recordings: [LabelledRecording], trainingData: [String]) {
        self.layout = layout
        self.selection = selection
        clips = Self.clips(recordings)
        self.trainingData = trainingData
    }

    /// One line.
    package var text: String {
        let conditions = selection.columns.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        let meant = conditions.isEmpty ? "" : " where " + conditions.joined(separator: ", ")
        let called = selection.label.isEmpty ? "" : ", classes by \(selection.label)"
        let trained = trainingData.isEmpty ? "nobody knows what" : trainingData.joined(separator: "; ")
        return "\(layout), \(clips)\(meant)\(called); trained on \(trained)"
    }

    /// Such as `284 clips of 1, 3, 5`.
    package static func clips(_ motions: [LabelledMotion]) -> String {
        clips(motions.count, people: motions.compactMap(\.subject))
    }

    static func clips(_ count: Int, people: [String]) -> String {
        let people = Set(people).sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
        return "\(count) clips" + (people.isEmpty ? "" : " of " + people.joined(separator: ", "))
    }
}
