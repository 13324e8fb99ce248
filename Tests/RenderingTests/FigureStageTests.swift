import Imaging
import Rendering
import Skeleton
import Testing

@Suite("Figures on a plain ground")
struct FigureStageTests {
    /// A body from head to ankles, `height` of the picture high, with its middle at a place.
    private func pose(_ middle: SIMD2<Float>, height: Float, world: Bool = false) -> Pose {
        let topology = SkeletonTopology.common16
        let places = (0..<topology.count).map { joint in
            SIMD2(middle.x + height * 0.1 * Float(joint % 3 - 1), middle.y + height * (Float(joint) / 15 - 0.5))
        }
        return world
            ? Pose(topology: topology, worldPoints: places.map { SIMD3($0.x, $0.y, 0) })
            : Pose(topology: topology, keypoints: places.map { Keypoint(x: $0.x, y: $0.y) })
    }

    private func drawn(_ pose: Pose) throws -> PixelBuffer {
        let stage = try #require(FigureStage(for: [pose], aspectRatio: 1, area: 40_000))
        let picture = stage.picture(of: [TrackedPose(track: TrackID(1), pose: pose)])
        #expect(picture.width == stage.width && picture.height == stage.height)
        return picture
    }

    @Test("wherever and however large somebody is in the picture, the figure is the same")
    func place() throws {
        // Powers of two, so that no rounding moves a pixel.
        let near = try drawn(pose(SIMD2(0.5, 0.5), height: 0.5))
        let far = try drawn(pose(SIMD2(0.25, 0.75), height: 0.25))
        #expect(near.width == far.width && near.height == far.height)
        let different = zip(near.bytes, far.bytes).count { abs(Int($0) - Int($1)) > 8 }
        #expect(different * 50 < near.bytes.count)
    }

    @Test("of whom two joints are known it is drawn where they have been, of whom more are known it is not")
    func ways() throws {
        let topology = SkeletonTopology.blazePose33
        let wrists = ["leftWrist", "rightWrist"].compactMap { topology.jointNames.firstIndex(of: $0) }
        try #require(wrists.count == 2)
        func hands(_ place: Float) -> [TrackedPose] {
            var points = [SIMD3<Float>?](repeating: nil, count: topology.count)
            for (number, joint) in wrists.enumerated() { points[joint] = SIMD3(Float(number), place, 0) }
            return [TrackedPose(track: TrackID(1), pose: Pose(topology: topology, worldPoints: points))]
        }
        let moments = (0...10).map { hands(Float($0) / 10) }
        let stage = try #require(
            FigureStage(for: moments.joined().map(\.pose), aspectRatio: 1, area: 40_000))
        func changed(_ moments: [[TrackedPose]]) -> Int {
            let plain = stage.picture(of: moments.last ?? [])
            var picture = plain
            stage.drawWays(moments, on: &picture)
            return zip(plain.bytes, picture.bytes).count { $0 != $1 }
        }
        #expect(changed([hands(0.5)]) > 100)
        #expect(changed(moments) > 2 * changed([hands(1)]))
        #expect(changed([[TrackedPose(track: TrackID(1), pose: pose(SIMD2(0.5, 0.5), height: 0.5))]]) == 0)
    }

    @Test("who is known in space alone is drawn as well, and of nobody there is nothing to draw")
    func space() throws {
        let picture = try drawn(pose(SIMD2(0, 0), height: 1.8, world: true))
        #expect(Set(picture.bytes).count > 20)
        #expect(FigureStage(for: [Pose(topology: .common16)], aspectRatio: 1, area: 40_000) == nil)
        #expect(FigureStage(for: [], aspectRatio: 1, area: 40_000) == nil)
    }
}
