/// The path around a layer or a block, added before what comes out is rectified.
package enum Shortcut: Sendable {
    case none
    case identity
    /// (outputChannels, inputChannels).
    case projection([Float])

    /// Whether the input is added as it is.
    var addsInput: Bool { if case .identity = self { true } else { false } }

    /// How a product reads the input, where it is projected.
    func tap(inputChannels: Int) -> RowProduct.Tap? {
        guard case .projection(let matrix) = self else { return nil }
        return RowProduct.Tap(
            weights: matrix, depth: inputChannels, stride: ProductKernel.padded(inputChannels))
    }
}
