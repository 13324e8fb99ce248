import Foundation
package import Imaging

/// What is to be known of a detector's network.
package struct DetectorNetwork: Sendable {
    package let file: String
    /// Pixels along each edge of the input.
    package let inputSide: Int
    /// What brightness is brought into.
    package let range: ClosedRange<Float>
    /// Numbers a box: centre x, y, width, height, then points.
    package let valueCount: Int
}

/// What a single-shot detector finds: a box it is more or less sure of, and whatever else hangs on it.
package protocol Detection: Sendable {
    static var network: DetectorNetwork { get }
    static var anchors: [DetectorAnchor] { get }
    /// A box of the detector's output in 0…1 of its input.
    ///
    /// - Parameters:
    ///   - anchor: the place of its anchor.
    ///   - pair: the two numbers of the box from the one of that index on.
    init(score: Float, anchor: SIMD2<Float>, pair: (Int) -> SIMD2<Float>)
    /// The same detection in pixels of the picture, from 0…1 of a square of it.
    func inPixels(of region: CropRegion) -> Self
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

    /// Detections from the detector's output: everything at least `threshold` sure, in the order of the anchors.
    ///
    /// - Parameters:
    ///   - boxes: `valueCount` numbers an anchor, in input pixels from the anchor.
    ///   - logits: one an anchor.
    package static func decode(
        boxes: UnsafeBufferPointer<Float>, logits: UnsafeBufferPointer<Float>, threshold: Float
    ) -> [Self] {
        let (anchors, count) = (anchors, network.valueCount)
        precondition(
            boxes.count == anchors.count * count && logits.count == anchors.count, "one box and logit an anchor")
        let scale = 1 / Float(network.inputSide)
        var found: [Self] = []
        for (index, anchor) in anchors.enumerated() {
            let score = sigmoid(min(max(logits[index], -100), 100))
            guard score >= threshold else { continue }
            found.append(
                Self(score: score, anchor: SIMD2(anchor.x, anchor.y)) { at in
                    SIMD2(boxes[index * count + at], boxes[index * count + at + 1]) * scale
                })
        }
        return found
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

/// The logistic function.
func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
