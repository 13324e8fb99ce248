import Imaging
import Inference

/// Finds palms in squares of a picture (Zhang et al. 2020).
final class PalmDetector {
    private let network: ConvolutionNetwork
    private let threshold: Float
    private let overlap: Float

    init(modelFolder: String, settings: HandSettings) throws(PoseEstimationError) {
        let anchors = DetectorAnchor.palms.count
        network = try SharedModels.network(
            "palm_detection_full.tflite", in: modelFolder, side: PalmDetection.inputSide,
            outputs: [("Identity", anchors * PalmDetection.valueCount), ("Identity_1", anchors)])
        threshold = settings.detectionThreshold
        overlap = settings.detectionOverlap
    }

    /// Palms in a square of the picture, best first, in pixels of the picture.
    func detect(in region: CropRegion, of picture: Picture) -> [PalmDetection] {
        network.withInput { tensor in
            picture.sample(region, side: PalmDetection.inputSide, range: 0...1, border: .black, into: tensor)
        }
        network.run()
        let found = network.withOutput(0) { boxes in
            network.withOutput(1) { logits in
                PalmDetection.decode(boxes: boxes, logits: logits, threshold: threshold)
            }
        }
        return PalmDetection.merge(found, overlap: overlap).map { $0.inPixels(of: region) }
    }
}
