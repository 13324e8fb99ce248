import Recognition
import Skeleton

/// What there is to train on: classes, clips and people.
package struct ClipSurvey: Sendable, Equatable {
    /// One class.
    package struct Row: Sendable, Equatable {
        package let label: String
        package let clips: Int
        /// People who show it; 0 when nothing says who moves.
        package let people: Int
        /// Length of the middle clip.
        package let seconds: Double
    }

    /// In the order of their names.
    package let rows: [Row]
    /// Everyone who moves, sorted (numbers by value).
    package let people: [String]
    /// Recordings that could not be used.
    package let leftOut: Int

    /// Fewer clips of a class than this are hardly enough.
    package static let fewestClips = 10

    package init(_ motions: [LabelledMotion], leftOut: Int = 0) {
        self.leftOut = leftOut
        people = Set(motions.compactMap(\.subject)).sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
        rows = Dictionary(grouping: motions, by: \.label).sorted { $0.key < $1.key }.map { label, members in
            let lengths = members.map { ($0.samples.last?.time ?? 0) - ($0.samples.first?.time ?? 0) }.sorted()
            return Row(
                label: label, clips: members.count, people: Set(members.compactMap(\.subject)).count,
                seconds: lengths[lengths.count / 2])
        }
    }

    /// The number of all clips.
    package var clips: Int { rows.reduce(0) { $0 + $1.clips } }

    /// What is likely to make the model worse than it could be, one sentence each.
    package var warnings: [String] {
        var warnings = rows.filter { $0.clips < Self.fewestClips }.map {
            "'\($0.label)' has \($0.clips) \($0.clips == 1 ? "clip" : "clips"): expect little of it; "
                + "20 of several people are a good start"
        }
        if let most = rows.map(\.clips).max(), let least = rows.map(\.clips).min(), most > 20 * least {
            warnings.append("the commonest class has \(most) clips, the rarest \(least)")
        }
        if people.count == 1 {
            warnings.append("all clips are of one person: others may move otherwise than '\(people[0])'")
        }
        return warnings
    }
}
