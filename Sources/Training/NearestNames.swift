/// The names that somebody may have meant who wrote another one.
enum NearestNames {
    /// The nearest of `known` by letters that have to change (Levenshtein 1966), at most `count`, the nearest first; empty when
    /// none is near.
    static func of(_ name: String, among known: some Sequence<String>, count: Int = 3) -> [String] {
        let name = Array(name.lowercased().prefix(80))
        let near = known.compactMap { other -> (distance: Int, name: String)? in
            let distance = distance(name, Array(other.lowercased()))
            // Half of a name may be another word; more is another name.
            return distance * 2 <= max(name.count, other.count) ? (distance, other) : nil
        }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(count).map(\.name)
    }

    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var row = Array(0...second.count)
        for (i, letter) in first.enumerated() {
            var corner = row[0]
            row[0] = i + 1
            for (j, other) in second.enumerated() {
                let changed = corner + (letter == other ? 0 : 1)
                corner = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, corner + 1)
            }
        }
        return row[second.count]
    }
}
