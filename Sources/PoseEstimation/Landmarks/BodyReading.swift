import Imaging
import Inference
import Skeleton

/// What the landmark network says of one region: the pose, and two points from which the next region is made.
struct BodyReading: Sendable {
    /// In 0…1 of the picture; world points turned upright with the picture.
    var pose: Pose
    /// Middle of the body, in pixels.
    var hipCenter: SIMD2<Float>
    /// A point on the circle that holds the whole body, in pixels.
    var bodyTop: SIMD2<Float>

    /// The box round all joints, in pixels.
    var box: PixelBox

    /// Points the network gives, of which the first 33 are the body's joints and the next two make the region.
    static let pointCount = 39
    /// Pixels along each edge of the network's input.
    static let inputSide = 256

    /// Reads the network's outputs.
    ///
    /// - Parameters:
    ///   - points: shape (39, 5): x, y, z in input pixels, then logits of visibility and presence.
    ///   - heatMap: shape (64, 64, 39).
    ///   - world: shape (39, 3), metres in the region's own axes.
    ///   - presence: how sure the network is that a person is there, 0…1.
    ///   - region: what the network was shown.
    ///   - picture: the picture `region` lies in.
    init(
        points: UnsafeBufferPointer<Float>, heatMap: HeatMap, world: UnsafeBufferPointer<Float>, presence: Float,
        region: CropRegion, of picture: Picture
    ) {
        let size = SIMD2(Float(picture.width), Float(picture.height))
        let input = Float(Self.inputSide)
        let xAxis = region.xAxis
        let yAxis = region.yAxis
        func place(_ point: Int) -> SIMD2<Float> {
            let raw = SIMD2(points[point * 5], points[point * 5 + 1]) / input
            let offset = (heatMap.refined(raw, point: point) - 0.5) * region.side
            return region.center + offset.x * xAxis + offset.y * yAxis
        }
        let joints = 0..<SkeletonTopology.blazePose33.count
        var box = PixelBox(low: SIMD2(repeating: .infinity), high: SIMD2(repeating: -.infinity))
        let keypoints: [Keypoint?] = joints.map { joint in
            let pixel = place(joint)
            box.low = pointwiseMin(box.low, pixel)
            box.high = pointwiseMax(box.high, pixel)
            let position = pixel / size
            return Keypoint(
                x: position.x, y: position.y, z: points[joint * 5 + 2] / input * region.side / size.x,
                visibility: sigmoid(points[joint * 5 + 3]), presence: sigmoid(points[joint * 5 + 4]))
        }
        let worldPoints: [SIMD3<Float>?] = joints.map { joint in
            let turned = world[joint * 3] * xAxis + world[joint * 3 + 1] * yAxis
            return SIMD3(turned.x, turned.y, world[joint * 3 + 2])
        }
        pose = Pose(topology: .blazePose33, keypoints: keypoints, worldPoints: worldPoints, score: presence)
        self.box = box
        hipCenter = place(joints.count)
        bodyTop = place(joints.count + 1)
    }
}

extension BodyReading: RegionReading {
    static let network: (file: String, outputs: [(name: String, count: Int)]) = (
        "pose_landmark_full.tflite",
        [
            ("Identity", pointCount * 5), ("Identity_1", 1), ("Identity_3", HeatMap.side * HeatMap.side * pointCount),
            ("Identity_4", pointCount * 3),
        ]
    )
    static let presence = 1

    init(_ network: ConvolutionNetwork, presence: Float, region: CropRegion, of picture: Picture) {
        self = network.withOutput(0) { points in
            network.withOutput(2) { logits in
                network.withOutput(3) { world in
                    BodyReading(
                        points: points, heatMap: HeatMap(logits: logits, pointCount: Self.pointCount), world: world,
                        presence: presence, region: region, of: picture)
                }
            }
        }
    }
}
