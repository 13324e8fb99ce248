/// Finds motion that repeats itself at the end of a person's rows, whatever it is: in windows of several lengths, the
/// course along the leading principal motions is cut into swings, and the latest swings that are alike in all joints tell.
///
/// Period and phase from principal components of a pose sequence are as old as gait analysis (Troje 2002); asking that
/// cycles are like each other as a whole stands for the self-similarity of RepNet (Dwibedi et al. 2020).
struct RepeatedMotionFinder: Sendable {
    /// What was found: the latest swings alike, oldest first, in numbers of rows.
    struct Finding: Sendable {
        var swings: [Swing]
        /// Mean correlation of neighbours, -1…1.
        var likeness: Float
        /// Median length in rows.
        var length: Float
        var direction: MotionRow
    }

    let settings: RepeatedMotionSettings
    // What each look works with, kept so that a look asks for next to no memory.
    private var motions = PrincipalMotions()
    private var seen = [Int](repeating: 0, count: MotionRow.joints.count)
    private var course: [Float] = []
    private var ranked: [Float] = []
    private var swings: [Swing] = []
    private var best: (score: Float, finding: Finding)?

    init(_ settings: RepeatedMotionSettings = .init()) { self.settings = settings }

    /// - Parameters:
    ///   - rows: the newest last.
    ///   - first: number of the first of them.
    ///   - before: the direction of the motion that goes on, if one does.
    mutating func find(in rows: [MotionRow], first: Int, before: MotionRow?) -> Finding? {
        motions.reset()
        for joint in seen.indices { seen[joint] = 0 }
        best = nil
        var next = rows.count
        for window in settings.windows {
            guard Double(rows.count) >= 0.6 * Double(window) else { break }
            let begin = max(0, rows.count - window)
            while next > begin {
                next -= 1
                motions.add(rows[next])
                for joint in seen.indices where rows[next].seen & 1 << joint != 0 { seen[joint] += 1 }
            }
            let used = Self.used(seen, of: rows.count - begin)
            let view = View(rows: rows[begin...], mean: motions.mean, used: used, spread: motions.spread(used: used))
            if let leading = motions.leading(used: used) { consider(leading, in: view, first: first, before: before) }
            if let before { consider(before, in: view, first: first, before: before) }
            for limb in Self.limbs { consider(limb, in: view, first: first, before: before) }
        }
        return best?.finding
    }

    /// A window of rows.
    private struct View {
        let rows: ArraySlice<MotionRow>
        let mean: MotionRow
        /// 1 for the numbers that count.
        let used: MotionRow
        /// Sum of the variances of the numbers that count.
        let spread: Float
    }

    /// Ways that limbs go together in most exercises; they tell where something else moves more than what is repeated.
    private static let limbs: [MotionRow] = {
        let arms: [BodyPoint] = [.leftElbow, .rightElbow, .leftWrist, .rightWrist]
        let legs: [BodyPoint] = [.leftKnee, .rightKnee, .leftAnkle, .rightAnkle]
        let top: [BodyPoint] = [.head, .leftShoulder, .rightShoulder]
        return [(arms, 1), (arms, 0), (top, 1), (legs, 1)].map { points, axis in
            var row = MotionRow()
            for (index, joint) in MotionRow.joints.enumerated() where points.contains(joint) {
                row[2 * index + axis] = 1 / Float(points.count).squareRoot()
            }
            return row
        }
    }()

    /// 1 for the numbers of joints that were seen most of the time.
    private static func used(_ seen: [Int], of count: Int) -> MotionRow {
        var used = MotionRow()
        for (joint, times) in seen.enumerated() where Float(times) >= 0.7 * Float(count) {
            (used[2 * joint], used[2 * joint + 1]) = (1, 1)
        }
        return used
    }

    /// Looks along a direction, both ways, and keeps what is found if nothing better has been.
    private mutating func consider(_ direction: MotionRow, in view: View, first: Int, before: MotionRow?) {
        let middle = view.mean.dot(direction)
        course.removeAll(keepingCapacity: true)
        var variance: Float = 0
        for row in view.rows {
            let value = row.dot(direction) - middle
            course.append(value)
            variance += value * value
        }
        variance /= Float(course.count)
        ranked.removeAll(keepingCapacity: true)
        ranked.append(contentsOf: course)
        let low = RankSelection.value(at: Int(0.07 * Float(ranked.count - 1) + 0.5), of: &ranked)
        let high = RankSelection.value(at: Int(0.93 * Float(ranked.count - 1) + 0.5), of: &ranked)
        guard high - low >= settings.width else { return }
        for index in course.indices { course[index] = (course[index] - low) / (high - low) }
        for sign: Float in [1, -1] {
            if sign < 0 { for index in course.indices { course[index] = 1 - course[index] } }
            Swing.find(in: course, outer: settings.outer, inner: settings.inner, into: &swings)
            guard let run = run(in: view) else { continue }
            let number = run.swings.count
            guard number >= 3 || run.likeness >= settings.likenessOfTwo else { continue }
            var signed = direction
            signed *= sign
            let goesOn = before.map { $0.dot(signed) > 0.6 } ?? false
            let score =
                run.likeness + (goesOn ? settings.steadiness : 0) + settings.evidence * Float(min(number, 4))
                + settings.share * variance / max(view.spread, 1e-9)
            if let best, best.score >= score { continue }
            let shift = view.rows.startIndex + first
            let numbered = swings[run.swings].map {
                Swing(start: $0.start + shift, turn: $0.turn + shift, end: $0.end + shift)
            }
            best = (
                score, Finding(swings: numbered, likeness: run.likeness, length: run.length, direction: signed)
            )
        }
    }

    /// The latest swings alike, if they are several and reach to the present.
    private mutating func run(in view: View) -> (swings: Range<Int>, likeness: Float, length: Float)? {
        guard let last = swings.last else { return nil }
        var newer = SwingShape(last, in: view.rows, used: view.used)
        var (oldest, likenesses) = (swings.count - 1, Float.zero)
        while oldest > 0, mayFollow(swings[oldest - 1], swings[oldest]) {
            let older = SwingShape(swings[oldest - 1], in: view.rows, used: view.used)
            let likeness = older.correlation(with: newer)
            guard likeness >= settings.likeness else { break }
            likenesses += likeness
            newer = older
            oldest -= 1
        }
        let number = swings.count - oldest
        guard number > 1 else { return nil }
        ranked.removeAll(keepingCapacity: true)
        for swing in swings[oldest...] { ranked.append(Float(swing.length)) }
        let lower = RankSelection.value(at: (number - 1) / 2, of: &ranked)
        let length = (lower + RankSelection.value(at: number / 2, of: &ranked)) / 2
        guard length >= settings.shortest,
            Float(course.count - last.end) <= 1.2 * length + 0.5 * Float(MotionRows.rate)
        else { return nil }
        return (oldest..<swings.count, likenesses / Float(number - 1), length)
    }

    /// Whether two swings are alike in time and width, and close enough.
    private func mayFollow(_ a: Swing, _ b: Swing) -> Bool {
        let (short, long) = (Float(min(a.length, b.length)), Float(max(a.length, b.length)))
        let (one, other) = (way(a), way(b))
        return long <= settings.longest * max(1, short) && min(one, other) >= settings.smallest * max(one, other)
            && Float(b.start - a.end) <= settings.pause * long + Float(MotionRows.rate)
    }

    private func way(_ swing: Swing) -> Float {
        course[swing.turn] - max(course[swing.start], course[swing.end])
    }
}
