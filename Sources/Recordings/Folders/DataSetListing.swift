import Foundation

/// Lists the clips and streams that a data set's tables tell of.
struct DataSetListing {
    let layout: DataSetLayout
    /// `sequences.csv`.
    let table: CSVTable
    let folder: URL

    /// One clip a sequence.
    func clips() throws(RecordingsError) -> [RecordedClip] {
        let label = try table.column(layout.labelColumn)
        let name = try table.column("sequence")
        var clips: [RecordedClip] = []
        for row in table.rows.indices {
            clips.append(
                RecordedClip(
                    name: table.rows[row][name], label: table.rows[row][label], subject: subject(row: row),
                    attributes: table.attributes(row: row), source: .rows(try rows(ofSequence: row))))
        }
        return clips
    }

    /// One clip a labelled segment of the recordings (`segments.csv`).
    func segmentClips() throws(RecordingsError) -> [RecordedClip] {
        let segments = try CSVTable(path: folder.appending(path: "segments.csv").path)
        let name = try segments.column("sequence")
        let label = try segments.column("action_name")
        let first = try segments.column("first_row")
        let count = try segments.column("rows")
        let starts = try sequenceRows()
        var clips: [RecordedClip] = []
        for row in segments.rows.indices {
            let whole = try rows(of: segments.rows[row][name], in: starts, table: segments, row: row)
            let begin = try segments.integer(row: row, column: first)
            let length = try segments.integer(row: row, column: count)
            guard begin >= 0, length > 0, begin <= whole.count, length <= whole.count - begin else {
                throw RecordingsError(
                    file: segments.file, line: segments.lines[row],
                    message: "expected rows within the \(whole.count) of the recording, found \(length) from \(begin)")
            }
            let label = segments.rows[row][label]
            let attributes = segments.attributes(row: row)
            clips.append(
                RecordedClip(
                    name: segments.rows[row][name] + "_" + label, label: label, subject: attributes["subject"],
                    attributes: attributes,
                    source: .rows(whole.lowerBound + begin..<whole.lowerBound + begin + length)))
        }
        return clips
    }

    /// One stream a recording, with its segments timed by camera frame numbers.
    func streams(frameNumbers: NumPyArray) throws(RecordingsError) -> [RecordedStream] {
        let clips = try segmentClips()
        let name = try table.column("sequence")
        var streams: [RecordedStream] = []
        for row in table.rows.indices {
            let rows = try rows(ofSequence: row)
            let times = Self.times(ofFrames: try frameNumbers.numbers(rows: rows))
            let segments = clips.compactMap { clip -> RecordedSegment? in
                guard clip.attributes["sequence"] == table.rows[row][name], case .rows(let part) = clip.source else {
                    return nil
                }
                return RecordedSegment(
                    label: clip.label, start: times[part.lowerBound - rows.lowerBound],
                    end: times[part.upperBound - 1 - rows.lowerBound])
            }
            streams.append(
                RecordedStream(
                    name: table.rows[row][name], subject: subject(row: row),
                    segments: segments.sorted { $0.start < $1.start }, source: .rows(rows)))
        }
        return streams
    }

    /// Media times of camera frames at 30 a second from the first; a number that occurs twice is half a frame on.
    static func times(ofFrames numbers: [Float]) -> [Duration] {
        var times: [Duration] = []
        for number in numbers {
            let time = Duration.microseconds(Int64((Double(number - numbers[0]) / 30 * 1e6).rounded()))
            times.append(max(time, times.last.map { $0 + .microseconds(16_667) } ?? time))
        }
        return times
    }

    private func subject(row: Int) -> String? {
        if layout.name == DataSetLayout.cmuActions.name, let column = table.columns.firstIndex(of: "cmu_id") {
            return table.rows[row][column].split(separator: "_").first.flatMap { Int($0) }.map(String.init)
        }
        guard let column = layout.subjectColumn.flatMap(table.columns.firstIndex(of:)) else { return nil }
        return table.rows[row][column].isEmpty ? nil : table.rows[row][column]
    }

    private func rows(ofSequence row: Int) throws(RecordingsError) -> Range<Int> {
        let start = try table.integer(row: row, column: try table.column("start"))
        let count = try table.integer(row: row, column: try table.column("frames"))
        guard start >= 0, count >= 0, start < 1 << 40, count < 1 << 40 else {
            throw RecordingsError(
                file: table.file, line: table.lines[row], message: "expected rows from 0, found \(count) from \(start)")
        }
        return start..<start + count
    }

    private func sequenceRows() throws(RecordingsError) -> [String: Range<Int>] {
        let name = try table.column("sequence")
        var ranges: [String: Range<Int>] = [:]
        for row in table.rows.indices { ranges[table.rows[row][name]] = try rows(ofSequence: row) }
        return ranges
    }

    private func rows(
        of sequence: String, in ranges: [String: Range<Int>], table: CSVTable, row: Int
    ) throws(RecordingsError) -> Range<Int> {
        guard let range = ranges[sequence] else {
            throw RecordingsError(
                file: table.file, line: table.lines[row],
                message: "expected a sequence of sequences.csv, found '\(sequence)'")
        }
        return range
    }
}
