/// What PySKL does with learned adjacency that lies beside the skeleton's own, `PA` beside `A`.
package enum PySKLAdjacency: String, Sendable, JSONChoice {
    /// One multiplies the other.
    case importance
    /// One is added to the other.
    case offset
}

extension ContinualNetwork {
    /// A network whose weights PySKL wrote: ST-GCN or ST-GCN++.
    ///
    /// - Parameters:
    ///   - file: tensors as PySKL names them, `backbone.…` and `cls_head.…`.
    ///   - clipFrames: frames of the clips it was trained on.
    ///   - strides: one for each block; nil for 2 where the path around a block has weights, else 1.
    ///   - adjacency: how `PA` is used, where there is one.
    package init(
        pyskl file: TensorFile, clipFrames: Int, strides: [Int]? = nil, adjacency: PySKLAdjacency = .importance
    ) throws(InferenceError) {
        self = try PySKLReader.network(file, clipFrames: clipFrames, strides: strides, adjacency: adjacency)
    }
}
