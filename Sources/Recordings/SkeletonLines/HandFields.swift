import JSONLines
import Skeleton

/// What has been read of one hand of a skeleton line so far.
struct HandFields {
    private var side: HandPose.Side?
    private var score: Float = 1
    private var imagePoints: [SIMD3<Float>] = []
    private var worldPoints: [SIMD3<Float>] = []

    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.matches(key, "image") {
            imagePoints = try Self.points(&scanner)
        } else if scanner.matches(key, "world") {
            worldPoints = try Self.points(&scanner)
        } else if scanner.matches(key, "side") {
            let fault = scanner.fault(expected: "side \"left\" or \"right\"")
            guard let known = HandPose.Side(rawValue: try scanner.readString()) else { throw fault }
            side = known
        } else if scanner.matches(key, "score") {
            let fault = scanner.fault(expected: "a number in range")
            score = Float(try scanner.readNumber())
            guard score.isFinite else { throw fault }
        } else {
            try scanner.skipValue()
        }
    }

    /// The hand, once its object is read.
    func hand(at scanner: JSONScanner) throws(JSONFault) -> HandPose {
        guard let side else { throw scanner.fault(expected: "key \"side\" before the hand's end") }
        let count = SkeletonTopology.hand21.count
        guard imagePoints.count == count else {
            throw JSONFault(
                offset: scanner.length, expected: "\(count) image points of a hand", found: "\(imagePoints.count)")
        }
        guard worldPoints.isEmpty || worldPoints.count == count else {
            throw JSONFault(
                offset: scanner.length, expected: "\(count) world points of a hand", found: "\(worldPoints.count)")
        }
        return HandPose(side: side, score: score, imagePoints: imagePoints, worldPoints: worldPoints)
    }

    private static func points(_ scanner: inout JSONScanner) throws(JSONFault) -> [SIMD3<Float>] {
        if scanner.skipNull() { return [] }
        var points: [SIMD3<Float>] = []
        points.reserveCapacity(SkeletonTopology.hand21.count)
        try scanner.readArray { (scanner) throws(JSONFault) in
            guard let (values, count) = try numbers(atMost: 3, &scanner), count == 3 else {
                throw scanner.fault(expected: "3 numbers a point of a hand")
            }
            points.append(SIMD3(values[0], values[1], values[2]))
        }
        return points
    }
}
