package import Recordings

/// Which clips of a data set a benchmark means, and what they are called in it.
package struct ClipSelection: Sendable, Codable, Equatable {
    /// For a column of the data set's table the value it must have; of values joined by `+` one must be it.
    package var columns: [String: String] = [:]
    /// The column that names the class; the data set's usual one when empty.
    package var label = ""

    package init() {}

    /// The class of a clip; nil when it is not meant.
    package func label(of clip: RecordedClip) -> String? {
        let isMeant = columns.allSatisfy { column, value in
            clip.attributes[column]?.split(separator: "+").contains { $0 == value } ?? false
        }
        guard isMeant else { return nil }
        return label.isEmpty ? clip.label : clip.attributes[label]
    }

    private enum CodingKeys: String, CodingKey {
        case label
        case columns = "where"
    }
}
