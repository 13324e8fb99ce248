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

    @Test("who is known in space alone is drawn as well, and of nobody there is nothing to draw")
    func space() throws {
        let picture = try drawn(pose(SIMD2(0, 0), height: 1.8, world: true))
        #expect(Set(picture.bytes).count > 20)
        #expect(FigureStage(for: [Pose(topology: .common16)], aspectRatio: 1, area: 40_000) == nil)
        #expect(FigureStage(for: [], aspectRatio: 1, area: 40_000) == nil)
    }
}
