package import Recordings

/// Which clips of a data set a benchmark means, and what they are called in it.
package struct ClipSelection: Sendable, Codable, Equatable {
    /// For a column of the data set's table the value it must have; of values joined by `+` one must be it.
    package var columns: [String: String] = [:]
    /// The column that names the class, or several joined by `+`, whose values are joined by ` / `; the data set's usual
    /// one when empty.
    package var label = ""
    /// What values of these columns are called in a class's name; those not listed stay as they are.
    package var names: [String: String] = [:]

    package init() {}

    /// The class of a clip; nil when it is not meant.
    package func label(of clip: RecordedClip) -> String? {
        let isMeant = columns.allSatisfy { column, value in
            clip.attributes[column]?.split(separator: "+").contains { $0 == value } ?? false
        }
        guard isMeant else { return nil }
        guard !label.isEmpty else { return names[clip.label] ?? clip.label }
        let values = label.split(separator: "+").map { clip.attributes[String($0)] }
        guard values.allSatisfy({ $0 != nil }) else { return nil }
        return values.compactMap { $0 }.map { names[$0] ?? $0 }.joined(separator: Self.separator)
    }

    /// What stands between the parts of a class's name.
    static let separator = " / "

    private enum CodingKeys: String, CodingKey {
        case label, names
        case columns = "where"
    }
}
