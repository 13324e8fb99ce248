package import Events
package import Skeleton

/// One clip of a history: whose skeletons, from when to when.
package struct ClipRecord: Sendable, Hashable {
    /// Its row.
    let id: Int64
    package let run: String
    package let camera: String
    package let track: TrackID
    package let start: UnixTime
    /// The time of its last sample.
    package let end: UnixTime
    /// When it was written, from which on its age counts.
    package let written: UnixTime
    /// In bytes.
    package let size: Int
    /// What cannot be right in its row; nil where nothing is.
    let fault: String?

    package var duration: Duration { .microseconds(end.microseconds &- start.microseconds) }

    /// Longer than any clip, in microseconds.
    static let longest: Int64 = 20_000_000
    /// No clip is of a time before or after these years, in microseconds since 1970.
    static let times: ClosedRange<Int64> = -62_000_000_000_000_000...253_000_000_000_000_000
}

extension ClipRecord {
    /// What `init` reads.
    static let columns = "id, run, camera, track, start_us, end_us, written_us, size"

    init(_ row: StatementRow, _ names: NameTable) {
        self.init(
            id: row.integer(0), run: names[row.integer(1)], camera: names[row.integer(2)],
            track: TrackID(Int(row.integer(3))), start: row.time(4), end: row.time(5), written: row.time(6),
            size: Int(row.integer(7)), fault: Self.fault(row, names))
    }

    private static func fault(_ row: StatementRow, _ names: NameTable) -> String? {
        for (column, name) in [(1, "run"), (2, "camera")] as [(Int32, String)]
        where !row.isInteger(column) || !names.contains(row.integer(column)) {
            return "\(name): expected the number of a name, found none"
        }
        guard row.isInteger(3), row.integer(3) >= 0 else { return "track: expected a whole number from 0, found none" }
        for (column, name) in [(4, "start_us"), (5, "end_us")] as [(Int32, String)]
        where !row.isInteger(column) || !times.contains(row.integer(column)) {
            return "\(name): expected microseconds since 1970, found no time of a clip"
        }
        let length = row.integer(5) - row.integer(4)
        guard 0...longest ~= length else {
            return "end_us: expected 0 to \(longest) microseconds after start_us, found \(length)"
        }
        return nil
    }
}
