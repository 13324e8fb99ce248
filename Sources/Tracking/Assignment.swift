/// Matches two sets one to one so that the sum of the gains is highest (Kuhn 1955, in the shortest-path form of
/// Jonker & Volgenant 1987).
package enum Assignment {
    /// For each row the column given to it, or nil where leaving the row alone is better.
    ///
    /// Pairs without positive gain are never made. Complexity: O(rows² · (rows + columns)).
    ///
    /// - Parameters:
    ///   - gains: one row after the other, `columns` values each; not a number counts as no gain.
    ///   - columns: number of columns.
    package static func best(gains: [Float], columns: Int) -> [Int?] {
        guard columns > 0, !gains.isEmpty else { return [] }
        precondition(gains.count % columns == 0, "every row has a gain for every column")
        let rows = gains.count / columns
        // A column of its own lets each row stay alone at no gain.
        let width = columns + rows
        func cost(_ row: Int, _ column: Int) -> Float {
            guard column < columns else { return 0 }
            let gain = gains[row * columns + column]
            return gain > 0 ? -gain : 0
        }

        var rowPrice = [Float](repeating: 0, count: rows)
        var columnPrice = [Float](repeating: 0, count: width)
        var owner = [Int?](repeating: nil, count: width)
        for row in 0..<rows {
            var slack = [Float](repeating: .infinity, count: width)
            var previous = [Int?](repeating: nil, count: width)
            var visited = [Bool](repeating: false, count: width)
            var currentRow = row
            var currentColumn: Int?
            while true {
                var nearest = -1
                for column in 0..<width where !visited[column] {
                    let reduced = cost(currentRow, column) - rowPrice[currentRow] - columnPrice[column]
                    if reduced < slack[column] {
                        slack[column] = reduced
                        previous[column] = currentColumn
                    }
                    if nearest < 0 || slack[column] < slack[nearest] { nearest = column }
                }
                let step = slack[nearest]
                rowPrice[row] += step
                for column in 0..<width {
                    if visited[column] {
                        columnPrice[column] -= step
                        if let owner = owner[column] { rowPrice[owner] += step }
                    } else {
                        slack[column] -= step
                    }
                }
                visited[nearest] = true
                currentColumn = nearest
                guard let next = owner[nearest] else { break }
                currentRow = next
            }
            while let column = currentColumn {
                let before = previous[column]
                owner[column] = before.map { owner[$0] } ?? row
                currentColumn = before
            }
        }

        var result = [Int?](repeating: nil, count: rows)
        for column in 0..<columns {
            if let row = owner[column], gains[row * columns + column] > 0 { result[row] = column }
        }
        return result
    }
}
