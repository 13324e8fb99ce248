import Imaging
import Inference

/// Finds people in squares of a picture: BlazePose's detector and all that turns its numbers into positions.
final class PersonDetector {
    private let network: ConvolutionNetwork
    private let threshold: Float
    private let overlap: Float

    init(modelFolder: String, settings: PoseEstimatorSettings) throws(PoseEstimationError) {
        network = try ConvolutionNetwork.load(
            "pose_detection.tflite", in: modelFolder, side: DetectorAnchor.inputSide,
            outputs: [("Identity", DetectorAnchor.all.count * 12), ("Identity_1", DetectorAnchor.all.count)])
        threshold = settings.detectionThreshold
        overlap = settings.detectionOverlap
    }

    /// People whose body's middle is seen in a square of the picture, best first, in pixels of the picture.
    func detect(in region: CropRegion, of picture: Picture) -> [PersonDetection] {
        network.withInput { tensor in
            picture.sample(region, side: DetectorAnchor.inputSide, range: -1...1, border: .black, into: tensor)
        }
        network.run()
        let found = network.withOutput(0) { boxes in
            network.withOutput(1) { logits in
                PersonDetection.decode(boxes: boxes, logits: logits, threshold: threshold)
            }
        }
        guard !found.isEmpty else { return [] }
        return PersonDetection.merge(found, overlap: overlap).map { $0.mapped(region.pixel(at:)) }
    }
}

extension ConvolutionNetwork {
    /// Loads one of the pose networks and checks that its tensors are as large as expected.
    ///
    /// - Parameters:
    ///   - file: name of the file in `folder`.
    ///   - side: pixels along each edge of the square input.
    ///   - outputs: name and number of values of each output wanted.
    static func load(
        _ file: String, in folder: String, side: Int, outputs: [(name: String, count: Int)]
    ) throws(PoseEstimationError) -> ConvolutionNetwork {
        let path = folder + "/" + file
        let network: ConvolutionNetwork
        do {
            network = try ConvolutionNetwork(contentsOf: path, outputs: outputs.map(\.name))
        } catch {
            throw PoseEstimationError("\(error)")
        }
        let wanted = [("input", side * side * 3)] + outputs.map { ($0.name, $0.count) }
        let found = (network.inputs.prefix(1) + network.outputs).map { ($0.name, $0.shape.reduce(1, *)) }
        guard found.count == wanted.count, zip(found, wanted).allSatisfy({ $0.1 == $1.1 }) else {
            throw PoseEstimationError("\(path): tensors are \(found), expected sizes \(wanted)")
        }
        return network
    }
}
