import Foundation
import PoseEstimation
import TestSupport
import Testing

@Suite("Detector decoding")
struct DetectorTests {
    @Test("there are 2,254 anchors, on grids of 28, 14 and 7 cells")
    func anchors() {
        let anchors = DetectorAnchor.all
        #expect(anchors.count == 2254)
        #expect(anchors[0] == DetectorAnchor(x: 0.5 / 28, y: 0.5 / 28))
        #expect(anchors[1] == anchors[0], "two anchors share a cell of the finest grid")
        #expect(anchors[2] == DetectorAnchor(x: 1.5 / 28, y: 0.5 / 28))
        #expect(anchors[28 * 2] == DetectorAnchor(x: 0.5 / 28, y: 1.5 / 28))
        #expect(anchors[1568] == DetectorAnchor(x: 0.5 / 14, y: 0.5 / 14))
        #expect(anchors[1960] == DetectorAnchor(x: 0.5 / 7, y: 0.5 / 7))
        #expect(anchors[1965] == anchors[1960], "six anchors share a cell of the coarsest grid")
        #expect(anchors[2253] == DetectorAnchor(x: 6.5 / 7, y: 6.5 / 7))
    }

    @Test("a box is read from its anchor, in 224ths")
    func decoding() {
        var boxes = [Float](repeating: 0, count: 2254 * 12)
        var logits = [Float](repeating: -200, count: 2254)
        // The anchor in the middle cell of the coarsest grid.
        let index = 1960 + (3 * 7 + 3) * 6
        logits[index] = 3
        boxes.replaceSubrange(
            index * 12..<(index + 1) * 12, with: [0, -22.4, 44.8, 67.2, 0, 22.4, 11.2, -56, 0, -11.2, 5, 5])
        let found = decode(boxes, logits, threshold: 0.5)
        #expect(found.count == 1)
        let person = found[0]
        expectClose([person.score], [1 / (1 + exp(-3))], tolerance: 1e-6)
        expectClose([person.faceLow.x, person.faceLow.y], [0.4, 0.25], tolerance: 1e-6)
        expectClose([person.faceHigh.x, person.faceHigh.y], [0.6, 0.55], tolerance: 1e-6)
        expectClose([person.hipCenter.x, person.hipCenter.y], [0.5, 0.6], tolerance: 1e-6)
        expectClose([person.bodyTop.x, person.bodyTop.y], [0.55, 0.25], tolerance: 1e-6)
    }

    @Test("what is less sure than the threshold, or no number, is no detection")
    func threshold() {
        let boxes = [Float](repeating: 0, count: 2254 * 12)
        var logits = [Float](repeating: -1, count: 2254)
        logits[5] = 0.1
        logits[6] = .nan
        #expect(decode(boxes, logits, threshold: 0.5).count == 1)
        #expect(decode(boxes, logits, threshold: 0.6).isEmpty)
    }

    @Test("merging never makes more, keeps the best score and stays within its group")
    func mergingProperties() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<100 {
            let detections = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                detection(
                    score: .random(in: 0.5...1, using: &generator), x: .random(in: 0...1, using: &generator),
                    y: .random(in: 0...1, using: &generator), size: .random(in: 0.05...0.4, using: &generator))
            }
            let merged = PersonDetection.merge(detections, overlap: 0.3)
            #expect(merged.count <= detections.count && merged.isEmpty == detections.isEmpty)
            #expect(merged.map(\.score) == merged.map(\.score).sorted(by: >))
            #expect(merged.first?.score == detections.map(\.score).max())
            for person in merged {
                #expect(person.hipCenter.x >= detections.map(\.hipCenter.x).min()! - 1e-5)
                #expect(person.hipCenter.x <= detections.map(\.hipCenter.x).max()! + 1e-5)
            }
        }
    }

    @Test("detections that stand apart are left as they are")
    func apart() {
        let detections = [
            detection(score: 0.9, x: 0.2, y: 0.2, size: 0.1), detection(score: 0.8, x: 0.7, y: 0.7, size: 0.1),
        ]
        let merged = PersonDetection.merge(detections, overlap: 0.3)
        #expect(merged.count == 2)
        for (a, b) in zip(merged, detections) {
            expectClose(
                [a.score, a.hipCenter.x, a.hipCenter.y], [b.score, b.hipCenter.x, b.hipCenter.y], tolerance: 1e-6)
        }
    }

    @Test("detections of one face become their mean, weighted by score")
    func weightedMean() {
        let merged = PersonDetection.merge(
            [detection(score: 0.6, x: 0.5, y: 0.5, size: 0.2), detection(score: 0.9, x: 0.55, y: 0.5, size: 0.2)],
            overlap: 0.3)
        #expect(merged.count == 1)
        expectClose([merged[0].score, merged[0].hipCenter.x], [0.9, (0.3 + 0.495) / 1.5], tolerance: 1e-6)
    }

    @Test("faces without area are kept and end the merging")
    func flatFaces() {
        let flat = detection(score: 0.7, x: 0.5, y: 0.5, size: 0)
        #expect(PersonDetection.merge([flat, flat, flat], overlap: 0.3).count == 3)
    }

    private func decode(_ boxes: [Float], _ logits: [Float], threshold: Float) -> [PersonDetection] {
        boxes.withUnsafeBufferPointer { boxes in
            logits.withUnsafeBufferPointer { PersonDetection.decode(boxes: boxes, logits: $0, threshold: threshold) }
        }
    }

    /// A person whose hips lie in the middle of the face box, which is all that merging looks at.
    private func detection(score: Float, x: Float, y: Float, size: Float) -> PersonDetection {
        let center = SIMD2(x, y)
        return PersonDetection(
            score: score, faceLow: center - size / 2, faceHigh: center + size / 2, hipCenter: center,
            bodyTop: center - SIMD2(0, size), shoulderCenter: center)
    }
}
