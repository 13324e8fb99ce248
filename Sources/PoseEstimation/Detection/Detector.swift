import Imaging
import Inference

/// Finds people or palms in squares of a picture: the network and all that turns its numbers into positions.
final class Detector<Found: Detection> {
    private let network: ConvolutionNetwork
    private let threshold: Float
    private let overlap: Float

    init(modelFolder: String, threshold: Float, overlap: Float) throws(PoseEstimationError) {
        let anchors = Found.anchors.count
        network = try SharedModels.network(
            Found.network.file, in: modelFolder, side: Found.network.inputSide,
            outputs: [("Identity", anchors * Found.network.valueCount), ("Identity_1", anchors)])
        self.threshold = threshold
        self.overlap = overlap
    }

    /// What is in view, best first, in pixels of the picture.
    func detect(in view: RegionView, of picture: Picture) -> [Found] {
        network.withInput { tensor in
            view.sample(
                picture, side: Found.network.inputSide, range: Found.network.range, border: .black, into: tensor)
        }
        network.run()
        let found = network.withOutput(0) { boxes in
            network.withOutput(1) { logits in Found.decode(boxes: boxes, logits: logits, threshold: threshold) }
        }
        return Found.merge(found, overlap: overlap).map { $0.inPixels(of: view.region) }
    }
}
