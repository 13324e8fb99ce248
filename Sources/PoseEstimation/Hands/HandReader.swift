import Imaging
import Inference

/// Finds the joints of the one hand in a region (Zhang et al. 2020).
final class HandReader {
    private let network: ConvolutionNetwork

    init(modelFolder: String) throws(PoseEstimationError) {
        network = try SharedModels.network(
            "hand_landmark_full.tflite", in: modelFolder, side: HandReading.inputSide,
            outputs: [("Identity", 63), ("Identity_1", 1), ("Identity_2", 1), ("Identity_3", 63)])
    }

    /// The hand in `region`, or nil when the network is less than `threshold` sure that there is one.
    func read(_ region: CropRegion, of picture: Picture, threshold: Float) -> HandReading? {
        network.withInput { tensor in
            picture.sample(region, side: HandReading.inputSide, range: 0...1, border: .edge, into: tensor)
        }
        network.run()
        let presence = network.withOutput(1) { $0[0] }
        guard presence >= threshold else { return nil }
        let rightness = network.withOutput(2) { $0[0] }
        return network.withOutput(0) { points in
            network.withOutput(3) { world in
                HandReading(points: points, world: world, presence: presence, rightness: rightness, region: region)
            }
        }
    }
}
