import Foundation
import Imaging
import PoseEstimation
import TestSupport
import Testing

@Suite("Palm detection")
struct PalmDetectionTests {
    @Test("there are 2,016 anchors, on grids of 24 and 12 cells")
    func anchors() {
        let anchors = DetectorAnchor.palms
        #expect(anchors.count == 2016)
        #expect(anchors[0] == DetectorAnchor(x: 0.5 / 24, y: 0.5 / 24))
        #expect(anchors[1] == anchors[0], "two anchors share a cell of the fine grid")
        #expect(anchors[2] == DetectorAnchor(x: 1.5 / 24, y: 0.5 / 24))
        #expect(anchors[1152] == DetectorAnchor(x: 0.5 / 12, y: 0.5 / 12))
        #expect(anchors[1157] == anchors[1152], "six anchors share a cell of the coarse grid")
        #expect(anchors[2015] == DetectorAnchor(x: 11.5 / 12, y: 11.5 / 12))
    }

    @Test("a palm is read from its anchor, in 192nds")
    func decoding() {
        var boxes = [Float](repeating: 0, count: 2016 * 18)
        var logits = [Float](repeating: -200, count: 2016)
        let index = 1152 + (6 * 12 + 3) * 6
        logits[index] = 2
        logits[7] = .nan
        boxes.replaceSubrange(
            index * 18..<index * 18 + 10, with: [9.6, -19.2, 38.4, 57.6, 0, 19.2, 7, 7, -9.6, -38.4])
        let found = boxes.withUnsafeBufferPointer { boxes in
            logits.withUnsafeBufferPointer { PalmDetection.decode(boxes: boxes, logits: $0, threshold: 0.5) }
        }
        #expect(found.count == 1)
        let anchor = SIMD2<Float>(3.5 / 12, 6.5 / 12)
        expectClose([found[0].score], [1 / (1 + exp(-2))], tolerance: 1e-6)
        for (place, offset) in [
            (found[0].center, SIMD2<Float>(0.05, -0.1)), (found[0].wrist, SIMD2(0, 0.1)),
            (found[0].middleBase, SIMD2(-0.05, -0.2)),
        ] {
            expectClose([place.x, place.y], [anchor.x + offset.x, anchor.y + offset.y], tolerance: 1e-6)
        }
        expectClose([found[0].extent.x, found[0].extent.y], [0.2, 0.3], tolerance: 1e-6)
    }

    @Test("palms that overlap become their mean, those apart stay")
    func merging() {
        func palm(_ score: Float, _ x: Float) -> PalmDetection {
            PalmDetection(
                score: score, center: SIMD2(x, 0.5), extent: SIMD2(0.2, 0.2), wrist: SIMD2(x, 0.6),
                middleBase: SIMD2(x, 0.4))
        }
        let merged = PalmDetection.merge([palm(0.6, 0.3), palm(0.9, 0.33), palm(0.7, 0.8)], overlap: 0.3)
        expectClose(merged.map(\.score), [0.9, 0.7], tolerance: 1e-6)
        expectClose(merged.map(\.wrist.x), [(0.18 + 0.297) / 1.5, 0.8], tolerance: 1e-6)
    }
}
