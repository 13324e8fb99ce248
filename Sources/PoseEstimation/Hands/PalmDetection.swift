import Imaging

/// A palm as the palm detector sees one: a box round it and two points that tell how it is turned. Positions are in the
/// unit of whoever holds it: 0…1 of the detector's input, or pixels of the picture.
package struct PalmDetection: Detection, Equatable {
    /// How sure the detector is, 0…1.
    package var score: Float
    /// Middle of the box, which is upright in what the detector was shown.
    package var center: SIMD2<Float>
    /// Width and height of the box.
    package var extent: SIMD2<Float>
    package var wrist: SIMD2<Float>
    /// Where the middle finger begins.
    package var middleBase: SIMD2<Float>

    package init(
        score: Float, center: SIMD2<Float>, extent: SIMD2<Float>, wrist: SIMD2<Float>, middleBase: SIMD2<Float>
    ) {
        self.score = score
        self.center = center
        self.extent = extent
        self.wrist = wrist
        self.middleBase = middleBase
    }

    /// Number of the palm detector's input pixels along each edge.
    package static let inputSide = 192
    /// Numbers a box: centre x, y, width, height, then seven points of which the first is the wrist and the third the
    /// base of the middle finger.
    static let valueCount = 18

    package var low: SIMD2<Float> { center - extent / 2 }
    package var high: SIMD2<Float> { center + extent / 2 }

    /// The same detection in pixels of the picture, from 0…1 of a square of it.
    func inPixels(of region: CropRegion) -> PalmDetection {
        PalmDetection(
            score: score, center: region.pixel(at: center), extent: extent * region.side,
            wrist: region.pixel(at: wrist), middleBase: region.pixel(at: middleBase))
    }

    /// Detections from the detector's output: everything at least `threshold` sure, in the order of the anchors.
    ///
    /// - Parameters:
    ///   - boxes: shape (2016, 18), in input pixels from the anchor.
    ///   - logits: shape (2016).
    package static func decode(
        boxes: UnsafeBufferPointer<Float>, logits: UnsafeBufferPointer<Float>, threshold: Float
    ) -> [PalmDetection] {
        let anchors = DetectorAnchor.palms
        precondition(
            boxes.count == anchors.count * valueCount && logits.count == anchors.count, "one box and logit an anchor")
        let scale = 1 / Float(inputSide)
        var found: [PalmDetection] = []
        for (index, anchor) in anchors.enumerated() {
            let score = sigmoid(min(max(logits[index], -100), 100))
            guard score >= threshold else { continue }
            let place = SIMD2(anchor.x, anchor.y)
            func point(_ at: Int) -> SIMD2<Float> {
                SIMD2(boxes[index * valueCount + at], boxes[index * valueCount + at + 1]) * scale
            }
            found.append(
                PalmDetection(
                    score: score, center: place + point(0), extent: point(2), wrist: place + point(4),
                    middleBase: place + point(8)))
        }
        return found
    }

    package static func mean(of group: [PalmDetection], score: Float) -> PalmDetection {
        let total = group.reduce(Float(0)) { $0 + $1.score }
        func mean(_ point: (PalmDetection) -> SIMD2<Float>) -> SIMD2<Float> {
            group.reduce(SIMD2<Float>.zero) { $0 + point($1) * $1.score } / total
        }
        return PalmDetection(
            score: score, center: mean(\.center), extent: mean(\.extent), wrist: mean(\.wrist),
            middleBase: mean(\.middleBase))
    }
}
