/// Clips that are left out because their bytes, or what is said of them, are not what was written.
package struct DamagedClips: Sendable, Hashable {
    /// What is wrong with each, by its row.
    private var errors: [Int64: HistoryError] = [:]

    package init() {}

    package var isEmpty: Bool { errors.isEmpty }

    package var count: Int { errors.count }

    /// What is wrong with the one that was written first.
    package var first: HistoryError? { errors.min { $0.key < $1.key }?.value }

    mutating func insert(_ clip: ClipRecord, _ error: HistoryError) { errors[clip.id] = error }

    package mutating func formUnion(_ other: DamagedClips) { errors.merge(other.errors) { $1 } }

    /// For people, without a full stop and the file; nil where there are none.
    package var sentence: String? {
        first.map { first in
            errors.count == 1
                ? "1 damaged clip was left out: \(first.message)"
                : "\(errors.count) damaged clips were left out, the first of them: \(first.message)"
        }
    }
}
