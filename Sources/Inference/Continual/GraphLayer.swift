/// Spatial graph convolution as it runs (Yan et al. 2018): joints mixed by adjacency, then one product, batch
/// normalisation folded in, rectified. It looks at each frame alone, so clip and step are the same.
package struct GraphLayer: Sendable {
    package let inputChannels: Int
    package let outputChannels: Int
    package let mix: RowMix
    let product: RowProduct
    private let addsInput: Bool
    private let readsInput: Bool
    /// Numbers in a row as it lies in memory.
    let inputWidth: Int
    let outputWidth: Int

    /// - Parameters:
    ///   - adjacency: (partitions, joints, joints), what joint u gives to joint v.
    ///   - weights: one for each partition, (outputChannels, inputChannels).
    ///   - bias: (outputChannels), or (joints, outputChannels).
    ///   - shortcut: the path around it, which ST-GCN++ has (Duan et al. 2022).
    package init(
        from inputChannels: Int, to outputChannels: Int, joints: Int, adjacency: [Float], weights: [[Float]],
        bias: [Float], shortcut: Shortcut = .none
    ) {
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        inputWidth = ProductKernel.padded(inputChannels)
        outputWidth = ProductKernel.padded(outputChannels)
        mix = RowMix(adjacency: adjacency, joints: joints)
        precondition(weights.count == mix.partitions, "one weight matrix for each partition")
        let stride = inputWidth * weights.count
        var taps = weights.map { RowProduct.Tap(weights: $0, depth: inputChannels, stride: stride) }
        precondition(
            !shortcut.addsInput || inputChannels == outputChannels, "what goes around unchanged has as many channels")
        let around = shortcut.tap(inputChannels: inputChannels)
        addsInput = shortcut.addsInput
        readsInput = around != nil
        taps += around.map { [$0] } ?? []
        product = RowProduct(
            outputs: outputChannels, taps: taps, bias: bias,
            isRectified: [Bool](repeating: true, count: outputChannels))
    }

    /// Multiply-adds of one frame.
    package var multiplyAdds: Int { mix.links * inputChannels + product.multiplyAdds * mix.joints }

    /// Numbers it keeps for one frame on the way.
    var rowFloats: Int { mix.joints * mix.partitions * inputWidth }

    /// Runs over `scratch.inputs` into `scratch.targets`.
    func run(frames: Int, scratch: LayerScratch) {
        let joints = mix.joints
        for first in stride(from: 0, to: frames, by: scratch.group) {
            let count = min(scratch.group, frames - first)
            let inputs = scratch.inputs + first
            mix.run(frames: count, channels: inputWidth, sources: inputs, into: scratch.rows)
            for partition in 0..<mix.partitions {
                for frame in 0..<count {
                    scratch.sources[partition * count + frame] =
                        UnsafePointer(scratch.rows + frame * rowFloats + partition * inputWidth)
                }
            }
            if readsInput {
                for frame in 0..<count { scratch.sources[mix.partitions * count + frame] = inputs[frame] }
            }
            product.run(
                frames: count, joints: joints, sources: scratch.sources, addends: addsInput ? inputs : nil,
                targets: scratch.targets + first)
        }
    }
}
