import Glibc

/// One way a gesture was shown, as a sequence of moments that streams are aligned with.
///
/// The distance of two moments is the mean of that of their embeddings and that of their poses, each in units of how far
/// the example moves from its own ends. Moments far from the ends weigh more, so that standing still fits no example; so
/// do the first and the last, so that a performance begins and ends as the example does.
struct Exemplar: Sendable {
    /// Which gesture it shows, by its place in the list.
    let gesture: Int
    /// J, the number of moments.
    let count: Int
    /// (J, width).
    let values: [Float]
    /// (J), sums up to 1.
    let weights: [Float]
    /// (poseWidth): how much each number of the pose counts, sums up to 1; joints that move count more.
    let poseWeights: [Float]
    /// What distances of embeddings and of poses are multiplied with.
    let embeddingScale: Float
    let poseScale: Float
    let embeddingWidth: Int
    /// How far each of `MotionDescriber.followed` goes in it, in torso lengths.
    let way: SIMD8<Double>

    /// Fewer moments are no motion.
    static let leastMoments = 3
    /// How much joints at rest count beside those that move most.
    private static let restWeight: Float = 0.3
    /// What the first and the last moment weigh more, where all moments together weigh 1.
    private static let endWeight: Float = 0.25

    /// Nil where the moments are too few or do not move.
    init?(_ moments: [MotionMoment], embeddingWidth: Int, gesture: Int) {
        guard moments.count >= Self.leastMoments else { return nil }
        self.gesture = gesture
        self.embeddingWidth = embeddingWidth
        count = moments.count
        values = moments.flatMap(\.values)
        let rows = moments.map(\.values)
        let poseWeights = Self.poseWeights(rows.map { Array($0[embeddingWidth...]) })
        self.poseWeights = poseWeights
        let mean = zip(rows[0], rows[rows.count - 1]).map { ($0 + $1) / 2 }
        let distances = rows.map { row in
            (
                Self.embeddingDistance(row[..<embeddingWidth], mean[..<embeddingWidth]),
                Self.poseDistance(row[embeddingWidth...], mean[embeddingWidth...], poseWeights)
            )
        }
        guard let embedding = Self.shares(of: distances.map(\.0)), let pose = Self.shares(of: distances.map(\.1))
        else { return nil }
        weights = Self.weights(zip(embedding.weights, pose.weights).map { ($0 + $1) / 2 })
        way = moments[moments.count - 1].way - moments[0].way
        embeddingScale = embedding.scale
        poseScale = pose.scale
    }

    /// More at the ends, still 1 together.
    private static func weights(_ weights: [Float]) -> [Float] {
        var weights = weights
        weights[0] += endWeight
        weights[weights.count - 1] += endWeight
        return weights.map { $0 / (1 + 2 * endWeight) }
    }

    /// How much each moment weighs, and what brings the weighted mean of the distances to one half.
    private static func shares(of values: [Float]) -> (weights: [Float], scale: Float)? {
        let average = values.reduce(0, +) / Float(values.count)
        let raw = values.map { $0 + restWeight * average }
        let sum = raw.reduce(0, +)
        guard sum > 1e-6 else { return nil }
        let weights = raw.map { $0 / sum }
        let size = zip(weights, values).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        return (weights, 0.5 / size)
    }

    private static func embeddingDistance(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
        zip(a, b).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private static func poseDistance(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>, _ weights: [Float]) -> Float {
        zip(zip(a, b), weights).reduce(Float(0)) { $0 + $1.1 * ($1.0.0 - $1.0.1) * ($1.0.0 - $1.0.1) }.squareRoot()
    }

    private static func poseWeights(_ rows: [[Float]]) -> [Float] {
        let points = MotionDescriber.placed.count + MotionDescriber.boned.count
        let spreads = (0..<points).map { point -> Float in
            (0..<3).reduce(Float(0)) { sum, axis in
                let column = rows.map { $0[point * 3 + axis] }
                let mean = column.reduce(0, +) / Float(column.count)
                return sum + column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(column.count)
            }.squareRoot()
        }
        let most = [
            spreads[..<MotionDescriber.placed.count].max() ?? 0, spreads[MotionDescriber.placed.count...].max() ?? 0,
        ]
        var weights = [Float](repeating: 0, count: MotionDescriber.poseWidth)
        for point in 0..<points {
            let share = spreads[point] / (most[point < MotionDescriber.placed.count ? 0 : 1] + 1e-9)
            for axis in 0..<3 { weights[point * 3 + axis] = restWeight + (1 - restWeight) * share }
        }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// What the cost of a performance is multiplied with: 1 where hands, feet and head go about as far as here, more
    /// where one that rests here moves, or one goes more than twice or less than half as far.
    ///
    /// - Parameter way: how far each of `MotionDescriber.followed` goes in the performance, in torso lengths.
    func strain(of way: SIMD8<Double>) -> Float {
        var sum = 0.0
        for limb in MotionDescriber.followed.indices {
            // One torso length more for both: short ways are no matter.
            let excess = max(0, abs(log((way[limb] + 1) / (self.way[limb] + 1))) - Self.freeRatio)
            sum += excess * excess
        }
        return Float(1 + Self.ratioWeight * sum.squareRoot())
    }

    /// Ratios of ways, as natural logarithms, that cost nothing.
    private static let freeRatio = 0.7
    /// What one more costs.
    private static let ratioWeight = 0.2

    /// How far a moment is from each of the exemplar's.
    func distances(to moment: [Float], into distances: inout [Float]) {
        values.withUnsafeBufferPointer { values in
            moment.withUnsafeBufferPointer { moment in
                poseWeights.withUnsafeBufferPointer { weights in
                    for index in 0..<count {
                        let first = index * moment.count
                        let row = UnsafeBufferPointer(rebasing: values[first..<first + moment.count])
                        distances[index] =
                            embeddingScale * Self.embedding(row, moment, embeddingWidth)
                            + poseScale * Self.pose(row, moment, weights, embeddingWidth)
                    }
                }
            }
        }
    }

    private static func embedding(
        _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, _ count: Int
    ) -> Float {
        var sum = SIMD8<Float>.zero
        var index = 0
        while index + 8 <= count {
            let difference = load(a, index) - load(b, index)
            sum += difference * difference
            index += 8
        }
        var rest: Float = 0
        while index < count {
            rest += (a[index] - b[index]) * (a[index] - b[index])
            index += 1
        }
        return (sum.sum() + rest).squareRoot()
    }

    private static func pose(
        _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, _ weights: UnsafeBufferPointer<Float>,
        _ start: Int
    ) -> Float {
        var sum = SIMD8<Float>.zero
        for index in stride(from: 0, to: MotionDescriber.poseWidth, by: 8) {
            let difference = load(a, start + index) - load(b, start + index)
            sum += difference * difference * load(weights, index)
        }
        return sum.sum().squareRoot()
    }

    @inline(__always)
    private static func load(_ values: UnsafeBufferPointer<Float>, _ index: Int) -> SIMD8<Float> {
        precondition(index >= 0 && index + 8 <= values.count, "eight numbers from there")
        return UnsafeRawPointer(values.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
    }
}
