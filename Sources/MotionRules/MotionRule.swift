package import MarkedYAML

/// What one rule file describes.
package enum MotionRule: Sendable, Hashable {
    case exercise(Exercise)
    case gesture(Gesture)

    /// The exercise's name or the gesture's label.
    package var name: String {
        switch self {
        case .exercise(let exercise): exercise.name
        case .gesture(let gesture): gesture.label
        }
    }

    /// Reads the text of a rule file.
    ///
    /// - Parameter file: what errors call the file.
    package init(yaml text: String, file: String) throws(YAMLFileError) {
        let root = try YAMLNode(yaml: text, file: file)
        self = try MotionRule(root)
    }
}
