import Imaging
import Inference

/// Finds people in squares of a picture: BlazePose's detector and all that turns its numbers into positions.
final class PersonDetector {
    private let network: ConvolutionNetwork
    private let threshold: Float
    private let overlap: Float

    init(modelFolder: String, settings: PoseEstimatorSettings) throws(PoseEstimationError) {
        network = try SharedModels.network(
            "pose_detection.tflite", in: modelFolder, side: DetectorAnchor.inputSide,
            outputs: [("Identity", DetectorAnchor.all.count * 12), ("Identity_1", DetectorAnchor.all.count)])
        threshold = settings.detectionThreshold
        overlap = settings.detectionOverlap
    }

    /// People whose body's middle is in view, best first, in pixels of the picture.
    func detect(in view: PersonView, of picture: Picture) -> [PersonDetection] {
        network.withInput { tensor in
            view.sample(picture, side: DetectorAnchor.inputSide, range: -1...1, border: .black, into: tensor)
        }
        network.run()
        let found = network.withOutput(0) { boxes in
            network.withOutput(1) { logits in
                PersonDetection.decode(boxes: boxes, logits: logits, threshold: threshold)
            }
        }
        guard !found.isEmpty else { return [] }
        return PersonDetection.merge(found, overlap: overlap).map { $0.mapped(view.region.pixel(at:)) }
    }
}
