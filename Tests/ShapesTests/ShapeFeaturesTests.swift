import Randomness
import Shapes
import Skeleton
import TestSupport
import Testing

struct ShapeFeaturesTests {
    private func hand(_ side: HandPose.Side, _ change: (SIMD3<Float>) -> SIMD3<Float> = { $0 }) -> HandPose {
        var random = SeededGenerator(seed: 3)
        let points = (0..<21).map { _ in
            SIMD3<Float>(.random(in: 0.3...0.6, using: &random), .random(in: 0.2...0.7, using: &random), 0)
        }
        return HandPose(side: side, imagePoints: points.map(change))
    }

    private func features(_ hand: HandPose, aspectRatio: Float = 1) -> [Float] {
        var features = [Float](repeating: 0, count: HandFeatures.count)
        #expect(HandFeatures.write(HandFeatures.places(of: hand, aspectRatio: aspectRatio), into: &features))
        return features
    }

    @Test("a hand elsewhere and nearer to the camera looks the same")
    func placeAndSize() {
        expectClose(
            features(hand(.right)), features(hand(.right) { $0 * 0.4 + SIMD3(0.2, -0.1, 0) }), tolerance: 1e-3)
    }

    @Test("a left hand looks like the right hand it mirrors")
    func mirrored() {
        expectClose(
            features(hand(.right)), features(hand(.left) { SIMD3(1 - $0.x, $0.y, $0.z) }), tolerance: 1e-3)
    }

    @Test("a hand in a wide picture looks as in a square one")
    func aspect() {
        expectClose(
            features(hand(.right)), features(hand(.right) { SIMD3($0.x / 2, $0.y, 0) }, aspectRatio: 2),
            tolerance: 1e-3)
    }

    @Test("joints in one place tell nothing")
    func degenerate() {
        var features = [Float](repeating: 0, count: HandFeatures.count)
        #expect(!HandFeatures.write(Array(repeating: SIMD2(0.5, 0.5), count: 21), into: &features))
        var body = [Float](repeating: 0, count: BodyFeatures.count)
        #expect(!BodyFeatures.write(Array(repeating: nil, count: BodyFeatures.joints.count), into: &body))
    }

    @Test("every word for hands stands for shapes, and each shape has a word")
    func words() {
        #expect(HandWord.all.allSatisfy { !$0.shapes.isEmpty })
        #expect(Set(HandWord.all.map(\.name)).count == HandWord.all.count)
        for shape in HandShape.allCases { #expect(HandWord.named(shape.rawValue)?.shapes == [shape]) }
        #expect(HandWord.named("fist")?.shapes.count == 2)
    }
}
