import Skeleton

/// Counts whatever one person repeats, without a name for it.
struct RepeatedMotionCounter: Sendable {
    /// One repetition.
    struct Repetition: Sendable {
        var start: Duration
        var turningPoint: Duration
        var end: Duration
        /// Correlation of the repetitions it was counted with, -1…1.
        var likeness: Float
        /// How many those were.
        var company: Int
        /// How far it went in its direction, in trunk lengths over all joints.
        var way: Float
        /// How far the joint angle that moved most did, in degrees in the picture's plane; nil where none was seen.
        var range: Float?
    }

    private var finder: RepeatedMotionFinder
    private(set) var rows = MotionRows()
    private var nextLook = 0
    /// Where the last repetition counted ended, its length, and the direction it went.
    private var last: (end: Int, length: Float, direction: MotionRow)?

    init(_ settings: RepeatedMotionSettings = .init()) { finder = RepeatedMotionFinder(settings) }

    /// The repetitions that this pose makes known, which lie up to a window back when motion first repeats itself.
    mutating func update(_ pose: Pose, aspectRatio: Float?, at time: Duration) -> [Repetition] {
        guard rows.add(pose, aspectRatio: aspectRatio, at: time), rows.end >= nextLook,
            rows.rows.count >= Int(MotionRows.rate)
        else { return [] }
        nextLook = rows.end + finder.settings.hop
        return look()
    }

    /// The repetitions that nobody waits any longer to see gone on with: the person has left, or the recording is over.
    mutating func finish() -> [Repetition] {
        rows.finish()
        return rows.rows.count >= Int(MotionRows.rate) ? look() : []
    }

    /// Takes a rule's word for which end of the motion is the turning point, where the repetitions go on.
    mutating func align(start: Duration, turningPoint: Duration, end: Duration) {
        guard let direction = last?.direction else { return }
        let places = [start, turningPoint, end].map { rows.row(at: $0)?.dot(direction) }
        guard let start = places[0], let turn = places[1], let end = places[2], 2 * turn < start + end else { return }
        last?.direction *= -1
    }

    private mutating func look() -> [Repetition] {
        let goesOn = last.map {
            Float(rows.end - $0.end) < max(finder.settings.pause * $0.length, 2 * Float(MotionRows.rate))
        }
        let before = goesOn == true ? last?.direction : nil
        guard let found = finder.find(in: rows.rows, first: rows.first, before: before) else { return [] }
        var repetitions: [Repetition] = []
        for swing in found.swings {
            if let last {
                // One that was counted already, perhaps seen a little otherwise this time.
                guard Float(swing.end - last.end) > 0.5 * found.length,
                    Float(swing.start - last.end) >= -0.3 * found.length
                else { continue }
            }
            last = (swing.end, found.length, found.direction)
            repetitions.append(
                Repetition(
                    start: rows.time(of: swing.start), turningPoint: rows.time(of: swing.turn),
                    end: rows.time(of: swing.end), likeness: found.likeness, company: found.swings.count,
                    way: way(swing, found.direction), range: range(swing)))
        }
        if repetitions.isEmpty, goesOn != true, let last {
            self.last = (last.end, found.length, found.direction)
        }
        return repetitions
    }

    private func way(_ swing: Swing, _ direction: MotionRow) -> Float {
        func place(_ row: Int) -> Float { rows.rows[row - rows.first].dot(direction) }
        return place(swing.turn) - max(place(swing.start), place(swing.end))
    }

    private func range(_ swing: Swing) -> Float? {
        let (rest, turn) = (rows.rows[swing.start - rows.first], rows.rows[swing.turn - rows.first])
        return MotionRow.angles.compactMap { joint -> Float? in
            guard let a = rest.angle(joint.a, at: joint.vertex, joint.b),
                let b = turn.angle(joint.a, at: joint.vertex, joint.b)
            else { return nil }
            return abs(a - b)
        }.max()
    }
}
