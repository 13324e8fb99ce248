import Imaging
import Inference

/// Finds the joints of the one person in a region: BlazePose's landmark network and what turns its numbers into poses.
final class BodyReader {
    private let network: ConvolutionNetwork
    private static let points = 0
    private static let presence = 1
    private static let heatMap = 2
    private static let world = 3

    init(modelFolder: String) throws(PoseEstimationError) {
        let points = BodyReading.pointCount
        network = try SharedModels.network(
            "pose_landmark_full.tflite", in: modelFolder, side: BodyReading.inputSide,
            outputs: [
                ("Identity", points * 5), ("Identity_1", 1), ("Identity_3", HeatMap.side * HeatMap.side * points),
                ("Identity_4", points * 3),
            ])
    }

    /// The person in view, or nil when the network is less than `threshold` sure that there is one.
    func read(_ view: PersonView, of picture: Picture, threshold: Float) -> BodyReading? {
        network.withInput { tensor in
            view.sample(picture, side: BodyReading.inputSide, range: 0...1, border: .edge, into: tensor)
        }
        network.run()
        let presence = network.withOutput(Self.presence) { $0[0] }
        guard presence >= threshold else { return nil }
        return network.withOutput(Self.points) { points in
            network.withOutput(Self.heatMap) { logits in
                network.withOutput(Self.world) { world in
                    BodyReading(
                        points: points, heatMap: HeatMap(logits: logits, pointCount: BodyReading.pointCount),
                        world: world, presence: presence, region: view.region, of: picture)
                }
            }
        }
    }
}
