import Recognition

/// For how many seconds of labelled time a recogniser said what.
package struct TimeConfusion: Sendable {
    /// The model's, with `nothing`.
    package let classes: [String]
    /// Rows: what was done; columns: what was said, `nothing` where nothing was; both in the order of `classes`.
    package private(set) var seconds: [[Double]]

    package init(classes: [String]) {
        let all = classes.contains(ActionModel.nothing) ? classes : classes + [ActionModel.nothing]
        self.classes = all
        seconds = [[Double]](repeating: [Double](repeating: 0, count: all.count), count: all.count)
    }

    /// Adds what was found in a stream; labels are among `classes`.
    package mutating func add(_ found: [StreamScore.Found], truth: [StreamScore.Truth]) {
        for segment in truth {
            guard let row = classes.firstIndex(of: segment.label) else { continue }
            var silent = max(0, segment.end - segment.start)
            for guess in found {
                let shared = min(segment.end, guess.end) - max(segment.start, guess.start)
                guard shared > 0, let column = classes.firstIndex(of: guess.label) else { continue }
                seconds[row][column] += shared
                silent -= shared
            }
            if let nothing = classes.firstIndex(of: ActionModel.nothing) { seconds[row][nothing] += max(0, silent) }
        }
    }

    /// Adds what was counted elsewhere, over the same classes.
    package mutating func add(_ other: TimeConfusion) {
        precondition(classes == other.classes, "confusions over the same classes")
        for (row, counts) in other.seconds.enumerated() {
            for (column, count) in counts.enumerated() { seconds[row][column] += count }
        }
    }

    /// Seconds of a class that occurs.
    package func total(_ row: Int) -> Double { seconds[row].reduce(0, +) }

    /// Seconds of all classes.
    package var allSeconds: Double { seconds.indices.reduce(0) { $0 + total($1) } }

    /// Share of a class's seconds in which it was said; 0 when it does not occur.
    package func recall(_ row: Int) -> Double { total(row) > 0 ? seconds[row][row] / total(row) : 0 }

    /// Share of the seconds in which a class was said in which it was done; 0 when it was never said.
    package func precision(_ column: Int) -> Double {
        let said = seconds.reduce(0) { $0 + $1[column] }
        return said > 0 ? seconds[column][column] / said : 0
    }

    /// Share of all seconds in which what was done was said.
    package var right: Double { right(Array(seconds.indices)) }

    /// The same of the seconds in which something was done, `nothing` left out.
    package var rightOfActions: Double { right(seconds.indices.filter { classes[$0] != ActionModel.nothing }) }

    /// Whether there is time in which something was done.
    package var hasActions: Bool {
        seconds.indices.contains { classes[$0] != ActionModel.nothing && total($0) > 0 }
    }

    private func right(_ rows: [Int]) -> Double {
        let all = rows.reduce(0) { $0 + total($1) }
        return all > 0 ? rows.reduce(0) { $0 + seconds[$1][$1] } / all : 0
    }
}
