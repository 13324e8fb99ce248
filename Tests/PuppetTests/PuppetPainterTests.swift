import Imaging
import Puppet
import Skeleton
import TestSupport
import Testing

@Suite("Drawn figures")
struct PuppetPainterTests {
    private let background = Color(1, 2, 3)
    private let look = PuppetLook(
        skin: Color(226, 180, 150), hair: Color(40, 30, 26), shirt: Color(196, 62, 56), trousers: Color(44, 52, 74),
        shoes: Color(36, 32, 32))

    @Test("a figure is drawn around its joints, inside the picture", arguments: PuppetKind.allCases)
    func figuresAreFramed(kind: PuppetKind) {
        let performance = PuppetPerformance(kind, length: .seconds(4), seed: 6)
        let camera = PuppetCamera(azimuth: 0.5, distance: 6.5, height: 1.4, focalLength: 1.2, aspectRatio: 1)
        let painter = PuppetPainter(camera: camera, width: 200, height: 200)
        for time in [0.4, 1.7, 2.9] {
            let skeleton = performance.skeleton(at: time)
            var picture = PixelBuffer(width: 200, height: 200, color: background)
            painter.draw([PuppetAppearance(skeleton: skeleton, body: performance.body, look: look)], on: &picture)
            let pose = camera.pose(of: skeleton)
            for joint in 11..<33 where joint < 17 || joint > 22 {
                let keypoint = pose.keypoints[joint]!
                #expect(keypoint.presence == 1)
                let pixel = (Int(keypoint.y * 200) * 200 + Int(keypoint.x * 200)) * 3
                let drawn = Array(picture.bytes[pixel..<pixel + 3])
                #expect(drawn != [1, 2, 3], "\(kind) at \(time): joint \(joint) is on nothing")
            }
            var border: Set<Int> = []
            for i in 0..<200 { border.formUnion([i, 39_800 + i, i * 200, i * 200 + 199]) }
            let isFree = border.allSatisfy { pixel in
                Array(picture.bytes[pixel * 3..<pixel * 3 + 3]) == [1, 2, 3]
            }
            #expect(isFree, "\(kind) at \(time)")
        }
    }

    @Test("the nearer person covers the farther one, whatever their order")
    func nearerCovers() {
        let camera = PuppetCamera(azimuth: 0, distance: 5, height: 1.2)
        let painter = PuppetPainter(camera: camera, width: 160, height: 120)
        let stand = PuppetPerformance(.stand, body: PuppetBody(), style: .clear, seed: 1).skeleton(at: 0)
        var green = look
        green.shirt = Color(20, 200, 40)
        let near = PuppetAppearance(
            skeleton: stand.placed(at: SIMD3(0, 0, 1), heading: 0), body: PuppetBody(), look: green)
        let far = PuppetAppearance(skeleton: stand, body: PuppetBody(), look: look)
        var first = PixelBuffer(width: 160, height: 120, color: background)
        var second = first
        painter.draw([near, far], on: &first)
        painter.draw([far, near], on: &second)
        let chest = camera.picture(ofLocal: camera.local(near.skeleton.spine))!
        let pixel = (Int(chest.y * 120) * 160 + Int(chest.x * 160)) * 3
        #expect(first.bytes[pixel + 1] > first.bytes[pixel])
        #expect(first.bytes == second.bytes)
    }

    @Test("somebody behind the camera is not drawn")
    func behindIsNotDrawn() {
        let camera = PuppetCamera(position: SIMD3(0, 1, -3), target: SIMD3(0, 1, -9))
        let painter = PuppetPainter(camera: camera, width: 40, height: 30)
        let stand = PuppetPerformance(.stand, seed: 1)
        var picture = PixelBuffer(width: 40, height: 30, color: background)
        painter.draw([PuppetAppearance(skeleton: stand.skeleton(at: 0), body: stand.body, look: look)], on: &picture)
        #expect(picture == PixelBuffer(width: 40, height: 30, color: background))
    }
}
