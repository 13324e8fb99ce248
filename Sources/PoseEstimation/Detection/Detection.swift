/// What a single-shot detector finds: a box it is more or less sure of, and whatever else hangs on it.
package protocol Detection: Sendable {
    /// How sure the detector is, 0…1.
    var score: Float { get }
    /// Top left and bottom right corner of the box.
    var low: SIMD2<Float> { get }
    var high: SIMD2<Float> { get }
    /// The mean of detections of one thing, weighted by their scores.
    static func mean(of group: [Self], score: Float) -> Self
}

extension Detection {
    /// Intersection over union of the two boxes, 0…1.
    func overlap(with other: Self) -> Float {
        let extent = pointwiseMax(pointwiseMin(high, other.high) - pointwiseMax(low, other.low), .zero)
        let shared = extent.x * extent.y
        let union = area + other.area - shared
        return union > 0 ? shared / union : 0
    }

    /// Merges detections of one thing: each group of overlapping boxes becomes its mean weighted by score, with the
    /// best score of the group (weighted non-maximum suppression, Bazarevsky et al. 2019). Best first.
    package static func merge(_ detections: [Self], overlap threshold: Float) -> [Self] {
        var remaining = detections.enumerated().sorted {
            ($0.element.score, $1.offset) > ($1.element.score, $0.offset)
        }.map(\.element)
        var merged: [Self] = []
        while let best = remaining.first {
            var group: [Self] = []
            var others: [Self] = []
            for detection in remaining {
                if detection.overlap(with: best) > threshold {
                    group.append(detection)
                } else {
                    others.append(detection)
                }
            }
            if group.isEmpty {
                // A box without area overlaps nothing, not even itself.
                merged.append(best)
                others.removeFirst()
            } else {
                merged.append(mean(of: group, score: best.score))
            }
            remaining = others
        }
        return merged
    }

    private var area: Float {
        let extent = pointwiseMax(high - low, .zero)
        return extent.x * extent.y
    }
}
