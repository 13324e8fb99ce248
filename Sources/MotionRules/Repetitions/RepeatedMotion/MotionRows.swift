import Skeleton

/// One person's latest rows at a fixed rate, smoothed: what comes in at any frame rate, with frames lost, goes out the
/// same.
struct MotionRows: Sendable {
    /// Rows a second.
    static let rate = 15.0
    /// Rows kept: what the longest window looks back on.
    static let capacity = 200

    /// The newest last; the first may be older than needed.
    private(set) var rows: [MotionRow] = []
    /// Number of the first of `rows` since the person came into view.
    private(set) var first = 0
    /// Number of the next row.
    var end: Int { first + rows.count }

    private var raw: [MotionRow] = []
    private var rawEnd = 0
    private var start = Duration.zero
    private var newest: (time: Duration, row: MotionRow)?
    private var size = RunningMedian(capacity: 45)
    private var map: BodyPointMap?
    /// What is looked from, and since when the other place would be right.
    private var place = BodyPoint.midHip
    private var otherwise: Duration?

    /// Who is not seen for longer starts anew.
    private static let longestGap = Duration.seconds(2)
    /// Hips that are not seen for so long give way to the shoulders as the place that is looked from, and the other way.
    private static let patience = Duration.seconds(1)
    /// Joints trusted less count as not seen.
    private static let leastConfidence: Float = 0.2
    /// Weights of a row's neighbours on either side: a Gaussian of a tenth of a second.
    private static let smoothing: [Float] = [0.269, 0.2154, 0.1106, 0.0364, 0.0077]

    /// When a row was.
    func time(of row: Int) -> Duration { start + .seconds(Double(row) / Self.rate) }

    /// The row nearest to a time; nil where it is not at hand.
    func row(at time: Duration) -> MotionRow? {
        let index = Int(((time - start).inSeconds * Self.rate).rounded()) - first
        return rows.indices.contains(index) ? rows[index] : nil
    }

    /// Takes a pose; whether that made rows complete.
    mutating func add(_ pose: Pose, aspectRatio: Float?, at time: Duration) -> Bool {
        guard var row = row(of: pose, aspectRatio: aspectRatio, at: time) else { return false }
        guard let previous = newest, time > previous.time, time - previous.time <= Self.longestGap else {
            if let previous = newest, time <= previous.time { return false }
            restart(with: row, at: time)
            return false
        }
        // A joint that is out of sight stays where it was.
        for (index, _) in MotionRow.joints.enumerated() where row.seen & 1 << index == 0 {
            row[2 * index] = previous.row[2 * index]
            row[2 * index + 1] = previous.row[2 * index + 1]
        }
        newest = (time, row)
        let before = end
        while self.time(of: rawEnd) <= time {
            let share = (self.time(of: rawEnd) - previous.time) / (time - previous.time)
            append(.between(previous.row, row, share: Float(min(1, max(0, share)))))
        }
        return end > before
    }

    private mutating func restart(with row: MotionRow, at time: Duration) {
        // Numbers go on, so that no row of before is taken for one of now.
        let next = rawEnd
        rows.removeAll(keepingCapacity: true)
        raw.removeAll(keepingCapacity: true)
        start = time - .seconds(Double(next) / Self.rate)
        first = next
        newest = (time, row)
        append(row)
    }

    /// Completes the rows that wait for what comes after them, where nothing does.
    mutating func finish() {
        let side = Self.smoothing.count - 1
        for middle in max(0, raw.count - side)..<raw.count { rows.append(smooth(middle)) }
        raw.removeAll()
        newest = nil
    }

    private mutating func append(_ row: MotionRow) {
        raw.append(row)
        rawEnd += 1
        let side = Self.smoothing.count - 1
        guard raw.count > side else { return }
        rows.append(smooth(raw.count - 1 - side))
        if raw.count > 2 * side { raw.removeFirst() }
        if rows.count > 2 * Self.capacity {
            first += rows.count - Self.capacity
            rows.removeFirst(rows.count - Self.capacity)
        }
    }

    /// A raw row and its neighbours, as far as there are any.
    private func smooth(_ middle: Int) -> MotionRow {
        var smooth = raw[middle]
        smooth *= Self.smoothing[0]
        var weight = Self.smoothing[0]
        for distance in 1..<Self.smoothing.count {
            if middle >= distance {
                smooth.add(raw[middle - distance], times: Self.smoothing[distance])
                weight += Self.smoothing[distance]
            }
            if middle + distance < raw.count {
                smooth.add(raw[middle + distance], times: Self.smoothing[distance])
                weight += Self.smoothing[distance]
            }
        }
        smooth *= 1 / weight
        return smooth
    }

    /// Changes the place that is looked from once the other has been right for long; then everything starts anew.
    private mutating func settle(on wanted: BodyPoint, at time: Duration) {
        guard wanted != place else {
            otherwise = nil
            return
        }
        let since = otherwise ?? time
        otherwise = since
        guard time - since > Self.patience else { return }
        place = wanted
        otherwise = nil
        newest = nil
    }

    /// The pose from the middle of the hips, or of the shoulders where hips are long unseen, in trunk lengths; nil where
    /// neither is seen.
    private mutating func row(of pose: Pose, aspectRatio: Float?, at time: Duration) -> MotionRow? {
        if map?.topology != pose.topology { map = BodyPointMap(pose.topology) }
        guard let map else { return nil }
        let scale = SIMD2<Float>(aspectRatio ?? 1, 1)
        func point(_ point: BodyPoint) -> SIMD2<Float>? {
            let joints = map.joints[point.rawValue]
            guard !joints.isEmpty else { return nil }
            var sum = SIMD2<Float>.zero
            for joint in joints {
                if !pose.keypoints.isEmpty {
                    guard let keypoint = pose.keypoints[joint], keypoint.confidence >= Self.leastConfidence else {
                        return nil
                    }
                    sum += SIMD2(keypoint.x, keypoint.y) * scale
                } else {
                    guard let world = pose.worldPoints[joint] else { return nil }
                    sum += SIMD2(world.x, world.y)
                }
            }
            return sum.x.isFinite && sum.y.isFinite ? sum / Float(joints.count) : nil
        }
        guard !pose.keypoints.isEmpty || !pose.worldPoints.isEmpty else { return nil }
        let (hips, shoulders) = (point(.midHip), point(.midShoulder))
        settle(on: hips != nil ? .midHip : .midShoulder, at: time)
        guard let origin = place == .midHip ? hips : shoulders else { return nil }
        if let hips, let shoulders {
            let trunk = shoulders - hips
            size.add((trunk * trunk).sum().squareRoot())
        } else if let left = point(.leftShoulder), let right = point(.rightShoulder) {
            let width = left - right
            size.add((width * width).sum().squareRoot() * 1.5)
        }
        guard let unit = size.value, unit > 0 else { return nil }
        var row = MotionRow()
        for (index, joint) in MotionRow.joints.enumerated() {
            guard let there = point(joint) else { continue }
            let relative = (there - origin) / unit
            guard relative.x.isFinite, relative.y.isFinite else { continue }
            (row[2 * index], row[2 * index + 1]) = (relative.x, relative.y)
            row.seen |= 1 << index
        }
        return row
    }
}
