import Foundation
import Imaging

/// A person as the detector sees one: a box round the face and two points that tell how large and how turned the body
/// is. Positions are in the unit of whoever holds it: 0…1 of the detector's input, or pixels of the picture.
package struct PersonDetection: Detection, Equatable {
    /// How sure the detector is, 0…1.
    package var score: Float
    /// Top left and bottom right corner of the face.
    package var faceLow: SIMD2<Float>
    package var faceHigh: SIMD2<Float>
    /// The middle between the hips.
    package var hipCenter: SIMD2<Float>
    /// A point on the circle round the hip centre that holds the whole body, above the head of the upright body.
    package var bodyTop: SIMD2<Float>
    /// The middle between the shoulders.
    package var shoulderCenter: SIMD2<Float>

    package init(
        score: Float, faceLow: SIMD2<Float>, faceHigh: SIMD2<Float>, hipCenter: SIMD2<Float>, bodyTop: SIMD2<Float>,
        shoulderCenter: SIMD2<Float>
    ) {
        self.score = score
        self.faceLow = faceLow
        self.faceHigh = faceHigh
        self.hipCenter = hipCenter
        self.bodyTop = bodyTop
        self.shoulderCenter = shoulderCenter
    }

    /// Radius of the circle that holds the whole body.
    var bodyRadius: Float {
        let span = bodyTop - hipCenter
        return (span * span).sum().squareRoot()
    }

    package var low: SIMD2<Float> { faceLow }
    package var high: SIMD2<Float> { faceHigh }

    /// The same detection with every position moved by `transform`.
    func mapped(_ transform: (SIMD2<Float>) -> SIMD2<Float>) -> PersonDetection {
        PersonDetection(
            score: score, faceLow: transform(faceLow), faceHigh: transform(faceHigh), hipCenter: transform(hipCenter),
            bodyTop: transform(bodyTop), shoulderCenter: transform(shoulderCenter))
    }
}

extension PersonDetection {
    /// Detections from the detector's output: everything at least `threshold` sure, in the order of the anchors.
    ///
    /// - Parameters:
    ///   - boxes: shape (2254, 12): face centre x, y, width, height, then hip centre, body top, shoulder centre, upper
    ///     body top, all in input pixels from the anchor.
    ///   - logits: shape (2254).
    package static func decode(
        boxes: UnsafeBufferPointer<Float>, logits: UnsafeBufferPointer<Float>, threshold: Float
    ) -> [PersonDetection] {
        let anchors = DetectorAnchor.all
        precondition(boxes.count == anchors.count * 12 && logits.count == anchors.count, "one box and logit an anchor")
        let scale = 1 / Float(DetectorAnchor.inputSide)
        var found: [PersonDetection] = []
        for (index, anchor) in anchors.enumerated() {
            let score = sigmoid(min(max(logits[index], -100), 100))
            guard score >= threshold else { continue }
            let center = SIMD2(anchor.x, anchor.y)
            func point(_ at: Int) -> SIMD2<Float> {
                SIMD2(boxes[index * 12 + at], boxes[index * 12 + at + 1]) * scale
            }
            let half = point(2) / 2
            let face = center + point(0)
            found.append(
                PersonDetection(
                    score: score, faceLow: face - half, faceHigh: face + half, hipCenter: center + point(4),
                    bodyTop: center + point(6), shoulderCenter: center + point(8)))
        }
        return found
    }

    package static func mean(of group: [PersonDetection], score: Float) -> PersonDetection {
        let total = group.reduce(Float(0)) { $0 + $1.score }
        func mean(_ point: (PersonDetection) -> SIMD2<Float>) -> SIMD2<Float> {
            group.reduce(SIMD2<Float>.zero) { $0 + point($1) * $1.score } / total
        }
        return PersonDetection(
            score: score, faceLow: mean(\.faceLow), faceHigh: mean(\.faceHigh), hipCenter: mean(\.hipCenter),
            bodyTop: mean(\.bodyTop), shoulderCenter: mean(\.shoulderCenter))
    }
}

/// The logistic function.
func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
