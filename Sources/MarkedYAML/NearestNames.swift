/// Names that somebody who wrote another one may have meant.
package enum NearestNames {
    /// The three likeliest, best first, with commas between: `knee, left_knee, uneven_knee`.
    package static func list(to name: String, among known: [String]) -> String {
        likeliest(for: name, among: known).joined(separator: ", ")
    }

    /// The likeliest of the known names, best first; the earlier of two alike.
    package static func likeliest(for name: String, among known: [String], count: Int = 3) -> [String] {
        let wanted = plain(name)
        let ranked = known.enumerated().map { ($0.offset, likeness(wanted, plain($0.element))) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        return ranked.prefix(count).map { known[$0.0] }
    }

    /// `leftKnee`, `left-knee` and `LEFT_KNEE` as `left_knee`; cut short, as no known name is long.
    private static func plain(_ name: String) -> [Character] {
        var result: [Character] = []
        for character in name.prefix(64) {
            if character.isUppercase, let last = result.last, last.isLowercase, name.contains(where: \.isLowercase) {
                result.append("_")
            }
            result += character.isLetter || character.isNumber ? Array(character.lowercased()) : ["_"]
        }
        return result
    }

    /// 0…1: by the share of pairs of neighbouring letters in common, which forgives words added, left out or exchanged, or
    /// by the letters to change, which forgives slips in short words.
    private static func likeness(_ a: [Character], _ b: [Character]) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        return max(pairLikeness(a, b), 1 - Double(changes(a, b)) / Double(max(a.count, b.count)))
    }

    /// Twice the pairs in common over all pairs (Dice 1945).
    private static func pairLikeness(_ a: [Character], _ b: [Character]) -> Double {
        var pairs = zip(a, a.dropFirst()).map { [$0, $1] }
        let total = pairs.count + b.count - 1
        var common = 0
        for pair in zip(b, b.dropFirst()).map({ [$0, $1] }) {
            guard let index = pairs.firstIndex(of: pair) else { continue }
            pairs.remove(at: index)
            common += 1
        }
        return total > 0 ? 2 * Double(common) / Double(total) : 0
    }

    /// Letters to put in, take out or exchange to make one of the other (Levenshtein 1966).
    private static func changes(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
