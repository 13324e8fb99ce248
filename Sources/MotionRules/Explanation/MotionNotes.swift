import Skeleton

/// What the counting of one person's repetitions noted down for explanations: how the joints went, and what was told.
struct MotionNotes: Sendable {
    private var rows: [(time: Duration, row: MotionRow)] = []
    /// Number of the first row that is not noted down yet.
    private var next = 0
    private var repetitions: [Repetition] = []
    private var sets: [ExerciseSet] = []

    /// How much is shown before and after a set.
    private static let margin = Duration.seconds(1)

    /// Notes down the rows that are new.
    mutating func take(_ source: MotionRows) {
        for number in max(next, source.first)..<max(next, source.end) {
            let time = source.time(of: number)
            guard rows.last.map({ time > $0.time }) ?? true else { continue }
            rows.append((time, source.rows[number - source.first]))
        }
        next = max(next, source.end)
    }

    /// The rows that follow are numbered anew.
    mutating func restart() { next = 0 }

    /// Notes down what was told.
    mutating func take(_ findings: [SetFinding]) {
        for finding in findings {
            switch finding {
            case .repetition(let repetition): repetitions.append(repetition)
            case .set(let set): sets.append(set)
            }
        }
    }

    /// Nil where nothing was counted.
    func course(of track: TrackID) -> MotionCourse? {
        let moving = sets.filter { $0.held == nil }
        guard !moving.isEmpty, !rows.isEmpty else { return nil }
        var values = [Float](repeating: .nan, count: rows.count)
        for set in moving { trace(set, into: &values) }
        return MotionCourse(
            track: track, times: rows.map(\.time), values: values, repetitions: repetitions, sets: sets)
    }

    /// Writes the course of a set along its leading principal motion.
    private func trace(_ set: ExerciseSet, into values: inout [Float]) {
        let inside = rows.indices(from: set.start, to: set.end)
        var used = MotionRow()
        for index in 0..<MotionRow.width { used[index] = 1 }
        var motions = PrincipalMotions()
        for index in inside { motions.add(rows[index].row) }
        guard var direction = motions.leading(used: used) else { return }
        let ways = repetitions.filter { $0.set == set.number }.compactMap { way(of: $0, along: direction) }
        // Turning points point up.
        if ways.reduce(0, +) < 0 { direction *= -1 }
        let lowest = inside.map { rows[$0].row.dot(direction) }.min() ?? 0
        for index in rows.indices(from: set.start - Self.margin, to: set.end + Self.margin) {
            values[index] = rows[index].row.dot(direction) - lowest
        }
    }

    /// How much farther along a direction a repetition was at its turning point than at its ends.
    private func way(of repetition: Repetition, along direction: MotionRow) -> Float? {
        func place(_ time: Duration) -> Float? {
            rows.indices(from: time, to: .seconds(Int64.max)).first.map { rows[$0].row.dot(direction) }
        }
        guard let start = place(repetition.start), let turn = place(repetition.turningPoint),
            let end = place(repetition.end)
        else { return nil }
        return turn - (start + end) / 2
    }
}

extension Array where Element == (time: Duration, row: MotionRow) {
    /// Those between two times, which rise.
    fileprivate func indices(from first: Duration, to last: Duration) -> Range<Int> {
        let begin = partitioningIndex { $0.time >= first }
        return begin..<Swift.max(begin, partitioningIndex { $0.time > last })
    }
}
