package import Imaging

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

    package static let network = DetectorNetwork(
        file: "pose_detection.tflite", inputSide: DetectorAnchor.inputSide, range: -1...1, valueCount: 12)
    package static var anchors: [DetectorAnchor] { DetectorAnchor.all }

    /// The points are hip centre, body top, shoulder centre and upper body top.
    package init(score: Float, anchor: SIMD2<Float>, pair: (Int) -> SIMD2<Float>) {
        let half = pair(2) / 2
        let face = anchor + pair(0)
        self.init(
            score: score, faceLow: face - half, faceHigh: face + half, hipCenter: anchor + pair(4),
            bodyTop: anchor + pair(6), shoulderCenter: anchor + pair(8))
    }

    package func inPixels(of region: CropRegion) -> PersonDetection {
        PersonDetection(
            score: score, faceLow: region.pixel(at: faceLow), faceHigh: region.pixel(at: faceHigh),
            hipCenter: region.pixel(at: hipCenter), bodyTop: region.pixel(at: bodyTop),
            shoulderCenter: region.pixel(at: shoulderCenter))
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
