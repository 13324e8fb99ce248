import Events
package import Foundation

extension ResultTable {
    /// One event, as `laban history show` prints it.
    ///
    /// - Parameter skeletons: how many are kept of it.
    package init(_ event: StoredEvent, skeletons: Int) {
        let table: ResultTable
        switch event {
        case .segment(let record): table = ResultTable([record], showsIDs: true)
        case .repetition(let record): table = ResultTable([record], showsIDs: true)
        }
        let columns = table.columns.map { (key: $0.key, heading: $0.key == "end_us" ? "end" : $0.heading) }
        self.init(
            columns: [("kind", "kind")] + columns + [("skeletons", "skeletons kept")],
            rows: [[.text(event.kind.rawValue)] + table.rows[0] + [.integer(skeletons)]])
    }

    /// Every row as a list of what is known, a line each.
    package func card(calendar: Calendar = .history) -> String {
        let shown = columns.indices.filter { columns[$0].heading != nil }
        let width = shown.map { columns[$0].heading?.count ?? 0 }.max() ?? 0
        return rows.map { row in
            shown.filter { row[$0] != .none }.map { column in
                let heading = columns[column].heading ?? ""
                return heading + String(repeating: " ", count: width - heading.count + 2)
                    + row[column].humanText(calendar) + "\n"
            }.joined()
        }.joined(separator: "\n")
    }
}
