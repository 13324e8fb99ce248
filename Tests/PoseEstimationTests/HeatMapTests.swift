import PoseEstimation
import TestSupport
import Testing

@Suite("Heat map refinement")
struct HeatMapTests {
    private func refine(_ place: SIMD2<Float>, cells: [(x: Int, y: Int, logit: Float)]) -> SIMD2<Float> {
        let points = 3
        var logits = [Float](repeating: -30, count: HeatMap.side * HeatMap.side * points)
        for cell in cells { logits[(cell.y * HeatMap.side + cell.x) * points + 1] = cell.logit }
        return logits.withUnsafeBufferPointer { HeatMap(logits: $0, pointCount: points).refined(place, point: 1) }
    }

    @Test("a sure cell nearby draws the point to itself")
    func peak() {
        let refined = refine(SIMD2(0.5, 0.5), cells: [(34, 30, 8)])
        expectClose([refined.x, refined.y], [34.0 / 64, 30.0 / 64], tolerance: 1e-5)
    }

    @Test("two equally sure cells draw it between them")
    func mean() {
        let refined = refine(SIMD2(0.5, 0.5), cells: [(31, 32, 2), (34, 32, 2)])
        expectClose([refined.x, refined.y], [32.5 / 64, 0.5], tolerance: 1e-5)
    }

    @Test("an unsure map, or one sure only far away, leaves the point")
    func unsure() {
        #expect(refine(SIMD2(0.5, 0.5), cells: [(33, 32, -0.1)]) == SIMD2(0.5, 0.5))
        #expect(refine(SIMD2(0.5, 0.5), cells: [(36, 32, 9)]) == SIMD2(0.5, 0.5))
    }

    @Test("points outside the map, or nowhere, stay as they are")
    func outside() {
        for place in [SIMD2<Float>(-0.2, 0.5), SIMD2(0.5, 1.1), SIMD2(1e30, -1e30)] {
            #expect(refine(place, cells: [(32, 32, 9)]) == place)
        }
        #expect(refine(SIMD2(.nan, 0.5), cells: [(32, 32, 9)]).x.isNaN)
    }

    @Test("the map's edge cuts the neighbourhood short")
    func edge() {
        let refined = refine(SIMD2(0.001, 0.999), cells: [(0, 63, 5)])
        expectClose([refined.x, refined.y], [0, 63.0 / 64], tolerance: 1e-5)
    }
}
