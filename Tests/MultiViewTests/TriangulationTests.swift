import Foundation
import MultiView
import Randomness
import Robots
import Testing

struct TriangulationTests {
    /// Cameras on a circle that look at its middle, two metres above the first camera's axes.
    private static func cameras(_ count: Int) -> [RigCamera] {
        (0..<count).map { index in
            let turn = Rotation(Double(index) * 0.8, round: [0, 1, 0])
            // The middle of the circle lies four metres before each.
            let middle = Vector3(0, 0, 4)
            return RigCamera(
                name: "camera\(index)",
                placement: RigidTransform(rotation: turn, translation: middle - turn * middle), focalLength: 1.2)
        }
    }

    private func sights(_ place: Vector3, _ cameras: [RigCamera]) -> [Triangulation.Sight] {
        cameras.map { .init(camera: $0, place: $0.picture(of: place)!, confidence: 0.9) }
    }

    @Test("a place that all cameras see is found where it is", arguments: 2...4)
    func exact(_ count: Int) throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<50 {
            let place = Vector3(
                Double(random.uniform(-1...1)), Double(random.uniform(-1...1)), Double(random.uniform(3...5)))
            let found = try #require(Triangulation(sights(place, Self.cameras(count))))
            #expect((found.place - place).length < 1e-6)
            #expect(found.used.count == count)
        }
    }

    @Test("a camera that took another's hand for this one is left out")
    func outlier() throws {
        let place = Vector3(0.3, -0.2, 4.2)
        var seen = sights(place, Self.cameras(4))
        seen[2].place += SIMD2(0.2, 0.1)
        let found = try #require(Triangulation(seen))
        #expect(found.used == [0, 1, 3])
        #expect((found.place - place).length < 1e-6)
    }

    @Test("one camera, cameras side by side and sights of no worth tell no place")
    func nothing() {
        let cameras = Self.cameras(2)
        let place = Vector3(0, 0, 4)
        #expect(Triangulation(sights(place, [cameras[0]])) == nil)
        #expect(Triangulation(sights(place, [cameras[0], cameras[0]])) == nil)
        var seen = sights(place, cameras)
        seen[1].confidence = 0
        #expect(Triangulation(seen) == nil)
        seen[1].confidence = 1
        seen[1].place = SIMD2(.nan, 0)
        #expect(Triangulation(seen) == nil)
    }

    @Test("a camera's ray goes through what it sees, from where it stands")
    func rays() throws {
        for camera in Self.cameras(3) {
            let place = Vector3(0.4, 0.1, 3.6)
            let ray = camera.ray(through: try #require(camera.picture(of: place)))
            #expect(((place - camera.position).direction! - ray).length < 1e-9)
        }
    }
}
