package import MarkedYAML

/// What one rule file describes.
package enum MotionRule: Sendable, Hashable {
    case exercise(Exercise)
    case gesture(Gesture)
    /// An exercise that is held still: its posture, told by the seconds it lasts.
    case hold(Gesture)

    /// The exercise's name or the gesture's label.
    package var name: String {
        switch self {
        case .exercise(let exercise): exercise.name
        case .gesture(let gesture), .hold(let gesture): gesture.label
        }
    }

    /// Reads the text of a rule file.
    ///
    /// - Parameter file: what errors call the file.
    /// - Throws: every fault of the file at once.
    package init(yaml text: String, file: String) throws(YAMLFileError) {
        try self.init(YAMLNode(yaml: text, file: file))
    }

    /// Reads a rule file of one rule, or the first of a family of gestures.
    ///
    /// - Throws: every fault of the file at once.
    package init(_ root: YAMLNode) throws(YAMLFileError) { self = try Self.all(root)[0] }

    /// Every rule of a file: one, or the gestures of a family, in their order.
    ///
    /// - Throws: every fault of the file at once.
    package static func all(_ root: YAMLNode) throws(YAMLFileError) -> [MotionRule] { try RuleReader.rules(root) }
}
