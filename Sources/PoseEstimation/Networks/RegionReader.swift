import Imaging
import Inference

/// What a landmark network says of the one body or hand in a region.
protocol RegionReading: Sendable {
    /// The network's file, and name and number of values of each of its outputs.
    static var network: (file: String, outputs: [(name: String, count: Int)]) { get }
    /// Which of them says how sure it is that there is one, 0…1.
    static var presence: Int { get }
    /// Pixels along each edge of the network's input.
    static var inputSide: Int { get }
    /// Reads the outputs of a run.
    init(_ network: ConvolutionNetwork, presence: Float, region: CropRegion, of picture: Picture)
}

/// Finds the joints of the one body or hand in a region.
final class RegionReader<Reading: RegionReading> {
    private let network: ConvolutionNetwork

    init(modelFolder: String) throws(PoseEstimationError) {
        network = try SharedModels.network(
            Reading.network.file, in: modelFolder, side: Reading.inputSide, outputs: Reading.network.outputs)
    }

    /// What is in view, or nil when the network is less than `threshold` sure that there is anything.
    func read(_ view: RegionView, of picture: Picture, threshold: Float) -> Reading? {
        network.withInput { tensor in
            view.sample(picture, side: Reading.inputSide, range: 0...1, border: .edge, into: tensor)
        }
        network.run()
        let presence = network.withOutput(Reading.presence) { $0[0] }
        guard presence >= threshold else { return nil }
        return Reading(network, presence: presence, region: view.region, of: picture)
    }
}
