package import Imaging

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
    package static let network = DetectorNetwork(
        file: "palm_detection_full.tflite", inputSide: inputSide, range: 0...1, valueCount: 18)
    package static var anchors: [DetectorAnchor] { DetectorAnchor.palms }

    /// Of seven points the first is the wrist and the third the base of the middle finger.
    package init(score: Float, anchor: SIMD2<Float>, pair: (Int) -> SIMD2<Float>) {
        self.init(
            score: score, center: anchor + pair(0), extent: pair(2), wrist: anchor + pair(4),
            middleBase: anchor + pair(8))
    }

    package var low: SIMD2<Float> { center - extent / 2 }
    package var high: SIMD2<Float> { center + extent / 2 }

    package func inPixels(of region: CropRegion) -> PalmDetection {
        PalmDetection(
            score: score, center: region.pixel(at: center), extent: extent * region.side,
            wrist: region.pixel(at: wrist), middleBase: region.pixel(at: middleBase))
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
