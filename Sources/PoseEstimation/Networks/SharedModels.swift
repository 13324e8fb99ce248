import Inference
import Synchronization

/// The pose networks in use: workers and cameras that open the same file share its packed weights, so that another
/// camera costs little memory and no time to load. A model nobody uses any more is given back.
enum SharedModels {
    private struct Entry: Sendable {
        weak let model: ConvolutionModel?
    }

    private static let models = Mutex<[String: Entry]>([:])

    /// Makes a network of one of the pose files and checks that its tensors are as large as expected.
    ///
    /// - Parameters:
    ///   - file: name of the file in `folder`.
    ///   - side: pixels along each edge of the square input.
    ///   - outputs: name and number of values of each output wanted.
    static func network(
        _ file: String, in folder: String, side: Int, outputs: [(name: String, count: Int)]
    ) throws(PoseEstimationError) -> ConvolutionNetwork {
        let path = folder + "/" + file
        let model = try model(path, outputs: outputs.map(\.name))
        let wanted = [("input", side * side * 3)] + outputs.map { ($0.name, $0.count) }
        let found = (model.inputs.prefix(1) + model.outputs).map { ($0.name, $0.shape.reduce(1, *)) }
        guard found.count == wanted.count, zip(found, wanted).allSatisfy({ $0.1 == $1.1 }) else {
            throw PoseEstimationError("\(path): tensors are \(found), expected sizes \(wanted)")
        }
        return ConvolutionNetwork(model)
    }

    private static func model(_ path: String, outputs: [String]) throws(PoseEstimationError) -> ConvolutionModel {
        try models.withLock { (models) throws(PoseEstimationError) in
            if let known = models[path]?.model { return known }
            do {
                let model = try ConvolutionModel(contentsOf: path, outputs: outputs)
                models[path] = Entry(model: model)
                return model
            } catch {
                throw PoseEstimationError("\(error)")
            }
        }
    }
}
