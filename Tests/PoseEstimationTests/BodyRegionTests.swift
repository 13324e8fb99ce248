import Foundation
import Imaging
import PoseEstimation
import TestSupport
import Testing

@Suite("Body region")
struct BodyRegionTests {
    @Test("an upright body gives an upright square of 1.25 body sizes")
    func upright() {
        let region = CropRegion(hipCenter: SIMD2(100, 200), bodyTop: SIMD2(100, 120))
        #expect(region.center == SIMD2(100, 200))
        expectClose([region.side, region.rotation], [200, 0], tolerance: 1e-4)
    }

    @Test(
        "the body's top points up in the square, however the body is turned",
        arguments: [0, 30, 90, 135, 180, -45, -90, -170])
    func turned(degrees: Int) {
        let angle = Float(degrees) * .pi / 180
        let up = SIMD2(sin(angle), -cos(angle)) * 50
        let region = CropRegion(hipCenter: SIMD2(300, 300), bodyTop: SIMD2(300, 300) + up)
        let top = region.unit(at: SIMD2(300, 300) + up)
        expectClose([top.x, top.y], [0.5, 0.5 - 0.5 / 1.25], tolerance: 1e-4)
        expectClose([cos(region.rotation), sin(region.rotation)], [cos(angle), sin(angle)], tolerance: 1e-5)
    }

    @Test("a body lying to the right is turned by a quarter, clockwise")
    func lying() {
        let region = CropRegion(hipCenter: SIMD2(0, 0), bodyTop: SIMD2(40, 0))
        expectClose([region.side, region.rotation], [100, .pi / 2], tolerance: 1e-4)
        let corner = region.pixel(at: SIMD2(0, 0))
        expectClose([corner.x, corner.y], [50, -50], tolerance: 1e-3)
    }

    @Test("the region in the picture of a hand-computed example")
    func example() {
        // 3-4-5: radius 50 gives side 125; the top lies up and to the right, atan2(40, 30) from the x axis.
        let region = CropRegion(hipCenter: SIMD2(10, 20), bodyTop: SIMD2(40, -20))
        expectClose([region.side, region.rotation], [125, 0.6435011], tolerance: 1e-4)
    }
}
