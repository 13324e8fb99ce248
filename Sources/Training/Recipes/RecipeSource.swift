/// A source of training clips that a recipe names.
package struct RecipeSource: Sendable, Codable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Motion that Laban synthesises.
        case puppet
        /// A recordings folder or data set, relative to the data folder given to the training.
        case folder
    }

    package var kind: Kind
    /// The folder; empty for puppets.
    package var path = ""
    /// Class for each of the source's labels; a label that is not listed is left out. Nil takes every label as it is.
    package var labels: [String: String]?
    /// Subjects to leave out, for testing.
    package var withoutSubjects: [String] = []
    /// Puppets: clips of each class.
    package var clips = 0
    /// Puppets: seconds of each clip.
    package var seconds = 4.0
    /// How often this source's clips are drawn compared with others of their class.
    package var weight: Float = 1
    /// What is said of it under `training_data` in `model.json`, and in reports.
    package var credit = ""
    /// Of a set that a model is measured on: whether nothing about any model was ever chosen by it.
    package var apart = false

    /// What it is called in reports.
    package var name: String { credit.isEmpty ? (path.isEmpty ? kind.rawValue : path) : credit }

    package init(kind: Kind) { self.kind = kind }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let all = try decoder.container(keyedBy: AnyKey.self)
        if let stranger = all.allKeys.first(where: { CodingKeys(stringValue: $0.stringValue) == nil }) {
            throw DecodingError.dataCorruptedError(
                forKey: stranger, in: all,
                debugDescription: "unknown key; known are "
                    + CodingKeys.allCases.map(\.rawValue).sorted().joined(separator: ", "))
        }
        kind = try container.decode(Kind.self, forKey: .kind)
        path = try container.decodeIfPresent(String.self, forKey: .path) ?? path
        labels = try container.decodeIfPresent([String: String].self, forKey: .labels)
        withoutSubjects = try container.decodeIfPresent([String].self, forKey: .withoutSubjects) ?? []
        clips = try container.decodeIfPresent(Int.self, forKey: .clips) ?? clips
        seconds = try container.decodeIfPresent(Double.self, forKey: .seconds) ?? seconds
        weight = try container.decodeIfPresent(Float.self, forKey: .weight) ?? weight
        credit = try container.decodeIfPresent(String.self, forKey: .credit) ?? credit
        apart = try container.decodeIfPresent(Bool.self, forKey: .apart) ?? apart
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, path, labels, clips, seconds, weight, credit, apart
        case withoutSubjects = "without_subjects"
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }
}
