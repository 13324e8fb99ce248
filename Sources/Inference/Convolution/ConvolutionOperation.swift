/// What a node computes from its inputs. Pictures have the axes (N, height, width, C).
package enum ConvolutionOperation: Equatable, Sendable {
    /// Inputs: picture, weights (output C, kernel height, kernel width, input C), bias (output C) or none.
    case convolution(Window)
    /// Each channel by itself. Inputs: picture, weights (1, kernel height, kernel width, output C), bias or none.
    /// Output channel c comes from input channel c / (output C / input C).
    case depthwiseConvolution(Window)
    /// Inputs: any tensor, read as rows of as many numbers as a row of the weights; weights (output, input); bias or none.
    case fullyConnected
    /// Two tensors of one shape.
    case add
    /// Zeros around the tensor: how many before and after, by axis.
    case pad(before: [Int], after: [Int])
    /// The same numbers under another shape.
    case reshape
    case maxPool(Window)
    /// Bilinear, sampled at the middle of cells.
    case resizeBilinear
    case concatenate(axis: Int)
    /// Each cell becomes a square of `block` x `block` cells out of its channels.
    case depthToSpace(block: Int)
    case activation(Activation)
    /// Inputs: tensor, slope of the negative side by channel.
    case prelu
    /// Mean over height and width.
    case spatialMean

    /// The operator's name in messages.
    package var name: String {
        switch self {
        case .convolution: "CONV_2D"
        case .depthwiseConvolution: "DEPTHWISE_CONV_2D"
        case .fullyConnected: "FULLY_CONNECTED"
        case .add: "ADD"
        case .pad: "PAD"
        case .reshape: "RESHAPE"
        case .maxPool: "MAX_POOL_2D"
        case .resizeBilinear: "RESIZE_BILINEAR"
        case .concatenate: "CONCATENATION"
        case .depthToSpace: "DEPTH_TO_SPACE"
        case .activation(let activation): "\(activation)".uppercased()
        case .prelu: "PRELU"
        case .spatialMean: "MEAN"
        }
    }
}
