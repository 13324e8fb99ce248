import Foundation
import Imaging
import PoseEstimation
import Skeleton
import TestSupport
import Testing

@Suite("Hand regions")
struct HandRegionTests {
    @Test("an upright palm of 40 x 50 gives an upright square of 2.6 times 50, half a palm higher")
    func palm() {
        let region = CropRegion(
            palm: PalmDetection(
                score: 1, center: SIMD2(100, 200), extent: SIMD2(40, 50), wrist: SIMD2(100, 230),
                middleBase: SIMD2(100, 180)))
        expectClose(
            [region.center.x, region.center.y, region.side, region.rotation], [100, 175, 130, 0], tolerance: 1e-3)
    }

    @Test("a palm whose fingers point right gives a square turned by a quarter and moved to the right")
    func palmToTheRight() {
        let region = CropRegion(
            palm: PalmDetection(
                score: 1, center: SIMD2(100, 200), extent: SIMD2(50, 40), wrist: SIMD2(70, 200),
                middleBase: SIMD2(120, 200)))
        expectClose(
            [region.center.x, region.center.y, region.side, region.rotation], [120, 200, 130, .pi / 2],
            tolerance: 1e-3)
    }

    @Test("joints of an upright hand: the box of the steady ones, doubled, a tenth higher")
    func joints() {
        // Wrist below, knuckles in a row 50 higher, the joints after them 80 higher; finger tips far off do not count.
        var joints = [SIMD2<Float>](repeating: SIMD2(500, -500), count: 21)
        joints[0] = SIMD2(100, 200)
        for (joint, x) in [(1, 80), (2, 80), (3, 80)] as [(Int, Float)] { joints[joint] = SIMD2(x, 180) }
        for (base, x) in [(5, 90), (9, 100), (13, 110), (17, 120)] as [(Int, Float)] {
            joints[base] = SIMD2(x, 150)
            joints[base + 1] = SIMD2(x, 120)
        }
        let region = CropRegion(handJoints: joints)
        expectClose(
            [region.center.x, region.center.y, region.side, region.rotation], [100, 152, 160, 0], tolerance: 1e-3)
    }

    @Test(
        "a hand turned, moved and grown gives a region turned, moved and grown", arguments: [-150, -90, -20, 35, 170])
    func equivariance(degrees: Int) {
        let plain = DrawnHand(wrist: SIMD2(50, 60), length: 100)
        var moved = DrawnHand(wrist: SIMD2(-30, 400), length: 250)
        moved.turn = Float(degrees) * .pi / 180
        let a = CropRegion(handJoints: plain.joints)
        let b = CropRegion(handJoints: moved.joints)
        expectClose([b.side], [a.side * 2.5], tolerance: 0.01)
        let difference = b.rotation - a.rotation - moved.turn
        expectClose([cos(difference), sin(difference)], [1, 0], tolerance: 1e-4)
        for (p, q) in zip(plain.joints, moved.joints) {
            let here = a.unit(at: p)
            let there = b.unit(at: q)
            expectClose([here.x, here.y], [there.x, there.y], tolerance: 1e-4)
        }
    }

    @Test("a reading places points by its region and turns world points upright")
    func reading() {
        var points = [Float](repeating: 112, count: 63)
        points.replaceSubrange(0..<6, with: [112, 112, 0, 224, 112, 22.4])
        var world = [Float](repeating: 0, count: 63)
        world.replaceSubrange(3..<6, with: [0.1, 0, 0.02])
        let region = CropRegion(center: SIMD2(300, 200), side: 100, rotation: .pi / 2)
        let reading = points.withUnsafeBufferPointer { points in
            world.withUnsafeBufferPointer {
                HandReading(points: points, world: $0, presence: 0.9, rightness: 0.8, region: region)
            }
        }
        expectClose([reading.wrist.x, reading.wrist.y], [300, 200], tolerance: 1e-3)
        // Half a region along its x axis, which points down in the picture; depth 22.4 of 224, over 0.4, of 100 pixels.
        let second = reading.points[1]
        expectClose([second.x, second.y, second.z], [300, 250, 25], tolerance: 1e-3)
        let turned = reading.worldPoints[1]
        expectClose([turned.x, turned.y, turned.z], [0, 0.1, 0.02], tolerance: 1e-6)
        #expect(reading.rightness == 0.8)
    }

    @Test("a body tells where its hand is and how long it appears")
    func expected() throws {
        let drawn = DrawnHand(wrist: SIMD2(200, 330), length: 76)
        let pose = DrawnHand.person(holding: [drawn]).pose
        let hand = try #require(ExpectedHand(.right, of: pose, in: SIMD2(640, 480)))
        expectClose([hand.wrist.x, hand.wrist.y, hand.confidence], [200, 330, 1], tolerance: 1e-2)
        // The three joints of the hand stand elsewhere than the world points say, which moves the size a little.
        #expect(abs(hand.length / 76 - 1) < 0.15, "\(hand.length)")
        #expect(hand.searchRegion.side > 2 * hand.length && hand.searchRegion.side < 3 * hand.length)
        let tip = hand.handRegion.unit(at: drawn.joints[12])
        #expect(tip.x > 0.3 && tip.x < 0.7 && tip.y > 0 && tip.y < 0.3, "fingers point up in the hand's square")
        #expect(hand.isInside(SIMD2(640, 480)) && !hand.isInside(SIMD2(150, 480)))
        let hidden = try #require(ExpectedHand(.left, of: pose, in: SIMD2(640, 480)))
        #expect(hidden.confidence == 0)
    }
}
