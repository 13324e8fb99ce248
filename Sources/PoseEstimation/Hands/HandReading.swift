package import Imaging
import Inference
import Skeleton

/// What the hand landmark network says of one region.
package struct HandReading: Sendable {
    /// One point a joint in pixels, z the depth relative to the wrist, growing away from the camera.
    package var points: [SIMD3<Float>]
    /// One point a joint in metres from the middle of the hand, turned upright with the picture.
    package var worldPoints: [SIMD3<Float>]
    /// How sure the network is that a hand is there, 0…1.
    package var presence: Float
    /// How likely it is a right hand by its looks alone, 0…1.
    package var rightness: Float
    /// The square round the hand as read, where to look next.
    package var nextRegion: CropRegion

    /// Pixels along each edge of the network's input.
    package static let inputSide = 224
    /// The network's depths are so much smaller than its other numbers.
    private static let depthScale: Float = 0.4

    /// Reads the network's outputs.
    ///
    /// - Parameters:
    ///   - points: shape (21, 3), in input pixels.
    ///   - world: shape (21, 3), metres in the region's own axes.
    ///   - presence: how sure the network is that a hand is there, 0…1.
    ///   - rightness: how likely it is a right hand, 0…1.
    ///   - region: what the network was shown.
    package init(
        points: UnsafeBufferPointer<Float>, world: UnsafeBufferPointer<Float>, presence: Float, rightness: Float,
        region: CropRegion
    ) {
        let joints = 0..<SkeletonTopology.hand21.count
        precondition(points.count == joints.count * 3 && world.count == joints.count * 3, "three numbers a joint")
        let xAxis = region.xAxis
        let yAxis = region.yAxis
        let scale = region.side / Float(Self.inputSide)
        self.points = joints.map { joint in
            let offset = SIMD2(points[joint * 3], points[joint * 3 + 1]) * scale - region.side / 2
            let place = region.center + offset.x * xAxis + offset.y * yAxis
            return SIMD3(place, points[joint * 3 + 2] * scale / Self.depthScale)
        }
        worldPoints = joints.map { joint in
            let turned = world[joint * 3] * xAxis + world[joint * 3 + 1] * yAxis
            return SIMD3(turned.x, turned.y, world[joint * 3 + 2])
        }
        self.presence = presence
        self.rightness = rightness
        nextRegion = CropRegion(handJoints: self.points.map { SIMD2($0.x, $0.y) })
    }

    /// The joint next to the forearm, in pixels.
    package var wrist: SIMD2<Float> { SIMD2(points[0].x, points[0].y) }
}

extension HandReading: RegionReading {
    static let network: (file: String, outputs: [(name: String, count: Int)]) = (
        "hand_landmark_full.tflite", [("Identity", 63), ("Identity_1", 1), ("Identity_2", 1), ("Identity_3", 63)]
    )
    static let presence = 1

    init(_ network: ConvolutionNetwork, presence: Float, region: CropRegion, of picture: Picture) {
        let rightness = network.withOutput(2) { $0[0] }
        self = network.withOutput(0) { points in
            network.withOutput(3) { world in
                HandReading(points: points, world: world, presence: presence, rightness: rightness, region: region)
            }
        }
    }
}
