import Events
import History
import MarkedYAML

/// Says of a filter that names what a history does not hold which names there are, nearest first.
struct UnknownNames {
    private static let mostNames = 10

    /// A sentence for each name that does not occur.
    static func sentences(
        _ filter: HistoryFilter, in kinds: [EventKind], of reader: HistoryReader
    ) throws -> [String] {
        var sentences: [String] = []
        for (column, asked) in [(NamedColumn.camera, filter.camera), (.label, filter.label)] {
            guard let asked else { continue }
            let known = try reader.names(of: column, in: kinds)
            if known.contains(asked) { continue }
            let isElsewhere = try reader.names(of: column, in: EventKind.allCases).contains(asked)
            let nearest = NearestNames.likeliest(for: asked, among: known, count: mostNames)
            let name = "\(column.rawValue) '\(asked)'"
            sentences.append(
                sentence(isElsewhere ? "such event with \(name)" : name, nearest, of: known.count))
        }
        if let track = filter.track {
            let nearest = try reader.tracks(near: track, in: kinds, count: mostNames)
            if nearest.first != track {
                sentences.append(sentence("track \(track)", nearest.map(String.init), of: nil))
            }
        }
        return sentences
    }

    /// - Parameter count: of all there are; nil where nobody counted.
    private static func sentence(_ what: String, _ nearest: [String], of count: Int?) -> String {
        guard !nearest.isEmpty else { return "There is no \(what) here, and no other" }
        let rest = (count ?? nearest.count) - nearest.count
        return "There is no \(what) here; there " + (nearest.count == 1 ? "is " : "are ")
            + nearest.joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more" : "")
    }
}
