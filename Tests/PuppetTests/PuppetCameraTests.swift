import Puppet
import Skeleton
import TestSupport
import Testing

@Suite("The camera")
struct PuppetCameraTests {
    private let camera = PuppetCamera(azimuth: 0.4, distance: 4, height: 1.6)

    @Test("what it looks at is the middle of the picture")
    func targetIsCentral() throws {
        let place = try #require(camera.picture(ofLocal: camera.local(camera.target)))
        expectClose([place.x, place.y], [0.5, 0.5], tolerance: 1e-5)
    }

    @Test("right, down and away are at right angles and make a right-handed frame")
    func axesAreOrthonormal() {
        var turned = camera
        turned.roll = 0.3
        for axes in [camera.axes, turned.axes] {
            let (x, y, z) = (axes.right, axes.down, axes.away)
            expectClose(
                [(x * x).sum(), (y * y).sum(), (z * z).sum(), (x * y).sum(), (y * z).sum(), (x * z).sum()],
                [1, 1, 1, 0, 0, 0], tolerance: 1e-5)
            let crossed = SIMD3(x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x)
            #expect(distance(crossed, z) < 1e-5)
        }
    }

    @Test("somebody twice as far away is half as large")
    func sizeFallsWithDistance() {
        let near = PuppetCamera(azimuth: 0, distance: 3, height: 0.9)
        let far = PuppetCamera(azimuth: 0, distance: 6, height: 0.9)
        let skeleton = PuppetPerformance(.stand, style: .clear, seed: 1).skeleton(at: 0)
        let heights = [near, far].map { camera in
            let pose = camera.pose(of: skeleton)
            return pose.keypoints[27]!.y - pose.keypoints[0]!.y
        }
        #expect(abs(heights[0] / heights[1] - 2) < 0.1)
    }

    @Test("from the front the left shoulder is on the right of the picture, from behind on the left")
    func leftIsThePersonsOwn() {
        let skeleton = PuppetPerformance(.stand, body: PuppetBody(), style: .clear, seed: 2).skeleton(at: 0)
        let front = PuppetCamera(azimuth: 0, distance: 4, height: 1).pose(of: skeleton)
        let back = PuppetCamera(azimuth: .pi, distance: 4, height: 1).pose(of: skeleton)
        #expect(front.keypoints[11]!.x > front.keypoints[12]!.x)
        #expect(back.keypoints[11]!.x < back.keypoints[12]!.x)
        #expect(front.worldPoints[11]!.x > 0 && back.worldPoints[11]!.x < 0)
        // The nose is nearer to a camera in front.
        #expect(front.worldPoints[0]!.z < front.worldPoints[7]!.z)
        #expect(front.keypoints[0]!.z < front.keypoints[7]!.z)
    }

    @Test("world points are hip-centred, keep distances, and grow downwards")
    func worldPointsAreCentred() {
        let skeleton = PuppetPerformance(.kick, seed: 5).skeleton(at: 0.6)
        let pose = camera.pose(of: skeleton)
        let points = pose.worldPoints.map { $0! }
        #expect(distance((points[23] + points[24]) / 2, .zero) < 1e-5)
        for joint in points.indices {
            #expect(
                abs(distance(points[joint], points[0]) - distance(skeleton.joints[joint], skeleton.joints[0])) < 1e-4)
        }
        #expect(points[27].y > points[0].y)
    }

    @Test("a joint outside the picture is not present, one behind the lens is nil")
    func outsideIsSaid() {
        let skeleton = PuppetPerformance(.stand, seed: 5).skeleton(at: 0)
        let close = PuppetCamera(azimuth: 0, distance: 1.2, height: 1.5, aim: 1.5).pose(of: skeleton)
        #expect(close.keypoints[27]!.presence == 0 && close.keypoints[27]!.y > 1)
        #expect(close.keypoints[0]!.presence == 1)
        let inside = PuppetCamera(position: SIMD3(0, 1, -0.3), target: SIMD3(0, 1, -4)).pose(of: skeleton)
        #expect(inside.keypoints[0] == nil && inside.worldPoints[0] != nil)
    }
}
