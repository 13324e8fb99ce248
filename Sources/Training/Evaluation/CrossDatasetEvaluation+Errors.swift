import Recognition

/// Where the errors of unchanged recordings are.
extension CrossDatasetEvaluation {
    /// What there is of errors in one class, of one person, in one set.
    package struct ErrorShare: Sendable {
        package let name: String
        package let count: ErrorCount
    }

    /// Of all sets together.
    package var errors: ErrorCount { Self.sum(errorsBySet) }

    /// By what was done, dearest first.
    package var errorsByClass: [ErrorShare] {
        var counts: [String: ErrorCount] = [:]
        if let clips = clips(of: parts) {
            for (row, result) in clips.perClass.enumerated() {
                counts[result.name, default: ErrorCount()].add(
                    ErrorCount(clips: result.clips, wrongClips: result.clips - clips.confusion[row][row]))
            }
        }
        let watched = watched(of: parts)
        for (row, name) in watched.classes.enumerated() {
            let seconds = watched.total(row)
            counts[name, default: ErrorCount()].add(
                ErrorCount(seconds: seconds, wrongSeconds: max(0, seconds - watched.seconds[row][row])))
        }
        return sorted(counts.map { ErrorShare(name: $0.key, count: $0.value) })
    }

    /// By set and person, dearest first; those of a set who have no name are taken together.
    package var errorsByPerson: [ErrorShare] {
        sorted(
            parts.flatMap { part in
                part.people.map { name, count in
                    ErrorShare(name: "\(part.data): \(name.isEmpty ? "people without a name" : name)", count: count)
                }
            })
    }

    /// By set, dearest first.
    package var errorsBySet: [ErrorShare] {
        sorted(
            parts.map { part in
                ErrorShare(name: part.data, count: part.people.values.reduce(into: ErrorCount()) { $0.add($1) })
            })
    }

    private static func sum(_ shares: [ErrorShare]) -> ErrorCount {
        shares.reduce(into: ErrorCount()) { $0.add($1.count) }
    }

    /// Without those of whom nothing was measured; by the sum of what they cost in points of clips and of seconds.
    private func sorted(_ shares: [ErrorShare]) -> [ErrorShare] {
        let all = Self.sum(shares)
        func cost(_ share: ErrorShare) -> Double { share.count.clipPoints(of: all) + share.count.secondPoints(of: all) }
        return shares.filter { $0.count.clips > 0 || $0.count.seconds > 0 }
            .sorted { (cost($1), $0.name) < (cost($0), $1.name) }
    }
}
